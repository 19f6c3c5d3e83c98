import { isRecord } from '../../json.ts';
import type { SandboxRecord } from '../store/store.ts';
import type { RecordTexts } from './record-texts.ts';

/** The members of a whole record as JSON, each behind a comma, with the text of more links in its `_info` where there are some. */
export type RecordText = (record: SandboxRecord, texts: RecordTexts, links: string | undefined) => string;

interface Member {
  readonly member: string;
  /** Works the member out for a record that lacks it, from others. */
  readonly fill: ((record: SandboxRecord) => unknown) | undefined;
  /** Schema that a reference leads to. */
  readonly target: string | undefined;
}

export interface TextSource {
  readonly members: readonly Member[];
  /** What members are where a record lacks them and nothing works them out. */
  readonly constants: ReadonlyMap<string, unknown>;
  readonly information: ((record: SandboxRecord) => Record<string, unknown>) | undefined;
  readonly valueText: (member: Member, value: unknown, texts: RecordTexts) => string;
}

/** A member with its place in the schema and the text before its value. */
interface Part extends Member {
  readonly place: number;
  readonly key: string;
}

/** What records with the same members lack: the text that is the same for all of them, and what is worked out for each. */
interface Lack {
  readonly constants: string;
  readonly filled: readonly Part[];
}

/**
 * Writes whole records of a schema as JSON. Of a hundred members a record stores some thirty, and many records store the same ones:
 * what they lack is joined to one text once.
 */
export function textWriter({ members, constants, information, valueText }: TextSource): RecordText {
  const parts = new Map<string, Part>(
    members
      .filter(({ member }) => member !== '_info')
      .map((one, place) => [one.member, { ...one, place, key: `,${JSON.stringify(one.member)}:` }]),
  );
  const lacks = new Map<string, Lack>();
  const lackOf = (stored: Int32Array): Lack => {
    const lacking = [...parts.values()].filter(
      ({ place }) => ((stored[place >> 5] as number) & (1 << (place & 31))) === 0,
    );
    const constant = lacking.filter(({ member, fill }) => fill === undefined && constants.has(member));
    return {
      constants: constant.map(({ member, key }) => key + JSON.stringify(constants.get(member))).join(''),
      filled: lacking.filter(({ fill }) => fill !== undefined),
    };
  };
  // Which members the record at hand has, a bit each.
  const stored = new Int32Array(Math.ceil(parts.size / 32));

  return (record, texts, links) => {
    let written = '';
    stored.fill(0);
    for (const member in record) {
      const value = record[member];
      const part = parts.get(member);
      if (part === undefined || value === undefined || value === null) continue;
      const { place } = part;
      stored[place >> 5] = (stored[place >> 5] as number) | (1 << (place & 31));
      written += part.key + valueText(part, value, texts);
    }
    const shape = stored.join();
    let lack = lacks.get(shape);
    if (lack === undefined) {
      lack = lackOf(stored);
      lacks.set(shape, lack);
    }
    written += lack.constants;
    for (const part of lack.filled) {
      const value = part.fill?.(record);
      if (value !== undefined && value !== null) written += part.key + valueText(part, value, texts);
    }
    const info = information === undefined ? record._info : information(record);
    if (!isRecord(info) && links === undefined) return written;
    const own = isRecord(info) ? texts.information(info) : '';
    return `${written},"_info":{${own}${own !== '' && links !== undefined ? ',' : ''}${links ?? ''}}`;
  };
}

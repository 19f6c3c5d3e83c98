import { bare } from '../api/bare.ts';
import { isRecord, type JsonObject } from '../json.ts';
import type { Entry } from './entry.ts';

/** A record that a write touched, by all that its kind is called: `ticket` and `serviceticket`. */
interface Touched {
  readonly kinds: readonly string[];
  readonly id: number;
}

/** What people call records other than Manage's paths do. */
const CALLED: Readonly<Record<string, string>> = {
  appointment: 'scheduleentry',
  article: 'knowledgebasearticle',
  asset: 'configuration',
  catalogitem: 'catalog',
  client: 'company',
  customer: 'company',
  device: 'configuration',
  po: 'purchaseorder',
};

const singular = (text: string): string => bare(text).replace(/ies$/, 'y').replace(/s$/, '');

/** What the records of a collection are called: of `entries` in `time`, `entry`, `timeentry` and `time`. */
function kindsOf(collection: string, before: string): readonly string[] {
  const [own, whole] = [singular(collection), singular(before) + singular(collection)];
  return own === 'entry' || own === 'sheet' ? [own, whole, singular(before)] : [own, whole];
}

/** The records that the path of a write names, the one that it created among them. */
function inPath({ operation, path, created }: Entry): Touched[] {
  const segments = operation.replace(/^\S+\s+\//, '').split('/');
  const kindsAt = (at: number): readonly string[] => {
    const literals = segments.slice(0, at).filter((one) => !one.startsWith('{'));
    return kindsOf(literals.at(-1) ?? '', literals.at(-2) ?? '');
  };
  const named = segments.flatMap((segment, at): Touched[] => {
    const id = Number(path[segment.slice(1, -1)]);
    return segment.startsWith('{') && Number.isInteger(id) ? [{ kinds: kindsAt(at), id }] : [];
  });
  return created === undefined ? named : [...named, { kinds: kindsAt(segments.length), id: created }];
}

const TICKET = ['ticket', 'serviceticket', 'projectticket'];

/** Members that say which record something belongs to. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  ticket: TICKET,
  company: ['company'],
  project: ['project'],
  opportunity: ['opportunity'],
  contact: ['contact'],
  agreement: ['agreement'],
  invoice: ['invoice'],
};

/** Ids whose kind another member tells: appointments, charged time, documents. */
const BY_KIND: Readonly<Record<string, string>> = {
  objectId: 'type',
  chargeToId: 'chargeToType',
  recordId: 'recordType',
};

const idOf = (value: unknown): number => Number(isRecord(value) ? value.id : value);

/** What an appointment, charged time or a document belongs to, as its other member says it. Tickets are S in schedules. */
function kindSaid(said: unknown): readonly string[] {
  const text = bare(isRecord(said) ? (said.identifier ?? said.name) : said);
  if (text === 's' || text.endsWith('ticket') || text === 'service') return TICKET;
  return [text];
}

/** Ids in the body of an action, by the word for whose they are: `mergeTicketIds`, `toCompanyId`. */
const NAMED_IDS = /(ticket|company|contact|project|opportunity|agreement|invoice|configuration)Ids?$/i;

/** The records that an action was told of beside the one in its path: those that were merged, and what they were merged into. */
function toldOf(sent: unknown): Touched[] {
  if (!isRecord(sent)) return [];
  return Object.entries(sent).flatMap(([member, value]) => {
    const kind = NAMED_IDS.exec(member)?.[1]?.toLowerCase();
    if (kind === undefined) return [];
    return [value].flat().map((id) => ({ kinds: kind === 'ticket' ? TICKET : [kind], id: idOf(id) }));
  });
}

/** What an action made of the record in its path: the project of an opportunity. */
function madeOf({ operation, after }: Entry): Touched[] {
  const kind = /\/convertTo(\w+)$/.exec(operation)?.[1];
  if (kind === undefined || after === undefined) return [];
  return [{ kinds: kindSaid(kind) === TICKET ? TICKET : [bare(kind)], id: idOf(after) }];
}

/**
 * What a record belongs to, by ids: kept with a change, of which the journal else has the members alone that it changed. Nothing
 * where it belongs to nothing.
 */
export function belongings(record: JsonObject): JsonObject | undefined {
  const owners = Object.keys(OWNERS).flatMap((member) => {
    const id = idOf(record[member]);
    return Number.isInteger(id) ? [[member, { id }]] : [];
  });
  const said = Object.entries(BY_KIND).flatMap(([member, kind]) =>
    record[member] === undefined || record[kind] === undefined
      ? []
      : [
          [member, record[member]],
          [kind, record[kind]],
        ],
  );
  const all = [...owners, ...said];
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** The records that what was sent, or was there before, belongs to. */
function ownersIn(record: unknown): Touched[] {
  if (!isRecord(record)) return [];
  const owners = Object.entries(OWNERS).map(([member, kinds]) => ({ kinds, id: idOf(record[member]) }));
  const said = Object.entries(BY_KIND).map(([member, kind]) => ({
    kinds: kindSaid(record[kind]),
    id: idOf(record[member]),
  }));
  return [...owners, ...said];
}

/**
 * Whether a write touched a record that somebody names: by its kind and id (`ticket 4711`), by the id alone (`4711`), or by words of
 * what it is called. What belongs to a record touches it: its notes, its time, its appointments.
 */
export function touches(entry: Entry, said: string): boolean {
  const [, words = '', id] = /^\s*(.*?)\s*#?(\d+)\s*$/.exec(said) ?? [];
  if (id === undefined) return bare(entry.label).includes(bare(said));
  const kind = singular(words);
  const asked = CALLED[kind] ?? kind;
  const isMeant = ({ kinds }: Touched): boolean =>
    // "config 5" is a beginning of its own name alone: "company" begins "companyconfiguration", too.
    asked === '' || kinds.includes(asked) || (asked.length > 2 && kinds[0]?.startsWith(asked) === true);
  const { sent, before, after, of } = entry;
  const owners = [sent, before, after, of].flatMap(ownersIn);
  return [...inPath(entry), ...owners, ...toldOf(sent), ...madeOf(entry)].some(
    (touched) => touched.id === Number(id) && isMeant(touched),
  );
}

/** Whether what a write made belongs to the record that another one made: time and appointments of a ticket, tickets of a company. */
export function belongsTo({ sent, after }: Entry, owner: Entry): boolean {
  const made = owner.created === undefined ? undefined : inPath(owner).at(-1);
  return [...ownersIn(sent), ...ownersIn(after)].some(
    ({ kinds, id }) => id === made?.id && kinds.some((kind) => made.kinds.includes(kind)),
  );
}

import { isRecord } from '../json.ts';
import type { Caller, Entry, WriteOutcome } from './entry.ts';

/** Which writes are asked for; what is left out does not narrow. */
export interface Asked {
  readonly site?: string;
  /** From this moment on. */
  readonly since?: Date;
  /** Before this moment. */
  readonly until?: Date;
  /** Name of the tool. */
  readonly tool?: string;
  /** As people name a record: `ticket 4711`, `4711`, or words of what it is called. */
  readonly record?: string;
  /** A part of the member, the person or the client program. */
  readonly member?: string;
  readonly outcome?: WriteOutcome;
  /** Id of the person who signed in and wrote. */
  readonly by?: string | undefined;
}

const bare = (text: unknown): string =>
  String(text ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Who asked, as the journal knows them: the person, else the member that the server works for, and through which program. */
export function whoOf({ caller, member }: Pick<Entry, 'caller' | 'member'>): string {
  const { person, client } = caller ?? ({} as Caller);
  return [person ?? member, client === undefined ? undefined : `(${client})`].filter(Boolean).join(' ');
}

/** Members of what is sent that say which record something belongs to. */
const BELONGS_TO = ['ticket', 'objectId', 'chargeToId', 'recordId', 'company', 'project', 'opportunity', 'contact'];

const idOf = (value: unknown): number => Number(isRecord(value) ? value.id : value);

/** The ids of the records that a write touched: in its path, created by it, or named in what was sent as its owner. */
function idsOf({ path, created, sent }: Entry): number[] {
  const owners = isRecord(sent) ? BELONGS_TO.map((member) => idOf(sent[member])) : [];
  return [...Object.values(path).map(Number), created ?? Number.NaN, ...owners].filter(Number.isInteger);
}

/** Whether a write touched a record that somebody names. The words beside an id have to fit where the write went. */
function touches(entry: Entry, said: string): boolean {
  const [, words = '', id] = /^\s*(.*?)\s*#?(\d+)\s*$/.exec(said) ?? [];
  if (id === undefined) return bare(`${entry.label ?? ''}`).includes(bare(said));
  if (!idsOf(entry).includes(Number(id))) return false;
  const about = bare(`${entry.operation} ${entry.tool} ${JSON.stringify(entry.sent ?? '')}`);
  // "companies" in a path, "company" in a question.
  const stem = bare(words).replace(/(y|ies|s)$/, '');
  return stem === '' || about.includes(stem);
}

/** Whether a write is one of those that are asked for. */
export function isAskedFor(entry: Entry, { site, since, until, tool, record, member, outcome, by }: Asked): boolean {
  const at = Date.parse(entry.at);
  return (
    (site === undefined || entry.site === site) &&
    (since === undefined || at >= since.getTime()) &&
    (until === undefined || at < until.getTime()) &&
    (tool === undefined || bare(entry.tool) === bare(tool)) &&
    (by === undefined || entry.caller?.id === by) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (member === undefined || bare(`${whoOf(entry)} ${entry.member ?? ''}`).includes(bare(member))) &&
    (record === undefined || touches(entry, record))
  );
}

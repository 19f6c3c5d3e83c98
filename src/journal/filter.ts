import { bare } from '../api/bare.ts';
import type { Caller, Entry, WriteOutcome } from './entry.ts';
import { touches } from './touched.ts';

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

/** Who asked, as the journal knows them: the person, else the member that the server works for, and through which program. */
export function whoOf({ caller, member }: Pick<Entry, 'caller' | 'member'>): string {
  const { person, client } = caller ?? ({} as Caller);
  return [person ?? member, client === undefined ? undefined : `(${client})`].filter(Boolean).join(' ');
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

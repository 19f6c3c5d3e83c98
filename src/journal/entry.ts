import type { JsonObject } from '../json.ts';

/** Who asked for a change. Over HTTP the person comes with the sign-in. */
export interface Caller {
  /** Name and version of the client program, as it says them. */
  readonly client?: string;
  /** The connection, where the transport tells connections apart. */
  readonly session?: string;
  /** The person who signed in. */
  readonly person?: string;
  /** Tells this person from everybody else who signs in. */
  readonly id?: string;
}

/**
 * What became of a write. `unknown`: the answer was lost and nobody could tell, or the process ended before it came.
 */
export const OUTCOMES = ['done', 'failed', 'unknown'] as const;
export type WriteOutcome = (typeof OUTCOMES)[number];

/** Everything that is known of a write before it is sent. */
export interface Intent {
  /** Version of the line's format. */
  readonly v: 1;
  /** The call and the number of the write in it: `k3f9x2ab-1`. */
  readonly id: string;
  /** When, as UTC with milliseconds. */
  readonly at: string;
  /** Host of the API and company: `api-na.myconnectwise.net/northwind`. Undoing never crosses it. */
  readonly site: string;
  /** The member that the server works for, as configured. */
  readonly member?: string;
  readonly caller?: Caller;
  readonly tool: string;
  /** As `PATCH /service/tickets/{id}`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, string | number>>;
  /** What the record is called, such as a ticket's summary. */
  readonly label?: string;
  /** What it does beyond storing values: `mails`, `deletes`. */
  readonly effects?: readonly string[];
  /** What a change overwrites, or a deletion removes: whole, because undoing needs it. Without secrets. */
  readonly before?: JsonObject;
  /** What a record that is changed belongs to, by ids: `company`, `ticket`. */
  readonly of?: JsonObject;
  /** The body, with long texts shortened. Without secrets. */
  readonly sent?: unknown;
  /** The id of the write that this one takes back. */
  readonly undoes?: string;
}

/** How a write ended. */
export interface Ending {
  readonly v: 1;
  readonly id: string;
  readonly ended: string;
  readonly outcome: WriteOutcome;
  /** `x-cw-request-id`, by which ConnectWise's support finds the request. */
  readonly requestId?: string;
  readonly status?: number;
  /** Why it failed, or why nobody knows. */
  readonly error?: string;
  /** The id of the record that was created. */
  readonly created?: number;
  readonly label?: string;
  /** What Manage changed beside what was asked for, as it was before. */
  readonly before?: JsonObject;
  /** What is stored now, of what was changed, with long texts shortened. Without secrets. */
  readonly after?: JsonObject;
  /** It was found out later by looking, because nobody had heard how it ended. */
  readonly lookedUp?: true;
}

/** A write, from what was known before it was sent and how it ended. */
export interface Entry extends Omit<Intent, 'v'>, Partial<Omit<Ending, 'v' | 'id' | 'outcome'>> {
  readonly outcome: WriteOutcome;
  /** The id of the write that took this one back. */
  readonly undoneBy?: string;
}

/** The operation of a write, or its path, with the ids in their places: `GET /service/tickets/577`. */
export const filledIn = (template: string, { path }: Pick<Entry, 'path'>): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => String(path[name] ?? place));

/** Where a write went: `/project/projects/7/phases`, of `POST /project/projects/{parentId}/phases`. */
export const placeOf = (entry: Pick<Entry, 'operation' | 'path'>): string =>
  filledIn(entry.operation, entry).replace(/^\S+ |\/$/g, '');

/** The record that a write made, changed or removed: `/service/tickets/4711`. */
export function recordPlaceOf(entry: Pick<Entry, 'operation' | 'path' | 'created'>): string {
  const place = placeOf(entry);
  return entry.created === undefined ? place : `${place}/${entry.created}`;
}

/** One line of the journal, read back. */
export type Line = Intent | Ending;

export const isEnding = (line: Line): line is Ending => 'outcome' in line;

const NO_ENDING = 'No outcome was written: the process ended before the answer came, or the write is still under way.';

/** A write of its two lines. */
export function entryOf({ v: _, ...intent }: Intent, ending: Ending | undefined, undoneBy?: string): Entry {
  if (ending === undefined) return { ...intent, outcome: 'unknown', error: NO_ENDING, undoneBy };
  const before = ending.before === undefined ? intent.before : { ...intent.before, ...ending.before };
  const { v: _v, ...ended } = ending;
  return { ...intent, ...ended, before, label: ending.label ?? intent.label, undoneBy };
}

/** Which of two endings of a write counts: what was heard, before what was found out later; else the newer one. */
export const endingOf = (newer: Ending | undefined, older: Ending): Ending =>
  newer === undefined || (newer.lookedUp && older.outcome !== 'unknown') ? older : newer;

/** The call that a write belongs to. */
export const callOf = (id: string): string => id.replace(/-\d+$/, '');

import { isDeepStrictEqual } from 'node:util';
import type { LRUCache } from 'lru-cache';
import type { ApiDescription, Operation } from '../../api/index.ts';
import { HIDDEN } from '../../api/meanings.ts';
import { type Ending, type Entry, type Journal, keptShort, labelOf, only } from '../../journal/index.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { compareStored, type ManageReader, type ManageRecord } from '../../manage/index.ts';
import { field } from '../../query/index.ts';
import { authorOf, infoOf, listedPlace } from './find-created.ts';
import type { Guard } from './guard.ts';

/** From this age on no process can still be working on a write, in milliseconds: calls end within a minute. */
const SETTLED_MS = 10 * 60_000;
/** How far Manage's clock may be behind, and how long after it was written down a write may be carried out, in milliseconds. */
const BEFORE_MS = 5_000;
const AFTER_MS = 2 * 60_000;
/** What may be of the write where nothing has to be, in milliseconds either way: clocks go wrong. */
const AROUND_MS = 10 * 60_000;
/** Most writes that are looked up in one call: each takes a request or two. */
const MOST = 3;
/** Longest that looking takes, in milliseconds: the journal is read where Manage is away, too. */
const LONGEST_MS = 5_000;
/** The newest records of a list, in which what a POST made is looked for. */
const NEWEST = 100;
/** What is made and changed within this time was changed by making it, in milliseconds. */
const AT_ONCE_MS = 2_000;

export interface FindingOut {
  readonly journal: Journal;
  /** Reads whatever the tool declares. */
  readonly manage: ManageReader;
  readonly api: ApiDescription;
  readonly guard: Guard;
  readonly now: Date;
  /** Whose writes are looked up: what another one wrote may not be theirs to see, and would look as if it were not there. */
  readonly member: string | undefined;
  readonly person: string | undefined;
  /** Writes that were looked up in vain. */
  readonly tried: LRUCache<string, true>;
  readonly signal: AbortSignal;
}

/** What a look told: `undefined` where it told nothing. */
type Found = Pick<Ending, 'outcome' | 'after' | 'created' | 'label' | 'error'> | undefined;

/**
 * Finds out what became of writes whose end the journal does not know, because their process was killed or their answer was lost,
 * and writes it down. Only what the records prove: they were last written at that time, by us, and no other write of the journal
 * did it. Anything else stays unknown. Nothing young is looked up, because somebody may still be at it.
 * @returns the entries, with what was found out
 */
export async function foundOut(entries: readonly Entry[], finding: FindingOut): Promise<readonly Entry[]> {
  const open = entries.filter((entry) => isDue(entry, finding)).slice(0, MOST);
  if (open.length === 0) return entries;
  const ended = await Promise.all(open.map(async (entry) => [entry.id, await endOf(entry, finding)] as const));
  const found = new Map(ended);
  return entries.map((entry) => found.get(entry.id) ?? entry);
}

const isDue = (entry: Entry, { api, now, member, person, tried }: FindingOut): boolean =>
  entry.outcome === 'unknown' &&
  entry.member === member &&
  entry.caller?.id === person &&
  // A confined server may not see what is there.
  !entry.site.includes('#') &&
  now.getTime() - Date.parse(entry.at) > SETTLED_MS &&
  !tried.has(entry.id) &&
  api.find(entry.operation) !== undefined &&
  !JSON.stringify(entry.sent ?? null).includes(HIDDEN);

async function endOf(entry: Entry, finding: FindingOut): Promise<Entry> {
  const { journal, tried, now, signal } = finding;
  // What cannot be read now may be later, but not in every call.
  tried.set(entry.id, true);
  const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
  const found = await look(entry, { ...finding, signal: within }).catch((): Found => {
    signal.throwIfAborted();
    return undefined;
  });
  if (found === undefined) return entry;
  const ending: Ending = { v: 1, id: entry.id, ended: now.toISOString(), lookedUp: true, ...found };
  // Where it cannot be written down, it is still what was found.
  await journal.write(ending).catch(() => undefined);
  return { ...entry, ...found, error: found.error };
}

async function look(entry: Entry, finding: FindingOut): Promise<Found> {
  const operation = finding.api.find(entry.operation);
  if (operation === undefined) return undefined;
  if (operation.method === 'POST') return lookForCreated(entry, operation, finding);
  return lookAtRecord(entry, operation, finding);
}

const momentOf = (value: unknown): number => Date.parse(String(value));
const lastWritten = (record: ManageRecord): number => momentOf(infoOf(record).lastUpdated ?? record.lastUpdated);

const isWithin = (at: number, entry: Entry, [before, after]: readonly [number, number]): boolean => {
  const sent = Date.parse(entry.at);
  return at >= sent - before && at <= sent + after;
};

/** Why a write counts as one that did not happen. */
const notThere = (what: string, now: Date): string => `Looked up at ${now.toISOString()}: ${what}.`;

/** Whether two writes went to the same record or list. */
const isOfSame = (other: Entry, { operation, path }: Entry): boolean =>
  placeOf(other.operation) === placeOf(operation) && isDeepStrictEqual(other.path, path);

const placeOf = (operation: string): string => operation.slice(operation.indexOf(' '));

async function lookAtRecord(entry: Entry, { path, method }: Operation, finding: FindingOut): Promise<Found> {
  const { api, manage, signal, now, journal } = finding;
  const get = api.find(`GET ${path}`);
  const { before, sent } = entry;
  // Whoever deleted what is gone is not known, and a record that was never seen may be one that is not ours to see.
  if (get?.response.kind !== 'object' || before === undefined) return undefined;
  const record = await manage.get<ManageRecord>(`GET ${path}`, { path: entry.path, signal });
  const untouched = lastWritten(record) < Date.parse(entry.at);
  if (method === 'DELETE')
    return untouched && record.deletedFlag !== true
      ? { outcome: 'failed', error: notThere('the record is still there, nothing was deleted', now) }
      : undefined;
  const { schema } = get.response;
  const kind = { api, schema, exact: true };
  const was = keptShort(before, schema) as JsonObject;
  const is = keptShort(record, schema) as JsonObject;
  const named = Object.keys(was);
  // What was so before tells nothing.
  if (named.length === 0 || compareStored(sent, was, kind).differing.length === 0) return undefined;
  if (isDeepStrictEqual(only(is, named), was))
    return untouched
      ? { outcome: 'failed', error: notThere('the record is as it was before, nothing was changed', now) }
      : undefined;
  const { differing, compared } = compareStored(sent, is, kind);
  if (compared === 0 || differing.length > 0) return undefined;
  if (!isWithin(lastWritten(record), entry, [BEFORE_MS, AFTER_MS])) return undefined;
  if (!(await isOurs(infoOf(record).updatedBy ?? record.updatedBy, entry, finding))) return undefined;
  const others = await journal.around(entry, AROUND_MS);
  if (others.some((other) => isOfSame(other, entry) && other.outcome !== 'failed')) return undefined;
  return { outcome: 'done', after: only(is, named), label: labelOf(record), error: undefined };
}

/** When a record was made, not when it was last changed. */
const createdAt = (record: ManageRecord): number => {
  const { dateEntered, createdDate, dateCreated } = infoOf(record);
  return momentOf(dateEntered ?? createdDate ?? dateCreated ?? record.dateEntered ?? record.dateCreated);
};

async function lookForCreated(entry: Entry, operation: Operation, finding: FindingOut): Promise<Found> {
  const { api, manage, signal, now, journal } = finding;
  const { sent, path } = entry;
  const { schema } = operation.response;
  if (!isRecord(sent) || Object.keys(sent).length === 0 || operation.request?.schema !== schema) return undefined;
  const place = listedPlace(operation, { path, body: sent }, api);
  if (place?.sharedName === undefined) return undefined;
  const rows = await place.newestWith({ manage, api, signal }, NEWEST);
  const made = rows.map(({ row }) => ({ row, at: createdAt(row) }));
  if (made.some(({ at }) => Number.isNaN(at))) return undefined;
  const reaches = rows.length < NEWEST || made.some(({ at }) => at < Date.parse(entry.at) - AROUND_MS);
  const others = (await journal.around(entry, AROUND_MS)).filter((other) => isOfSame(other, entry));
  // One whose end is as unknown may have made it just as well.
  if (others.some(({ outcome }) => outcome === 'unknown')) return undefined;
  const claimed = others.flatMap(({ created }) => created ?? []);
  const near = made.filter(
    ({ row, at }) => isWithin(at, entry, [AROUND_MS, AROUND_MS]) && !claimed.includes(Number(row.id)),
  );
  if (!reaches) return undefined;
  if (near.length === 0)
    return { outcome: 'failed', error: notThere('no record of that time is there, nothing was created', now) };
  const [ours, ...more] = near.filter(
    ({ row }) => compareStored(sent, keptShort(row, schema) as JsonObject, { api, schema }).differing.length === 0,
  );
  if (ours === undefined || more.length > 0 || !isWithin(ours.at, entry, [BEFORE_MS, AFTER_MS])) return undefined;
  if (!(await isOurs(authorOf(ours.row), entry, finding))) return undefined;
  return createdFrom(ours.row, ours.at, schema);
}

/** What is known of a record that was found: how it was made, unless somebody changed it since. */
function createdFrom(row: ManageRecord, at: number, schema: string | undefined): Found {
  const isAsMade = lastWritten(row) - at < AT_ONCE_MS;
  return {
    outcome: 'done',
    created: Number(row.id),
    label: labelOf(row),
    after: isAsMade ? (keptShort(row, schema) as JsonObject) : undefined,
    error: undefined,
  };
}

/** Whether a record's author is the account that we write with: the member that the write was for, or one that wrote before. */
async function isOurs(author: unknown, entry: Entry, { guard, manage, signal }: FindingOut): Promise<boolean> {
  if (typeof author !== 'string') return false;
  const name = author.toLowerCase();
  if (name === entry.member?.toLowerCase() || guard.authors.has(name)) return true;
  const known = guard.programs.get(name);
  if (known !== undefined) return known;
  const conditions = field('identifier', '=', name);
  const fields = ['identifier', 'licenseClass'];
  const found = await manage.first<ManageRecord>('GET /system/members', { conditions, fields, signal });
  return found?.licenseClass === 'A';
}

import { isDeepStrictEqual } from 'node:util';
import type { ApiDescription, Operation } from '../api/index.ts';
import { isSecretPath, meaningOf } from '../api/meanings.ts';
import { isRecord, type JsonObject } from '../json.ts';
import {
  isReading,
  isSameRecord,
  type ManageClient,
  ManageError,
  type ManageReader,
  type ManageRecord,
  WriteOutcomeUnknown,
} from '../manage/index.ts';
import type { Caller, Ending, Intent } from './entry.ts';
import { type Journal, JournalUnwritable, reasonOf } from './journal.ts';
import { keptShort, keptWhole, labelOf, only } from './kept-values.ts';
import { belongings } from './touched.ts';

/** What a client's writes are recorded with. */
export interface Recording {
  readonly journal: Journal;
  readonly api: ApiDescription;
  /** Reads what is about to be overwritten; not bound to what the tool may call. */
  readonly reader: ManageReader;
  /** Of the call that writes. */
  readonly call: Pick<Intent, 'site' | 'member' | 'tool'> & { readonly id: string; readonly caller?: Caller };
  /** What a request does beyond storing values. */
  effects(operation: string, options: WriteOptions): readonly string[];
  /** Told that a write is not in the journal, and why. */
  unrecorded(why: string): void;
  readonly now: () => Date;
}

type WriteOptions = NonNullable<Parameters<ManageClient['write']>[1]>;

/** For how long what a call read is what stands there, in milliseconds: a person may be asked in the middle of a call. */
const FRESH_MS = 5_000;

interface Seen {
  readonly record: ManageRecord;
  readonly at: number;
}

/** A record by where it is read. */
const keyOf = (operation: string, path: WriteOptions['path']): string => JSON.stringify([operation, path ?? {}]);

/** The members that a request names: those of a body, or the first step of each path of a PATCH. */
export function membersOf(body: unknown): string[] {
  if (isRecord(body)) return Object.keys(body);
  if (!Array.isArray(body)) return [];
  const paths = body.filter(isRecord).map(({ path }) =>
    String(path ?? '')
      .split('/')
      .find((part) => part !== ''),
  );
  return [...new Set(paths.filter((name) => name !== undefined))];
}

/**
 * A client for one call whose writes are in the journal: a line before each is sent, a line when it has ended. What is overwritten
 * is what this call read just now, else it is read first.
 */
export function recorded(manage: ManageClient, recording: Recording): ManageClient {
  const { journal, api } = recording;
  if (!journal.isOn) return manage;
  const seen = new Map<string, Seen>();
  let count = 0;
  return {
    ...manage,
    async get<T>(operation: string, options: Parameters<ManageClient['get']>[1] = {}) {
      const value = await manage.get<T>(operation, options);
      const name = api.find(operation);
      // A record that was read in part cannot be gone back to.
      if (name !== undefined && options.query?.fields === undefined && isRecord(value))
        seen.set(keyOf(`${name.method} ${name.path}`, options.path), { record: value, at: performance.now() });
      return value;
    },
    async write<T>(name: string, options: WriteOptions = {}) {
      const operation = api.find(name);
      if (operation === undefined || isReading(operation)) return manage.write<T>(name, options);
      // What is refused before it is sent is no write.
      manage.preview(name, options);
      count += 1;
      const id = `${recording.call.id}-${count}`;
      return recordWrite<T>(manage, recording, { id, operation, options, seen });
    },
  };
}

interface RecordedWrite {
  readonly id: string;
  readonly operation: Operation;
  readonly options: WriteOptions;
  readonly seen: Map<string, Seen>;
}

async function recordWrite<T>(manage: ManageClient, recording: Recording, write: RecordedWrite): Promise<T> {
  const { operation, options, id } = write;
  const name = `${operation.method} ${operation.path}`;
  const before = await readBefore(recording, write);
  options.signal?.throwIfAborted();
  const isIn = await append(recording, intentOf(recording, write, before), true);
  let heard: Pick<Ending, 'status' | 'requestId'> = {};
  const end = async (ending: Omit<Ending, 'v' | 'id' | 'ended'>): Promise<void> => {
    const line: Ending = { v: 1, id, ended: recording.now().toISOString(), ...heard, ...ending };
    if (isIn) await append(recording, line, false);
  };
  try {
    const answer = await manage.write<T>(name, {
      ...options,
      heard: (said) => {
        heard = said;
      },
    });
    write.seen.delete(keyOf(`GET ${recordPath(operation, recording.api)}`, options.path));
    await end({ outcome: 'done', ...storedOf(write, before, answer) });
    return answer;
  } catch (error) {
    const facts = error instanceof ManageError ? { status: error.status, requestId: error.requestId } : {};
    const outcome = error instanceof WriteOutcomeUnknown ? 'unknown' : 'failed';
    await end({ outcome, ...facts, error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** Where the record is read that a request changes: one whose path ends in an action, `{id}/changeType`, at the path before it. */
function recordPath({ path, response }: Operation, api: ApiDescription): string {
  if (api.find(`GET ${path}`) !== undefined) return path;
  const owner = path.replace(/(?<=\})\/\w+\/?$/, '');
  return api.find(`GET ${owner}`)?.response.schema === response.schema ? owner : path;
}

/** What is about to be overwritten or deleted; nothing for creations, and where it cannot be read. */
async function readBefore(
  { api, reader }: Recording,
  { operation, options, seen }: RecordedWrite,
): Promise<ManageRecord | undefined> {
  if (operation.method === 'POST') return undefined;
  const read = `GET ${recordPath(operation, api)}`;
  const known = seen.get(keyOf(read, options.path));
  if (known !== undefined && performance.now() - known.at < FRESH_MS) return known.record;
  if (api.find(read)?.response.kind !== 'object') return undefined;
  try {
    const record = await reader.get<ManageRecord>(read, { path: options.path, signal: options.signal });
    return isRecord(record) ? record : undefined;
  } catch {
    // The write goes on and says itself what is wrong; it just cannot be taken back.
    return undefined;
  }
}

const schemaOf = ({ request, response }: Operation): string | undefined => response.schema ?? request?.schema;

/** The members of a record that Manage fills in by itself: they need no undoing. */
const isOwn = (schema: string | undefined, member: string): boolean => {
  const onWrite = schema === undefined ? undefined : meaningOf(schema, member)?.onWrite;
  return member === '_info' || onWrite === 'derived' || onWrite === 'ignored';
};

function intentOf(recording: Recording, write: RecordedWrite, before: ManageRecord | undefined): Intent {
  const { call, now, api } = recording;
  const { operation, options, id } = write;
  const name = `${operation.method} ${operation.path}`;
  const schema = api.find(`GET ${operation.path}`)?.response.schema ?? schemaOf(operation);
  const kept = before && (keptWhole(before, schema) as JsonObject);
  return {
    v: 1,
    id,
    at: now().toISOString(),
    site: call.site,
    member: call.member,
    caller: call.caller,
    tool: call.tool,
    operation: name,
    path: options.path ?? {},
    label: labelOf(before),
    effects: recording.effects(name, options),
    before: kept && (operation.method === 'DELETE' ? kept : only(kept, membersOf(options.body))),
    of: kept && operation.method !== 'DELETE' ? belongings(kept) : undefined,
    sent: keptShort(options.body, operation.request?.schema),
    undoes: options.undoes,
  };
}

/** Whether a member is what it was: another name of the same record is not a change of this one. */
const isSame = (was: unknown, now: unknown): boolean => isDeepStrictEqual(was, now) || isSameRecord(was, now);

/** What is stored now of what was changed, and what Manage changed with it. */
function storedOf(
  { operation, options }: RecordedWrite,
  before: ManageRecord | undefined,
  answer: unknown,
): Pick<Ending, 'after' | 'before' | 'created' | 'label'> {
  if (!isRecord(answer)) return {};
  const schema = schemaOf(operation);
  const after = keptShort(answer, schema) as JsonObject;
  if (operation.method === 'POST') {
    // What an action answers with may be a record that was there before.
    const { request, response } = operation;
    const isNew = request?.kind === 'multipart' || request?.schema === response.schema;
    const id = Number(answer.id);
    return { after, created: isNew && Number.isInteger(id) ? id : undefined, label: labelOf(answer) };
  }
  const named = membersOf(options.body);
  const isWhole = before !== undefined && options.query?.fields === undefined;
  const was = isWhole ? (keptShort(before, schema) as JsonObject) : {};
  const beside = Object.keys(isWhole ? { ...was, ...after } : {}).filter(
    (member) =>
      !named.includes(member) &&
      !isOwn(schema, member) &&
      !isSecretPath(schema, member) &&
      !isSame(was[member], after[member]),
  );
  return {
    after: only(after, [...named, ...beside]),
    before: beside.length === 0 ? undefined : only(keptWhole(before, schema) as JsonObject, beside),
    label: labelOf(answer),
  };
}

/**
 * Adds a line. One that cannot be added is told; the intent of a write that has to be in the journal stops it.
 * @returns whether the line is in the journal
 */
async function append(recording: Recording, line: Intent | Ending, isBefore: boolean): Promise<boolean> {
  const { journal, unrecorded } = recording;
  try {
    await journal.write(line);
    return true;
  } catch (error) {
    if (isBefore && journal.settings.required) throw new JournalUnwritable(journal.place, error);
    unrecorded(reasonOf(error));
    return false;
  }
}

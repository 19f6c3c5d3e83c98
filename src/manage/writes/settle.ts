import type { ApiDescription, Operation } from '../../api/index.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { plainMessage } from '../answers/read-answer.ts';
import type { ManageRecord } from '../client.ts';
import { type ManageError, NotFound, ServerFailure, WriteOutcomeUnknown } from '../errors.ts';
import { compareStored, type RecordKind } from './stored.ts';

/**
 * What may still become of a write without an answer of its own. `ended`: Manage itself answered, so it has ended whatever it did.
 * `answered`: something answered as if all were well, and did not give up waiting: what is not there soon will not come. `open`: a
 * gateway gave up, or the connection broke, and Manage may still be working on it.
 */
export type Way = 'ended' | 'answered' | 'open';

/** A write that failed after it may have arrived. What became of it has to be found out. */
export class Unsettled extends Error {
  readonly failure: ManageError;
  readonly way: Way;

  constructor(failure: ManageError, way: Way) {
    super(failure.message);
    this.failure = failure;
    this.way = way;
  }
}

/** What became of a write whose answer was lost. `absent` means: not done, or not yet. */
export type Outcome =
  | { readonly kind: 'done'; readonly record: ManageRecord | undefined }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

export interface SettleRequest {
  readonly method: string;
  readonly body: unknown;
  readonly kind: RecordKind;
  readonly way: Way;
  /** Reads the record that the write was about; `undefined` when the operation has no such read. */
  readonly read: (() => Promise<ManageRecord>) | undefined;
  /** Looks for what a POST would have created. */
  readonly find: (() => Promise<ManageRecord | undefined>) | undefined;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Pauses between looks, in milliseconds: what a proxy gave up waiting for may still be written. */
const PAUSES: Readonly<Record<Way, readonly number[]>> = {
  ended: [],
  answered: [1_000, 2_000],
  open: [1_000, 2_000, 4_000, 6_000],
};

/** Finds out what became of a write, by looking for it until it appears or nothing is on its way any more. */
export async function settle(request: SettleRequest): Promise<Outcome> {
  const look = lookFor(request);
  if (look === undefined) return { kind: 'unknown' };
  let last: Outcome = { kind: 'unknown' };
  for (const pause of [0, ...PAUSES[request.way]]) {
    if (pause > 0) await request.pause(pause);
    try {
      last = await look();
    } catch {
      last = { kind: 'unknown' };
    }
    if (last.kind === 'done') return last;
  }
  return last;
}

/** One look, by the kind of write. */
function lookFor({ method, body, kind, read, find }: SettleRequest): (() => Promise<Outcome>) | undefined {
  if (method === 'POST') {
    return (
      find &&
      (async () => {
        const record = await find();
        return record === undefined ? { kind: 'absent' } : { kind: 'done', record };
      })
    );
  }
  if (read === undefined) return undefined;
  if (method === 'DELETE') return () => lookForDeleted(read);
  return async () => {
    const record = await read();
    const { differing, compared } = compareStored(body, record, { ...kind, exact: true });
    // Nothing that is given back was sent: the record cannot tell.
    if (compared === 0) return { kind: 'unknown' };
    return differing.length === 0 ? { kind: 'done', record } : { kind: 'absent' };
  };
}

async function lookForDeleted(read: () => Promise<ManageRecord>): Promise<Outcome> {
  try {
    // Companies stay and are marked.
    return (await read()).deletedFlag === true ? { kind: 'done', record: undefined } : { kind: 'absent' };
  } catch (error) {
    if (error instanceof NotFound) return { kind: 'done', record: undefined };
    throw error;
  }
}

/**
 * What is wrong with the answer to a write that Manage says succeeded: no record where there has to be one. `undefined` when it is
 * what the operation answers with.
 * @param canLook whether what became of the write can be found out
 */
export function answerProblem(
  value: unknown,
  { response, method, path }: Operation,
  { api, trimmed, canLook }: { api: ApiDescription; trimmed: boolean; canLook: boolean },
): ServerFailure | undefined {
  if (response.kind === 'array' ? Array.isArray(value) : response.kind !== 'object') return undefined;
  const fields = api.schema(response.schema ?? '')?.fields;
  // A record is what can be read back under its own path; what an action answers with may be anything but a bare message.
  const readBack = api.find(method === 'POST' ? `GET ${path}/{id}` : `GET ${path}`);
  const needsId = readBack?.response.kind === 'object' && fields?.has('id') && !trimmed;
  // What somebody else answers with may have an id, too.
  const hasMore = (record: JsonObject): boolean =>
    Object.keys(record).some((name) => name !== 'id' && fields?.has(name) === true);
  const hasId = (record: JsonObject): boolean => Number.isInteger(Number(record.id ?? Number.NaN)) && hasMore(record);
  // An action says that it succeeded, or answers with a record, of which something should be there; where nobody can find out
  // more, an empty one has to do.
  const isSaid = (record: JsonObject): boolean => {
    if (response.schema === 'SuccessResponse') return record.success === true;
    const names = Object.keys(record);
    return names.length === 0 ? !canLook : fields === undefined || names.some((name) => fields.has(name));
  };
  const isAnswer = isRecord(value) && (needsId ? hasId(value) : isSaid(value));
  if (isAnswer) return undefined;
  const said = isRecord(value) && typeof value.message === 'string' ? `: ${plainMessage(value.message)}` : '.';
  const what = value === undefined ? 'with nothing' : 'without a record';
  return new ServerFailure(`Manage answered ${what}${said}`, { operation: `${method} ${path}` });
}

/** A message that another sentence follows. */
const ended = ({ message }: ManageError): string => message.replace(/[^.!?\s]$/, '$&.');

const UNDONE: Readonly<Record<string, string>> = { POST: 'created', DELETE: 'deleted' };

/** The error for a write that was looked for after Manage failed, and that did not happen. */
export function notDone({ failure }: Unsettled, method: string): ServerFailure {
  const { operation, status, code, requestId } = failure;
  const details = { operation, status, code, requestId, fieldErrors: failure.fieldErrors, cause: failure };
  return new ServerFailure(`${ended(failure)} Nothing was ${UNDONE[method] ?? 'changed'}; it was looked up.`, details);
}

/**
 * The error for a write that may or may not have happened.
 * @param where the read that tells, as `GET /service/tickets/12/notes`
 */
export function outcomeUnknown(
  { failure }: Unsettled,
  { looked, where }: { looked: boolean; where: string | undefined },
): WriteOutcomeUnknown {
  const check = where === undefined ? 'check before trying again' : `check ${where} before trying again`;
  const said = looked ? 'It was looked for and not found, but may still appear' : 'It may have happened';
  const text = `${said}: ${check}.`;
  return new WriteOutcomeUnknown(`${ended(failure)} ${text}`, {
    operation: failure.operation,
    status: failure.status,
    requestId: failure.requestId,
    cause: failure,
  });
}

import type { ApiDescription, Operation } from '../../api/index.ts';
import type { Logger } from '../../logger.ts';
import { header } from '../answers/read-answer.ts';
import type { ManageRecord, WriteOptions } from '../client.ts';
import { BadRequest, Conflict, ManageError, NotFound, RateLimited, ServerFailure } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import type { Timing } from '../limits/limiter.ts';
import { fillPath, isReading, nameOf } from '../prepare.ts';
import { answerProblem, notDone, type Outcome, outcomeUnknown, settle, Unsettled, type Way } from './settle.ts';
import type { EncodedBody } from './upload.ts';

/** Time for finding out what became of a write, beyond the call's own. */
const SETTLE_MS = 20_000;

/** What sends writes, and reads to find out about them. */
export interface WriteSender {
  readonly exchange: Exchange;
  readonly api: ApiDescription;
  readonly timing: Timing;
  readonly logger: Logger | undefined;
  readonly deadlineMs: number;
  readonly read: (operation: Operation, options: Pick<WriteOptions, 'path' | 'signal'>) => Promise<{ value: unknown }>;
}

/** One write, ready to be sent. */
export interface Write {
  readonly operation: Operation;
  /** Path and query behind the origin. */
  readonly path: string;
  readonly body: EncodedBody | undefined;
  readonly options: WriteOptions;
}

/** What a creation made although it was turned away: nothing is sent again. */
class AlreadyMade extends Error {
  readonly record: ManageRecord;

  constructor(record: ManageRecord) {
    super('The record is there.');
    this.record = record;
  }
}

/**
 * Sends a write and gives its answer. One whose answer was lost, or cannot be read, is looked up; only one that is not done, and
 * cannot be done twice, is sent again.
 * @throws {WriteOutcomeUnknown} when nobody can tell whether it happened
 */
export async function sendWrite(sender: WriteSender, write: Write, mayRepeat = true): Promise<unknown> {
  const { operation, path, body, options } = write;
  const reads = isReading(operation);
  const find = operation.method === 'POST' ? options.settle : undefined;
  let isAgain = !mayRepeat;
  const within = Math.min(sender.deadlineMs, options.withinMs ?? sender.deadlineMs);
  const request = {
    method: operation.method,
    path,
    operation: nameOf(operation),
    reads,
    version: sender.api.version,
    beforeAgain: reads
      ? undefined
      : async (signal: AbortSignal) => {
          isAgain = true;
          const record = await find?.(signal).catch((): undefined => undefined);
          if (record !== undefined) throw new AlreadyMade(record);
        },
    ...(body !== undefined && { body: body.data, headers: { 'content-type': body.contentType } }),
  };
  try {
    const { answer, value } = await sender.exchange.run(request, within, options.signal);
    options.heard?.({ status: answer.status, requestId: header(answer, 'x-cw-request-id') });
    const trimmed = options.query?.fields !== undefined;
    const problem = reads
      ? undefined
      : answerProblem(value, operation, { api: sender.api, trimmed, canLook: find !== undefined });
    if (problem !== undefined) throw new Unsettled(problem, 'answered');
    const standing = operation.method === 'DELETE' ? await stillStands(sender, write) : undefined;
    if (standing !== undefined) throw new Unsettled(standing, 'ended');
    return value;
  } catch (error) {
    if (error instanceof AlreadyMade) return error.record;
    // It went in between: it was sent a second time because the record still stood, or it was turned away; or it was delivered twice.
    const wasThere = isAgain || options.stood;
    if (error instanceof NotFound && operation.method === 'DELETE' && wasThere) return undefined;
    // Who was turned away until the time was up has sent nothing; a gateway may say so of what got through all the same.
    if (!reads && (mayBeOfGateway(error) || (find !== undefined && refusesSecond(error)))) {
      const outcome = await outcomeOf(sender, write, 'ended');
      if (outcome.kind === 'done') return outcome.record;
    }
    if (!(error instanceof Unsettled)) throw error;
    return await settled(sender, write, error, mayRepeat);
  }
}

/** Whether a refusal may be that of something between us and Manage, which does not know what became of the request. */
const mayBeOfGateway = (error: unknown): boolean =>
  error instanceof RateLimited || (error instanceof ManageError && error.isPage);

/**
 * Whether an error may be what Manage says to the second delivery of a request whose first one it carried out: the name is taken, the
 * sheet is submitted, the ticket is converted.
 */
const refusesSecond = (error: unknown): boolean =>
  (error instanceof BadRequest || error instanceof Conflict || error instanceof NotFound) && error.status !== undefined;

/** Looks, and gives up when the time for it is up. */
async function inTime<T>(timing: Timing, look: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const quiet = timing.alarm(SETTLE_MS, () => late.abort(new Error('Nobody could tell in time.')));
  try {
    return await look(late.signal);
  } finally {
    quiet();
  }
}

/** What is wrong when a record that Manage said it deleted is read all the same. */
async function stillStands(
  { api, read, timing }: WriteSender,
  { operation, options }: Write,
): Promise<ManageError | undefined> {
  const get = api.find(`GET ${operation.path}`);
  if (get?.response.kind !== 'object') return undefined;
  const record = await inTime(timing, (signal) => read(get, { path: options.path, signal })).then(
    ({ value }) => value as ManageRecord | undefined,
    (): undefined => undefined,
  );
  if (record === undefined || record.deletedFlag === true) return undefined;
  return new ServerFailure('Manage answered that the record is deleted, and it is still there.', {
    operation: nameOf(operation),
  });
}

/** Where a person, or a model, finds out about a write: the record, or the list that a new one would be in. */
function whereToLook({ api }: WriteSender, { operation, options }: Write): string | undefined {
  const found = api.find(`GET ${operation.path}`) ?? api.find(`GET ${operation.path.replace(/\/[^/{}]+\/?$/, '')}`);
  return found && `GET ${fillPath(found, options.path ?? {})}`;
}

function outcomeOf({ api, timing, read }: WriteSender, { operation, options }: Write, way: Way): Promise<Outcome> {
  const get = api.find(`GET ${operation.path}`);
  // The caller may have gone; what became of the write is still found out.
  return inTime(timing, (signal) =>
    settle({
      method: operation.method,
      body: options.body,
      kind: { api, schema: operation.request?.schema },
      way,
      read: get && (async () => (await read(get, { path: options.path, signal })).value as ManageRecord),
      find: options.settle && (() => options.settle?.(signal) ?? Promise.resolve(undefined)),
      pause: (milliseconds) => timing.sleep(milliseconds),
    }),
  );
}

/**
 * What became of a write, without waiting for what does not matter.
 * @param repeats whether it is sent again where it is not done
 */
async function foundOut(
  sender: WriteSender,
  write: Write,
  { way }: Unsettled,
  { repeats, isAgain }: { readonly repeats: boolean; readonly isAgain: boolean },
): Promise<Outcome> {
  if (repeats && way === 'answered') {
    // The same change once more does no harm, and its answer tells more than waiting for what the first one does.
    const soon = await outcomeOf(sender, write, 'ended');
    if (soon.kind !== 'unknown') return soon;
  }
  // Before it was sent again it was waited for already.
  return outcomeOf(sender, write, isAgain && way === 'open' ? 'answered' : way);
}

async function settled(sender: WriteSender, write: Write, lost: Unsettled, mayRepeat: boolean): Promise<unknown> {
  const { operation, options } = write;
  const { logger } = sender;
  const { method } = operation;
  const repeats = method !== 'POST' && mayRepeat && !options.signal?.aborted;
  const outcome = await foundOut(sender, write, lost, { repeats, isAgain: !mayRepeat });
  const facts = { operation: nameOf(operation), reason: lost.failure.kind, outcome: outcome.kind };
  logger?.warn(facts, 'settled a write whose answer was lost');
  if (outcome.kind === 'done') return outcome.record;
  if (outcome.kind === 'absent') {
    if (repeats) return sendWrite(sender, write, false);
    if (lost.way === 'ended') throw notDone(lost, method);
  }
  throw outcomeUnknown(lost, {
    looked: options.settle !== undefined || method !== 'POST',
    where: whereToLook(sender, write),
  });
}

import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../json.ts';
import type { ManageRecord, PatchOperation } from './client.ts';
import { NotFound, WriteOutcomeUnknown } from './errors.ts';
import type { Unsettled } from './exchange.ts';

/** What became of a write whose answer was lost. `absent` means: not done, and nothing on its way any more. */
export type Outcome =
  | { readonly kind: 'done'; readonly record: ManageRecord | undefined }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** Whether a stored value is what was sent: references by the members that were sent, texts without outer spaces. */
function holds(stored: unknown, sent: unknown): boolean {
  if (sent === null || sent === '' || sent === undefined)
    return stored === undefined || stored === null || stored === '';
  if (isRecord(sent) && isRecord(stored)) {
    const id = sent.id === undefined ? sent : { id: sent.id };
    return Object.entries(id).every(([key, value]) => holds(stored[key], value));
  }
  if (Array.isArray(sent) && Array.isArray(stored)) {
    return sent.every((item) => stored.some((have) => holds(have, item)));
  }
  if (typeof sent === 'string' && typeof stored === 'string') return sent.trim() === stored.trim();
  return isDeepStrictEqual(stored, sent) || String(stored) === String(sent);
}

function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const segment of path.replace(/^\//, '').split('/')) {
    value = isRecord(value) ? value[segment] : Array.isArray(value) ? value[Number(segment)] : undefined;
  }
  return value;
}

/** Whether a record shows every change of a PATCH or every member of a PUT. */
export function shows(record: ManageRecord, method: string, body: unknown): boolean {
  if (method === 'PATCH' && Array.isArray(body)) {
    return (body as PatchOperation[]).every(({ op, path, value }) =>
      holds(valueAt(record, path), op === 'remove' ? null : value),
    );
  }
  return (
    isRecord(body) && Object.entries(body).every(([name, value]) => name === '_info' || holds(record[name], value))
  );
}

export interface SettleRequest {
  readonly method: string;
  readonly body: unknown;
  /** Reads the record that the write was about; `undefined` when the operation has no such read. */
  readonly read: (() => Promise<ManageRecord>) | undefined;
  /** Looks for what a POST would have created. */
  readonly find: (() => Promise<ManageRecord | undefined>) | undefined;
  /** Waits a moment before a second look. */
  readonly pause: () => Promise<void>;
}

/** Finds out what became of a write, by reading. A look that fails itself leaves the outcome unknown. */
export async function settle(request: SettleRequest, answered: boolean): Promise<Outcome> {
  try {
    if (request.method === 'POST') return await settlePost(request, answered);
    if (request.read === undefined) return { kind: 'unknown' };
    if (request.method === 'DELETE') return await settleDelete(request.read);
    const record = await request.read();
    return shows(record, request.method, request.body) ? { kind: 'done', record } : { kind: 'absent' };
  } catch {
    return { kind: 'unknown' };
  }
}

async function settleDelete(read: () => Promise<ManageRecord>): Promise<Outcome> {
  try {
    const record = await read();
    // Companies stay and are marked.
    return record.deletedFlag === true ? { kind: 'done', record: undefined } : { kind: 'absent' };
  } catch (error) {
    if (error instanceof NotFound) return { kind: 'done', record: undefined };
    throw error;
  }
}

async function settlePost({ find, pause }: SettleRequest, answered: boolean): Promise<Outcome> {
  if (find === undefined) return { kind: 'unknown' };
  const found = await find();
  if (found !== undefined) return { kind: 'done', record: found };
  // The server answered, so the deed is not still on its way.
  if (answered) return { kind: 'absent' };
  await pause();
  const later = await find();
  return later === undefined ? { kind: 'unknown' } : { kind: 'done', record: later };
}

/** The error for a write of which nobody knows whether it happened. */
export function outcomeUnknown({ failure }: Unsettled, looked: boolean): WriteOutcomeUnknown {
  const check = looked
    ? 'It was looked for and not found, but may still appear: check before trying again.'
    : 'It may have happened: check before trying again.';
  return new WriteOutcomeUnknown(`${failure.message} ${check}`, {
    operation: failure.operation,
    ...(failure.status !== undefined && { status: failure.status }),
    ...(failure.requestId !== undefined && { requestId: failure.requestId }),
    cause: failure,
  });
}

import { Transform } from 'node:stream';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { isRecord, isTooDeep, type JsonObject } from '../../json.ts';
import { withoutNullArguments } from '../null-arguments.ts';

/** Longest message, in bytes; the same over HTTP. */
export const LONGEST = 10 * 1024 * 1024;

/** A line of this many bytes has no end: whoever writes it speaks another protocol. */
const ENDLESS = 10 * LONGEST;

/** Enough of a long line to find its id, which clients write first or last. */
const EDGE = 300;

type Id = string | number | null;

/** A request that cannot be served as it stands, with the error that answers it. */
export interface Refusal {
  readonly id: Id;
  readonly code: number;
  readonly message: string;
}

/** The id of a request whose line is too long to be read: it stands before the params, or at the very end. */
function idOfLong(head: string, tail: string): Id {
  const [, first] =
    /^\s*\{\s*(?:"(?:jsonrpc|method)"\s*:\s*"[^"]*"\s*,\s*)*"id"\s*:\s*("[^"\\]*"|\d+)\s*,/.exec(head) ?? [];
  const [, last] = /,\s*"id"\s*:\s*("[^"\\]*"|\d+)\s*(?:,\s*"jsonrpc"\s*:\s*"[^"]*"\s*)?\}\s*$/.exec(tail) ?? [];
  const found = first ?? last;
  return found === undefined ? null : (JSON.parse(found) as Id);
}

const isMessage = (value: unknown): boolean =>
  isJSONRPCRequest(value) ||
  isJSONRPCNotification(value) ||
  isJSONRPCResultResponse(value) ||
  isJSONRPCErrorResponse(value);

/** The id of a message, if it is one that an answer can have. */
const idOf = ({ id }: JsonObject): Id | undefined =>
  typeof id === 'string' || Number.isInteger(id) ? (id as Id) : undefined;

/** What is wrong with one message that the protocol does not know, or nothing when nobody waits for an answer. */
function refusalOf(message: unknown): Refusal | undefined {
  if (!isRecord(message) || !('id' in message) || 'result' in message || 'error' in message) return undefined;
  const { method, params } = message;
  const id = idOf(message);
  const invalid = { id: null, code: ProtocolErrorCode.InvalidRequest };
  if (id === undefined) return { ...invalid, message: 'The id of a request is a text or a whole number.' };
  const named = { id, code: ProtocolErrorCode.InvalidRequest };
  if (message.jsonrpc !== '2.0') return { ...named, message: 'A message says "jsonrpc": "2.0".' };
  if (typeof method !== 'string') return { ...named, message: 'A request names its method, a text.' };
  const wrong = params === undefined || isRecord(params) ? 'params._meta is not valid' : 'params is not an object';
  return {
    id,
    code: ProtocolErrorCode.InvalidParams,
    message: `${wrong}: send an object, or leave it out.`,
  };
}

/** A line as a message; `undefined` for text that is none. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Refusals of a message: none for one that the protocol understands, and for text that is not a message at all. */
function refusalsOf(message: unknown): Refusal[] {
  if (message === undefined) return [];
  if (isTooDeep(message)) {
    const id = isRecord(message) ? (idOf(message) ?? null) : null;
    return [{ id, code: ProtocolErrorCode.InvalidRequest, message: 'The message is nested too deep.' }];
  }
  if (!Array.isArray(message)) return isMessage(message) ? [] : [refusalOf(message)].filter((one) => one !== undefined);
  return message.flatMap((one: unknown) =>
    isJSONRPCRequest(one)
      ? [{ id: one.id, code: ProtocolErrorCode.InvalidRequest, message: 'Send one message a line, not a list.' }]
      : [],
  );
}

/**
 * Passes on the lines that hold a message. The transport drops what it cannot read, and hangs up at a long line; here whoever waits
 * for an answer gets an error instead.
 */
export function checkedLines(refuse: (refusal: Refusal) => void): Transform {
  let parts: Buffer[] = [];
  let size = 0;
  let head = '';
  let tail = '';
  const take = (piece: Buffer): void => {
    size += piece.length;
    if (head.length < EDGE) head += piece.toString('utf8', 0, EDGE);
    tail = `${tail}${piece.toString('utf8', Math.max(0, piece.length - EDGE))}`.slice(-EDGE);
    if (size <= LONGEST) parts.push(piece);
    else parts = [];
  };
  const ended = (): Buffer | undefined => {
    const line = Buffer.concat(parts);
    const message = size > LONGEST ? undefined : parsed(line.toString('utf8'));
    const refusals =
      size > LONGEST
        ? [
            {
              id: idOfLong(head, tail),
              code: ProtocolErrorCode.InvalidRequest,
              message: `The message has ${(size / 1024 / 1024).toFixed(1)} MB; the most is ${LONGEST / 1024 / 1024} MB. A file may have 7 MB.`,
            },
          ]
        : refusalsOf(message);
    const passes = size <= LONGEST && refusals.length === 0;
    const read = withoutNullArguments(message);
    parts = [];
    [size, head, tail] = [0, '', ''];
    for (const refusal of refusals) refuse(refusal);
    if (!passes) return undefined;
    return read === message ? line : Buffer.from(`${JSON.stringify(read)}\n`);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        take(chunk.subarray(start, end + 1));
        const line = ended();
        if (line !== undefined) this.push(line);
        start = end + 1;
      }
      if (start < chunk.length) take(chunk.subarray(start));
      if (size > ENDLESS) done(new RangeError('A message on stdin does not end.'));
      else done();
    },
  });
}

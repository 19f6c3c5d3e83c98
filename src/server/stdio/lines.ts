import { Transform } from 'node:stream';
import {
  isJSONRPCRequest,
  type JSONRPCMessage,
  ProtocolErrorCode,
  parseJSONRPCMessage,
} from '@modelcontextprotocol/server';
import { isRecord, isTooDeep, type JsonObject } from '../../json.ts';
import { LONGEST, parseMessage, TooLarge } from '../message-json.ts';
import { withoutNullArguments } from '../null-arguments.ts';

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

/** A message as the protocol knows it; `undefined` for anything else. */
function understood(value: unknown): JSONRPCMessage | undefined {
  try {
    return parseJSONRPCMessage(value);
  } catch {
    return undefined;
  }
}

/** Refusals of what is no message: none where nobody waits for an answer. */
function refusalsOf(value: unknown): readonly Refusal[] {
  if (!Array.isArray(value)) return [refusalOf(value)].filter((one) => one !== undefined);
  return value.flatMap((one: unknown) =>
    isJSONRPCRequest(one)
      ? [{ id: one.id, code: ProtocolErrorCode.InvalidRequest, message: 'Send one message a line, not a list.' }]
      : [],
  );
}

/** Where lines go. */
export interface Reader {
  /** Takes a message. */
  take(message: JSONRPCMessage): void;
  /** Answers a request that cannot be served. */
  refuse(refusal: Refusal): void;
}

/** A line, of which too long a one is known by its ends alone. */
interface Line {
  readonly bytes: Buffer;
  readonly size: number;
  readonly head: string;
  readonly tail: string;
}

/** Takes a line's message, or refuses it; text that is none is nobody's request. */
async function read({ bytes, size, head, tail }: Line, { take, refuse }: Reader): Promise<void> {
  const refuseWhole = (message: string): void =>
    refuse({ id: idOfLong(head, tail), code: ProtocolErrorCode.InvalidRequest, message });
  if (size > LONGEST)
    return refuseWhole(
      `The message has ${(size / 1024 / 1024).toFixed(1)} MB; the most is ${LONGEST / 1024 / 1024} MB. A file may have 7 MB.`,
    );
  let value: unknown;
  try {
    value = await parseMessage(bytes);
  } catch (error) {
    return error instanceof TooLarge ? refuseWhole(error.message) : undefined;
  }
  if (isTooDeep(value)) {
    const id = isRecord(value) ? (idOf(value) ?? null) : null;
    return refuse({ id, code: ProtocolErrorCode.InvalidRequest, message: 'The message is nested too deep.' });
  }
  const message = understood(withoutNullArguments(value));
  if (message !== undefined) take(message);
  else for (const refusal of refusalsOf(value)) refuse(refusal);
}

/**
 * Reads lines and gives their messages on, in their order. The transport would drop what it cannot read, hang up at a long line, and
 * parse it in one go; here whoever waits for an answer gets an error instead. To be given to the transport as its input, of which it
 * sees no more than that it broke.
 */
export function readLines(reader: Reader): Transform {
  let parts: Buffer[] = [];
  let size = 0;
  let head = '';
  let tail = '';
  const add = (piece: Buffer): void => {
    size += piece.length;
    if (head.length < EDGE) head += piece.toString('utf8', 0, EDGE);
    tail = `${tail}${piece.toString('utf8', Math.max(0, piece.length - EDGE))}`.slice(-EDGE);
    if (size <= LONGEST) parts.push(piece);
    else parts = [];
  };
  const ended = (): Promise<void> => {
    const [only] = parts;
    const bytes = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
    const line: Line = { bytes, size, head, tail };
    parts = [];
    [size, head, tail] = [0, '', ''];
    return read(line, reader);
  };
  const readAll = async (chunk: Buffer): Promise<void> => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end + 1));
      start = end + 1;
      await ended();
    }
    if (start < chunk.length) add(chunk.subarray(start));
    if (size > ENDLESS) throw new RangeError('A message on stdin does not end.');
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      readAll(chunk).then(() => done(), done);
    },
  });
}

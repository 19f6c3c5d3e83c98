import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonContentType } from '@modelcontextprotocol/server';
import { isTooDeep } from '../../json.ts';
import { LONGEST, parseMessage, TooLarge } from '../message-json.ts';
import { withoutNullArguments } from '../null-arguments.ts';
import { answerError } from './answer-error.ts';

/** A request's body, or that there is nothing more to do for it. */
type Body = { readonly value?: unknown } | 'answered';

/** The text's bytes without the mark of their order, which is allowed in front of them. */
const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** A body as it comes in. By its events: an iterator of a stream costs more than all else about a short one. */
const piecesOf = (request: IncomingMessage): Promise<Buffer[] | 'too long' | 'cut off'> =>
  new Promise((resolve) => {
    // Whoever sent it is gone, before or after this.
    if (request.destroyed) return resolve('cut off');
    const pieces: Buffer[] = [];
    let size = 0;
    request.on('data', (piece: Buffer) => {
      size += piece.length;
      // Read to its end all the same: whoever still sends would not hear the answer.
      if (size <= LONGEST) pieces.push(piece);
    });
    request.once('end', () => resolve(size > LONGEST ? 'too long' : pieces));
    request.once('error', () => resolve('cut off'));
    request.once('close', () => resolve('cut off'));
  });

/**
 * Reads a request's body once. The protocol handler would copy it into a web request, clone that and read it as a stream, which
 * costs more than the call. What it refuses without a look at the body, it is left to; no message goes there unread, in pieces or not,
 * because what it asks for is checked before it is served.
 */
export async function readBody(request: IncomingMessage, response: ServerResponse): Promise<Body> {
  const { 'content-length': length, 'content-type': type = null } = request.headers;
  if (request.method !== 'POST' || !isJsonContentType(type) || Number(length) === 0) return {};
  const refuse = (status: number, code: number, message: string): Body => {
    answerError(response, undefined, { status, error: { code, message } });
    return 'answered';
  };
  const pieces = await piecesOf(request);
  if (pieces === 'cut off') {
    response.destroy();
    return 'answered';
  }
  if (pieces === 'too long') return refuse(413, -32700, `A message may have ${LONGEST / 1024 / 1024} MB.`);
  try {
    const value = await parseMessage(withoutMark(Buffer.concat(pieces)));
    return isTooDeep(value)
      ? refuse(400, -32600, 'The message is nested too deep.')
      : { value: withoutNullArguments(value) };
  } catch (error) {
    if (error instanceof TooLarge) return refuse(413, -32600, error.message);
    return refuse(400, -32700, 'Parse error: the request body is not valid JSON');
  }
}

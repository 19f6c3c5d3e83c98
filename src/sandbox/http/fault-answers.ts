import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import { type Answer, html, json, page, type RequestLogEntry, standardHeaders, write } from './answer.ts';

/** Faults that come before anything is done. Gives back whether the request ended with it. */
export async function failBefore(
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  entry: RequestLogEntry,
): Promise<boolean> {
  if (fault === undefined) return false;
  const seconds = fault.retryAfterSeconds ?? 1;
  const retry = { 'retry-after': String(seconds) };
  const status = fault.status ?? 500;
  const ended = (answer: Answer): true => {
    entry.status = answer.status;
    request.resume();
    write(response, answer);
    return true;
  };
  switch (fault.kind) {
    case 'throttle':
      return ended(
        json(
          429,
          { error: 'ConnectWiseAPI', message: `Too many requests. Please try again in ${seconds} seconds.` },
          retry,
        ),
      );
    case 'throttle-html':
      return ended({
        ...html(429, page('Too Many Requests', 'You are being rate limited.')),
        headers: { 'content-type': 'text/html', ...retry },
      });
    case 'error':
      return ended(json(status, { code: 'ConnectWiseApi', message: 'String was not recognized as a valid Boolean.' }));
    case 'error-html':
      return ended(html(status, page('Service Unavailable', 'The service is unavailable. '.repeat(400))));
    case 'reset-before':
      request.socket.resetAndDestroy();
      return true;
    case 'slow':
      await sleep(fault.delayMs ?? 1000);
      return false;
    default:
      return false;
  }
}

/** Sends an answer, or what a fault makes of it when the work is done. */
export async function sendOrFail(
  fault: Fault | undefined,
  response: ServerResponse,
  answer: Answer,
  entry: RequestLogEntry,
): Promise<void> {
  switch (fault?.kind) {
    case 'error-after':
      entry.status = 500;
      return write(response, json(500, { code: 'ConnectWiseApi', message: 'The request timed out.' }));
    case 'reset-after':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-body':
    case 'slow-body': {
      const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
      response.writeHead(answer.status, {
        ...answer.headers,
        ...standardHeaders(),
        'content-length': Buffer.byteLength(answer.body),
      });
      response.write(half);
      await sleep(fault.kind === 'reset-body' ? 20 : (fault.delayMs ?? 1000));
      if (fault.kind === 'reset-body') response.socket?.resetAndDestroy();
      else response.end(answer.body.slice(half.length));
      return;
    }
    case 'wrong-type':
      return write(response, html(200, page('Sign in', 'Please sign in to continue.')));
    case 'truncated':
      return write(response, {
        ...answer,
        body: answer.body.slice(0, Math.max(1, Math.floor(answer.body.length / 2))),
      });
    default:
      return write(response, answer);
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord } from '../../json.ts';
import { type Faults, readFault } from '../faults.ts';
import type { RequestLogEntry } from './answer.ts';

const LONGEST = 64 * 1024;

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > LONGEST) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/**
 * The sandbox's other door, for tests in any language: `POST /faults` lets something go wrong, `DELETE /faults` ends it,
 * `PUT /quota {"perMinute": 60}` throttles, `PUT /due-dates {"daysOnly": true}` cuts due dates to their day, `GET /requests` shows what came in.
 */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  faults: Faults,
  log: readonly RequestLogEntry[],
): Promise<void> {
  const asked = `${request.method} ${request.url}`;
  if (asked === 'GET /requests') return send(response, 200, log);
  if (asked === 'DELETE /faults') {
    faults.clear();
    return send(response, 200, { cleared: true });
  }
  const body = await readJson(request);
  if (asked === 'POST /faults') {
    const fault = isRecord(body) ? readFault(body) : undefined;
    if (fault === undefined)
      return send(response, 400, {
        error: 'Send {"kind": ...} with a kind and settings of a fault that the documentation lists.',
      });
    faults.add(fault);
    return send(response, 200, { waiting: body });
  }
  if (asked === 'PUT /quota') {
    const perMinute = isRecord(body) ? body.perMinute : undefined;
    if (typeof perMinute !== 'number' || perMinute < 1)
      return send(response, 400, { error: 'Send {"perMinute": ...}, at least 1.' });
    faults.quota(perMinute);
    return send(response, 200, { perMinute });
  }
  if (asked === 'PUT /due-dates') {
    const daysOnly = isRecord(body) ? body.daysOnly : undefined;
    if (typeof daysOnly !== 'boolean') return send(response, 400, { error: 'Send {"daysOnly": true} or false.' });
    faults.dueDaysOnly = daysOnly;
    return send(response, 200, { daysOnly });
  }
  send(response, 404, {
    error: 'There are POST /faults, DELETE /faults, PUT /quota, PUT /due-dates and GET /requests.',
  });
}

/** Starts the control door on the loopback interface, on a free port. */
export async function startControl(
  faults: Faults,
  log: readonly RequestLogEntry[],
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => void serve(request, response, faults, log));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** Passes a request on to another server over HTTP. @param site that server, without a path @returns what it answers, not yet read */
export async function passOn(incoming: IncomingMessage, site: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(site);
  const { method, url: path, headers } = incoming;
  const passed = request({ hostname, port, method, path, headers });
  incoming.pipe(passed);
  const [reply] = (await once(passed, 'response')) as [IncomingMessage];
  return reply;
}

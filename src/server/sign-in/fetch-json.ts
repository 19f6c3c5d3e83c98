import { Buffer } from 'node:buffer';
import { trust } from '../../manage/trust.ts';

/** Longest a provider may take for a page, in milliseconds, and the most that it may send, in bytes. */
const PATIENCE_MS = 5_000;
const LARGEST = 512 * 1024;

/** Reads the JSON of a GET. @throws for anything but a 200 with JSON of a sensible size, in time; redirects are not followed */
export type FetchJson = (url: string, signal?: AbortSignal) => Promise<unknown>;

/** Reads pages of an OpenID provider. @param caPem a certificate authority to trust beside the well-known ones */
export function createFetchJson(caPem: string | undefined): { readonly fetchJson: FetchJson; close(): Promise<void> } {
  const agent = import('undici').then(({ default: { Agent } }) => new Agent({ connect: trust(caPem) }));
  // Who never fetches hears of no failure.
  agent.catch(() => undefined);
  return {
    async fetchJson(url, signal) {
      const { request } = (await import('undici')).default;
      const timeout = AbortSignal.timeout(PATIENCE_MS);
      const { statusCode, body } = await request(url, {
        dispatcher: await agent,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        headers: { accept: 'application/json' },
      });
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        size += piece.length;
        if (size > LARGEST) throw new Error(`${url} answers with more than ${LARGEST} bytes.`);
        pieces.push(piece);
      }
      if (statusCode !== 200) throw new Error(`${url} answers with ${statusCode}.`);
      return JSON.parse(Buffer.concat(pieces).toString('utf8'));
    },
    async close() {
      await (await agent).destroy();
    },
  };
}

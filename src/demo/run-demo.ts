import type { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import { PRODUCT } from '../product.ts';
import { playMorning } from './morning.ts';
import { DemoFailure, type Stage } from './play.ts';

export interface DemoOptions {
  /** The built program, started again as the server. */
  readonly program: string;
  /** For the server: nothing of the caller's own configuration may reach it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly credentials: {
    readonly companyId: string;
    readonly publicKey: string;
    readonly privateKey: string;
    readonly clientId: string;
  };
  print(text: string): void;
}

/** Where the server's own sandbox listens, from the line that it logs when it has started it. */
function sandboxUrl(stderr: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    stderr.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const url = /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(seen)?.[1];
      if (url !== undefined) resolve(url);
    });
    stderr.once('end', () => reject(new DemoFailure(`The server ended before it was ready.\n${seen}`)));
  });
}

/**
 * Starts the built server over stdio in sandbox mode, connects a real client to it, and plays a technician's morning.
 * @returns the exit code: 0 only when every step did what it says
 */
export async function runDemo({ program, environment, credentials, print }: DemoOptions): Promise<number> {
  const [{ Client }, { StdioClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/client'),
    import('@modelcontextprotocol/client/stdio'),
  ]);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'stdio', '--sandbox'],
    stderr: 'pipe',
    env: { ...environment, CWM_LOG_LEVEL: 'info' },
  });
  const client = new Client({ name: 'cwm-mcp-demo', version: PRODUCT.version });
  if (transport.stderr === null) throw new DemoFailure('The server has no stderr.');
  const [, url] = await Promise.all([client.connect(transport), sandboxUrl(transport.stderr as Readable)]);
  const { companyId, publicKey, privateKey, clientId } = credentials;
  const authorization = `Basic ${Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')}`;
  const stage: Stage = {
    print,
    async call(name, input) {
      const result = await client.callTool({ name, arguments: input });
      const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
      return {
        text,
        structured: (result.structuredContent ?? {}) as Record<string, unknown>,
        isError: result.isError === true,
      };
    },
    async rest(path) {
      const response = await fetch(`${url}/v4_6_release/apis/3.0${path}`, {
        headers: { authorization, clientid: clientId },
      });
      if (!response.ok) throw new DemoFailure(`The sandbox answered ${response.status} to GET ${path}.`);
      return response.json();
    },
  };
  try {
    print(`cwm-mcp over stdio, on its sandbox at ${url}`);
    await playMorning(stage, DateTime.now().setZone('America/New_York'));
    print('\nEvery step did what it said.');
    return 0;
  } catch (error) {
    if (!(error instanceof DemoFailure)) throw error;
    print(`\nThe demo failed. ${error.message}`);
    return 1;
  } finally {
    await client.close();
  }
}

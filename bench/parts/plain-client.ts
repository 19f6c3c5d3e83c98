import { spawn } from 'node:child_process';
import { Pool } from 'undici';
import { bareEnvironment, ended, PROGRAM } from './sandbox-process.ts';

/** A client that does nothing but write a call and read its answer. */
export interface PlainClient {
  /** @throws {Error} when the call failed */
  callTool(name: string, given: object): Promise<void>;
  close(): Promise<unknown>;
}

const REVISION = '2026-07-28';

/** What a client of this revision says with each request. */
const META = {
  'io.modelcontextprotocol/protocolVersion': REVISION,
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

interface Answer {
  readonly id: number;
  readonly result?: { readonly isError?: boolean };
}

const requestText = (id: number, method: string, params: object = {}): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, _meta: META } });

function checked({ result }: Answer): void {
  if (result === undefined || result.isError === true) throw new Error('The call failed.');
}

/**
 * A server in a process of its own, asked by lines of JSON over its stdin and stdout.
 * @param program ours, as it is built, when left out
 */
export async function plainStdio(
  environment: Readonly<Record<string, string>>,
  program = PROGRAM,
): Promise<PlainClient> {
  const child = spawn(process.execPath, [program], {
    env: { ...bareEnvironment(), ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const open = new Map<number, (answer: Answer) => void>();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = JSON.parse(line) as Answer;
      open.get(answer.id)?.(answer);
      open.delete(answer.id);
    }
  });
  let id = 0;
  const ask = (method: string, params?: object): Promise<Answer> =>
    new Promise((resolve) => {
      id += 1;
      open.set(id, resolve);
      child.stdin.write(`${requestText(id, method, params)}\n`);
    });
  checked(await ask('server/discover'));
  return {
    callTool: async (name, given) => checked(await ask('tools/call', { name, arguments: given })),
    close: () => ended(child),
  };
}

/** A server over HTTP, asked with the headers of the SDK's client. */
export function plainHttp({ origin, pathname }: URL): PlainClient {
  const pool = new Pool(origin);
  let id = 0;
  return {
    async callTool(name, given) {
      id += 1;
      const { body } = await pool.request({
        method: 'POST',
        path: pathname,
        headers: {
          'mcp-protocol-version': REVISION,
          'mcp-method': 'tools/call',
          'mcp-name': name,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'accept-language': '*',
          'sec-fetch-mode': 'cors',
          'user-agent': 'node',
          'accept-encoding': 'gzip, deflate',
        },
        body: requestText(id, 'tools/call', { name, arguments: given }),
      });
      checked((await body.json()) as Answer);
    },
    close: () => pool.destroy(),
  };
}

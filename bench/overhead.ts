import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Pool } from 'undici';
import { type Bench, median, milliseconds } from './bench.ts';
import { startHttpProcess } from './parts/http-process.ts';
import { plainHttp, plainStdio } from './parts/plain-client.ts';
import { bareEnvironment, PROGRAM, startSandboxProcess } from './parts/sandbox-process.ts';

const TARGET_MS = 1.5;
const TICKET = 7;

const newClient = (): Client =>
  new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });

/** The same request as the tool's, with nothing around it. */
function directly(environment: Readonly<Record<string, string>>) {
  const { CWM_SITE = '', CWM_COMPANY_ID, CWM_PUBLIC_KEY, CWM_PRIVATE_KEY, CWM_CLIENT_ID = '' } = environment;
  const pool = new Pool(CWM_SITE);
  const login = Buffer.from(`${CWM_COMPANY_ID}+${CWM_PUBLIC_KEY}:${CWM_PRIVATE_KEY}`).toString('base64');
  return {
    async read(): Promise<void> {
      const { body } = await pool.request({
        method: 'GET',
        path: `/v4_6_release/apis/3.0/service/tickets/${TICKET}`,
        headers: { authorization: `Basic ${login}`, clientid: CWM_CLIENT_ID, accept: 'application/json' },
      });
      await body.json();
    },
    close: () => pool.destroy(),
  };
}

type Way = 'direct' | 'stdio, the SDK' | 'HTTP, the SDK' | 'stdio, plain' | 'HTTP, plain';

/**
 * Ways of a call, what each is called, and whether it has a target. With the SDK's client, a row tells what a person waits for: its
 * own checks and web streams are in it. With a plain client it tells what the server and the way to it take.
 */
const CALLED: readonly (readonly [Way, string, boolean])[] = [
  ['stdio, the SDK', "over stdio, the SDK's client", true],
  ['HTTP, the SDK', "over HTTP, the SDK's client", true],
  ['stdio, plain', 'over stdio, a plain client', false],
  ['HTTP, plain', 'over HTTP, a plain client', false],
];

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

export default {
  title: 'a tool call beside the same REST call made directly with undici',
  async run({ quick }) {
    const sandbox = await startSandboxProcess(['--tickets', quick ? '20' : '600']);
    const environment = {
      ...sandbox.environment,
      CWM_REQUESTS_PER_MINUTE: '10000',
      CWM_CALLS_PER_MINUTE: '100000',
      CWM_LOG_LEVEL: 'error',
    };
    const direct = directly(environment);
    const stdio = newClient();
    await stdio.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [PROGRAM],
        env: { ...bareEnvironment(), ...environment },
      }),
    );
    const server = await startHttpProcess(environment);
    const http = newClient();
    await http.connect(new StreamableHTTPClientTransport(server.url));
    const plain = { stdio: await plainStdio(environment), http: plainHttp(server.url) };
    const tool = 'call_read_operation';
    const given = { operation: `GET /service/tickets/${TICKET}` };
    const call = (client: Client) => async () => {
      const { isError } = await client.callTool({ name: tool, arguments: given });
      if (isError) throw new Error('The call failed.');
    };
    const ways: Readonly<Record<Way, () => Promise<void>>> = {
      direct: direct.read,
      'stdio, the SDK': call(stdio),
      'HTTP, the SDK': call(http),
      'stdio, plain': () => plain.stdio.callTool(tool, given),
      'HTTP, plain': () => plain.http.callTool(tool, given),
    };
    const names = Object.keys(ways) as Way[];
    const taken = new Map(names.map((way): [Way, number[]] => [way, []]));
    const rounds = quick ? 5 : 500;
    for (let round = -rounds / 5; round < rounds; round += 1) {
      for (const way of names) {
        const milliseconds = await timed(ways[way]);
        // The first fifth warms up.
        if (round >= 0) taken.get(way)?.push(milliseconds);
      }
    }
    await Promise.all([stdio.close(), http.close(), direct.close(), plain.stdio.close(), plain.http.close()]);
    await server.close();
    await sandbox.close();
    const middle = (way: Way): number => median(taken.get(way) ?? []);
    const beside = middle('direct');
    return CALLED.map(([way, what, isTarget]) => {
      const more = middle(way) - beside;
      return {
        what,
        measured: milliseconds(middle(way)),
        beside: `${milliseconds(beside)} directly`,
        ratio: `+${milliseconds(more)}`,
        ...(isTarget && { target: `at most +${TARGET_MS} ms`, met: more <= TARGET_MS }),
      };
    });
  },
} satisfies Bench;

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Pool } from 'undici';
import { type Bench, median, milliseconds } from './bench.ts';
import { startHttpProcess } from './parts/http-process.ts';
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

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

export default {
  name: 'overhead',
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
    const call = (client: Client) => async () => {
      const { isError } = await client.callTool({
        name: 'call_read_operation',
        arguments: { operation: `GET /service/tickets/${TICKET}` },
      });
      if (isError) throw new Error('The call failed.');
    };
    const ways = { direct: direct.read, stdio: call(stdio), http: call(http) };
    const taken: Record<keyof typeof ways, number[]> = { direct: [], stdio: [], http: [] };
    const rounds = quick ? 5 : 500;
    for (let round = -rounds / 5; round < rounds; round += 1) {
      for (const way of ['direct', 'stdio', 'http'] as const) {
        const milliseconds = await timed(ways[way]);
        // The first fifth warms up.
        if (round >= 0) taken[way].push(milliseconds);
      }
    }
    await Promise.all([stdio.close(), http.close(), direct.close()]);
    await server.close();
    await sandbox.close();
    const beside = median(taken.direct);
    return (['stdio', 'http'] as const).map((way) => {
      const more = median(taken[way]) - beside;
      return {
        what: way === 'stdio' ? 'over stdio' : 'over HTTP',
        measured: milliseconds(median(taken[way])),
        beside: `${milliseconds(beside)} directly`,
        ratio: `+${milliseconds(more)}`,
        target: `at most +${TARGET_MS} ms`,
        met: more <= TARGET_MS,
      };
    });
  },
} satisfies Bench;

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { type Bench, median, milliseconds, QUICK_TICKETS, type Row } from './bench.ts';
import { withBundled } from './parts/bundled.ts';
import { readDirectly } from './parts/direct.ts';
import { startHttpProcess } from './parts/http-process.ts';
import { plainHttp, plainStdio } from './parts/plain-client.ts';
import { bareEnvironment, PROGRAM } from './parts/sandbox-process.ts';

const TARGET_MS = 1.5;
const PATH = '/service/tickets/7';
const TOOL = 'call_read_operation';
const GIVEN = { operation: `GET ${PATH}` };

/** How often each way is gone before the next has its turn: once, as if a person called now and then, or as in the midst of work. */
const AT_A_TIME = [1, 50] as const;

const newClient = (): Client =>
  new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });

/** A way to the record, and how it ends. */
interface Way {
  /** How the table calls it; the way that the others are measured against has no row. */
  readonly what?: string;
  readonly hasTarget?: boolean;
  call(): Promise<unknown>;
  close(): Promise<unknown>;
}

async function throughSdk(client: Client): Promise<void> {
  const { isError } = await client.callTool({ name: TOOL, arguments: GIVEN });
  if (isError) throw new Error('The call failed.');
}

/**
 * All ways, the direct one first. With the SDK's client, a row tells what a person waits for: its own checks and web streams are in
 * it. With a plain client it tells what the server and the way to it take, and with a bare server what of that the protocol takes.
 */
async function waysTo(environment: Readonly<Record<string, string>>, bare: string): Promise<readonly [Way, ...Way[]]> {
  const read = readDirectly(environment);
  const stdio = newClient();
  const command = process.execPath;
  await stdio.connect(
    new StdioClientTransport({ command, args: [PROGRAM], env: { ...bareEnvironment(), ...environment } }),
  );
  const server = await startHttpProcess(environment);
  const http = newClient();
  await http.connect(new StreamableHTTPClientTransport(server.url));
  const plain = { stdio: await plainStdio(environment), http: plainHttp(server.url) };
  const bareHttp = await startHttpProcess(environment, undefined, bare);
  const floor = { stdio: await plainStdio(environment, bare), http: plainHttp(bareHttp.url) };
  return [
    { call: () => read(PATH), close: read.close },
    {
      what: "over stdio, the SDK's client",
      hasTarget: true,
      call: () => throughSdk(stdio),
      close: () => stdio.close(),
    },
    {
      what: "over HTTP, the SDK's client",
      hasTarget: true,
      call: () => throughSdk(http),
      close: async () => {
        await http.close();
        await server.close();
      },
    },
    {
      what: 'over stdio, a plain client',
      call: () => plain.stdio.callTool(TOOL, GIVEN),
      close: () => plain.stdio.close(),
    },
    {
      what: 'over HTTP, a plain client',
      call: () => plain.http.callTool(TOOL, GIVEN),
      close: () => plain.http.close(),
    },
    {
      what: 'over stdio, a plain client and a server that only passes on',
      call: () => floor.stdio.callTool(TOOL, GIVEN),
      close: () => floor.stdio.close(),
    },
    {
      what: 'over HTTP, a plain client and a server that only passes on',
      call: () => floor.http.callTool(TOOL, GIVEN),
      close: async () => {
        await floor.http.close();
        await bareHttp.close();
      },
    },
  ];
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

/** The middle of each way's milliseconds, with so many calls of one way after another. */
async function middles(ways: readonly Way[], atATime: number, calls: number): Promise<number[]> {
  const taken = ways.map((): number[] => []);
  const turns = Math.ceil(calls / atATime);
  // The first fifth warms up.
  for (let turn = -Math.ceil(turns / 5); turn < turns; turn += 1) {
    for (const [index, way] of ways.entries()) {
      for (let once = 0; once < atATime; once += 1) {
        const milliseconds = await timed(way.call);
        if (turn >= 0) taken[index]?.push(milliseconds);
      }
    }
  }
  return taken.map(median);
}

function rowsOf(ways: readonly Way[], atATime: number, [beside = Number.NaN, ...rest]: readonly number[]): Row[] {
  return ways.slice(1).map(({ what, hasTarget = false }, index) => {
    const measured = rest[index] ?? Number.NaN;
    const more = measured - beside;
    return {
      what: `${what}, ${atATime === 1 ? 'now and then' : 'at work'}`,
      measured: milliseconds(measured),
      beside: `${milliseconds(beside)} directly`,
      ratio: `+${milliseconds(more)}`,
      ...(hasTarget && { target: `at most +${TARGET_MS} ms`, met: more <= TARGET_MS }),
    };
  });
}

export default {
  title: 'a tool call beside the same REST call made directly with undici',
  run: ({ quick, sandbox: start }) =>
    withBundled('bare-server', async (bare) => {
      const sandbox = await start(['--tickets', String(quick ? QUICK_TICKETS : 600)]);
      const environment = {
        ...sandbox.environment,
        CWM_REQUESTS_PER_MINUTE: '10000',
        CWM_CALLS_PER_MINUTE: '100000',
        CWM_LOG_LEVEL: 'error',
      };
      const ways = await waysTo(environment, bare);
      const rows: Row[] = [];
      for (const atATime of quick ? [1] : AT_A_TIME)
        rows.push(...rowsOf(ways, atATime, await middles(ways, atATime, quick ? 5 : 500)));
      for (const way of ways.toReversed()) await way.close();
      await sandbox.close();
      return rows;
    }),
} satisfies Bench;

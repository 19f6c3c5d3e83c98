import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { type Bench, QUICK_TICKETS, type Row } from './bench.ts';
import { type Distance, standAway } from './parts/distant.ts';
import { EVERYDAY, type Everyday, MOST } from './parts/everyday.ts';
import { bareEnvironment, PROGRAM } from './parts/sandbox-process.ts';

// What a person waits for is the number of requests to Manage one after the other.

const DISTANCE_MS = 60;
/** A server process of its own, connected, that has been asked nothing but its tools. */
async function connect(environment: Readonly<Record<string, string>>): Promise<Client> {
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  const env = { ...bareEnvironment(), ...environment, CWM_LOG_LEVEL: 'error', CWM_TOOLSETS: 'all' };
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [PROGRAM], env }));
  await client.listTools();
  return client;
}

/** How many requests to Manage one call waited for, one after the other. */
async function waits(client: Client, distance: Distance, { tool, arguments: input }: Everyday, round: number) {
  distance.reset();
  const { isError, content } = await client.callTool({ name: tool, arguments: input(round) });
  if (isError) throw new Error(`${tool} failed: ${JSON.stringify(content)}`);
  return distance.inARow();
}

export default {
  title: 'requests to Manage one after the other: the first call of a fresh server / the same call again',
  async run({ quick, sandbox: start }) {
    const sandbox = await start(['--tickets', String(quick ? QUICK_TICKETS : 600)]);
    const distance = await standAway(sandbox.environment.CWM_SITE ?? '', DISTANCE_MS);
    const rows: Row[] = [];
    let round = 0;
    try {
      for (const call of quick ? EVERYDAY.slice(0, 1) : EVERYDAY) {
        const client = await connect({ ...sandbox.environment, CWM_SITE: distance.url });
        const fresh = await waits(client, distance, call, ++round);
        const warm = await waits(client, distance, call, ++round);
        await client.close();
        const most = MOST[call.kind];
        rows.push({
          what: `${call.tool} ${Object.keys(call.arguments(0)).join(', ')}`,
          measured: `${fresh} / ${warm}`,
          target: `at most ${most.fresh} / ${most.warm}`,
          met: fresh <= most.fresh && warm <= most.warm,
        });
      }
    } finally {
      await distance.close();
      await sandbox.close();
    }
    return rows;
  },
} satisfies Bench;

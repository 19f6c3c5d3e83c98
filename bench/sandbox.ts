import { Bench as Tinybench } from 'tinybench';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { type Bench, milliseconds, type Row, times } from './bench.ts';

/** Queries that a client of a large installation sends all day, another one each time: answers are remembered. The last one reads all. */
const QUERIES: Readonly<Record<string, (turn: number) => string>> = {
  'by id': (turn) => `/service/tickets/${(turn % 700) + 1}`,
  'by company and status': (turn) =>
    `/service/tickets?conditions=company/id=${(turn % 25) + 1} and status/name="New" and id!=${turn}`,
  'open ones of a board': (turn) =>
    `/service/tickets?conditions=board/id=${(turn % 3) + 1} and closedFlag=false and id!=${turn}&pageSize=25`,
  'a count by company': (turn) => `/service/tickets/count?conditions=company/id=${(turn % 25) + 1} and id!=${turn}`,
  'a page by number': (turn) => `/service/tickets?page=${(turn % 25) + 1}&pageSize=25&conditions=id!=${turn}`,
  'a page of 1,000': (turn) => `/service/tickets?page=${(turn % 40) + 1}&pageSize=1000`,
  'changed since, 1,000 by date': (turn) =>
    `/service/tickets?conditions=lastUpdated > [2026-0${(turn % 8) + 1}-01T00:00:00Z] and id!=${turn}&orderBy=lastUpdated&pageSize=1000`,
  'a text anywhere (reads all)': (turn) => `/service/tickets?conditions=summary contains "zzz${turn}"`,
};

function reader({ baseUrl, credentials }: Sandbox): (path: string) => Promise<void> {
  const { companyId, publicKey, privateKey, clientId } = credentials;
  const login = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64');
  return async (path) => {
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { authorization: `Basic ${login}`, clientid: clientId },
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.arrayBuffer();
  };
}

export default {
  title: 'a sandbox of 50,000 tickets: loading, and its queries over HTTP',
  async run({ quick }) {
    const tickets = quick ? 800 : 50_000;
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const sandbox = await startSandbox({ tickets });
    const loading = performance.now() - started;
    const grown = (process.memoryUsage.rss() - before) / 1024 / 1024;
    const read = reader(sandbox);
    const bench = new Tinybench({ time: quick ? 10 : 1_000, iterations: quick ? 2 : 10, warmupTime: quick ? 1 : 200 });
    let turn = 0;
    for (const [name, path] of Object.entries(QUERIES)) {
      bench.add(name, () => {
        turn += 1;
        return read(path(turn));
      });
    }
    await bench.run();
    await sandbox.close();
    const medians = bench.tasks.map(({ name, result }) => ({
      name,
      median: result.state === 'completed' ? result.latency.p50 : Number.NaN,
    }));
    const slowest = medians.at(-1)?.median ?? Number.NaN;
    return [
      { what: `load ${tickets} tickets`, measured: milliseconds(loading), beside: `${grown.toFixed(0)} MB` },
      ...medians.map(
        ({ name, median }): Row => ({
          what: name,
          measured: milliseconds(median),
          ...(median !== slowest &&
            !name.includes('1,000') && { beside: 'reading all', ratio: `${times(slowest / median)} faster` }),
        }),
      ),
    ];
  },
} satisfies Bench;

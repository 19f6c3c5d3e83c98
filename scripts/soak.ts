import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { callFor, fail, type Outcomes } from './soak/load.ts';
import { type Probed, type Sample, startHttp, startSite, startStdio } from './soak/servers.ts';

// npm run soak -- [--minutes 10] [--keep]. Fifty callers at a real server over HTTP and one over stdio, against a sandbox where something
// goes wrong with every few calls. Prints memory, open handles and the event loop's delay of both servers, what came of the calls, and
// whether a ticket was lost or doubled. `--keep` leaves the logs.

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, keep: { type: 'boolean', default: false } },
});
const OVER_HTTP = 40;
const OVER_STDIO = 10;
const REST_MS = 8_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const shownHandles = (handles: Sample['handles']): string =>
  Object.entries(handles)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');

async function show(moment: string, servers: readonly Probed[]): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const server of servers) {
    const sample = await server.sample();
    const { loop, memory, handles } = sample;
    print(
      `${moment.padEnd(12)} ${server.name.padEnd(5)} heap ${memory.heap} MB, rss ${memory.rss} MB, external ${memory.external} MB; ` +
        `event loop max ${loop.delay.max} ms, p99 ${loop.delay.p99} ms, of it used ${loop.used.max} ms, p99 ${loop.used.p99} ms; ` +
        shownHandles(handles),
    );
    samples.push(sample);
  }
  return samples;
}

/** How often each of the tickets that callers created is stored. */
async function stored({
  CWM_SITE,
  CWM_COMPANY_ID,
  CWM_PUBLIC_KEY,
  CWM_PRIVATE_KEY,
  CWM_CLIENT_ID = '',
}: Record<string, string>) {
  const login = Buffer.from(`${CWM_COMPANY_ID}+${CWM_PUBLIC_KEY}:${CWM_PRIVATE_KEY}`).toString('base64');
  const headers = { authorization: `Basic ${login}`, clientid: CWM_CLIENT_ID };
  const found = new Map<string, number>();
  for (let page = 1; ; page += 1) {
    const conditions = encodeURIComponent('summary like "Soak%"');
    const path = `/v4_6_release/apis/3.0/service/tickets?conditions=${conditions}&fields=summary&pageSize=1000&page=${page}`;
    const rows = (await (await fetch(`${CWM_SITE}${path}`, { headers })).json()) as { summary: string }[];
    for (const { summary } of rows) found.set(summary, (found.get(summary) ?? 0) + 1);
    if (rows.length < 1000) return found;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const site = await startSite(600);
const settings = {
  ...site.environment,
  CWM_TOOLSETS: 'all',
  CWM_REQUESTS_PER_MINUTE: '10000',
  CWM_CALLS_PER_MINUTE: '100000',
  CWM_LOG_LEVEL: 'info',
  CWM_CONFIRM: 'argument',
};
const http = await startHttp(folder, { ...settings, CWM_STATE_DIR: join(folder, 'http') });
const stdio = await startStdio(folder, { ...settings, CWM_STATE_DIR: join(folder, 'stdio') });
const servers = [http.probe, stdio.probe];
const clients = await Promise.all(Array.from({ length: OVER_HTTP }, (_, index) => http.connect(index)));

// Everything is loaded and compiled once before the first look.
const warm: Outcomes = { kinds: new Map(), created: new Map() };
await Promise.all([...clients, stdio.client].map((client, index) => callFor(client, index, Date.now() + 15_000, warm)));
await sleep(2_000);
await show('at start', servers);

const minutes = Number(values.minutes);
const until = Date.now() + minutes * 60_000;
const outcomes: Outcomes = { kinds: new Map(), created: new Map() };
const callers = [...clients, ...Array.from({ length: OVER_STDIO }, () => stdio.client)].map((client, index) =>
  callFor(client, 100 + index, until, outcomes),
);
const faults = fail(site.fault, until, outcomes);
for (let minute = 1; minute < minutes; minute += 1) {
  await sleep(60_000);
  await show(`after ${minute} min`, servers);
}
await Promise.all([...callers, faults]);
await show('load ends', servers);
await site.clear();
await sleep(REST_MS);
const last = await show('after rest', servers);
await Promise.all(clients.map((client) => client.close()));
await sleep(REST_MS);
await show('callers gone', servers);

print('\nOutcomes:');
for (const [kind, count] of [...outcomes.kinds].sort(([, a], [, b]) => b - a))
  print(`${String(count).padStart(7)} ${kind}`);
const found = await stored(site.environment);
const said = [...outcomes.created];
const lost = said.filter(([summary, end]) => end === 'done' && !found.has(summary)).length;
const false_ = said.filter(([summary, end]) => end === 'refused' && found.has(summary)).map(([summary]) => summary);
const doubled = [...found].filter(([, count]) => count > 1).map(([summary]) => summary);
print(
  `Tickets: ${said.length} asked for, ${said.filter(([, end]) => end === 'done').length} said to be created, ` +
    `${said.filter(([, end]) => end === 'unknown').length} unknown; ${lost} lost, ${doubled.length} doubled ${doubled}, ${false_.length} refused and there ${false_}`,
);
const warnings = last.flatMap((sample) => sample.warnings);
print(`Warnings of Node.js: ${warnings.length}${warnings.map((one) => `\n${one}`).join('')}`);

await stdio.close();
await http.close();
await site.close();
if (values.keep) print(`Logs: ${folder}`);
else rmSync(folder, { recursive: true });

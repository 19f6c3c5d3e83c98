import { runReport } from '../../src/cli/report.ts';
import { growthOf } from './growth.ts';

// Makes a report over all time entries and prints how it went; run by report.ts.

const environment = { ...process.env, CWM_REQUESTS_PER_MINUTE: '10000', CWM_DEADLINE_SECONDS: '600' };

async function hoursOf(period: string): Promise<number> {
  let text = '';
  await runReport(['hours', 'billable'], { by: 'member', period, format: 'json' }, environment, (line) => {
    text += line;
  });
  const { notes } = JSON.parse(text) as { notes?: string[] };
  const [, read = '0'] = /Based on ([\d,]+) time entr/.exec(notes?.join(' ') ?? '') ?? [];
  return Number(read.replaceAll(',', ''));
}

// What is loaded with the first report belongs to none.
await hoursOf('today');
process.stdout.write(JSON.stringify(await growthOf(() => hoursOf('last 365 days'))));

import { type Bench, milliseconds, QUICK_TICKETS } from './bench.ts';
import { measured } from './parts/measured.ts';

const TARGET_MB = 150;

export default {
  title: 'a report over a year of time entries, first of its server',
  async run({ quick, sandbox: start }) {
    // The sandbox has a time entry a ticket, and some more.
    const sandbox = await start(['--tickets', String(quick ? QUICK_TICKETS : 195_000)]);
    try {
      const { rows, ms, grownMb } = await measured('report-once.ts', sandbox);
      if (rows === 0) throw new Error('The report read no time entries.');
      return [
        { what: `hours by member over ${rows} time entries`, measured: milliseconds(ms) },
        {
          what: '  growth of resident memory',
          measured: `${grownMb.toFixed(0)} MB`,
          target: `under ${TARGET_MB} MB`,
          met: grownMb < TARGET_MB,
        },
      ];
    } finally {
      await sandbox.close();
    }
  },
} satisfies Bench;

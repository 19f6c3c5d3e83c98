import { type Bench, milliseconds, type Row, times } from './bench.ts';
import type { Growth } from './parts/growth.ts';
import { measured } from './parts/measured.ts';
import type { SandboxProcess } from './parts/sandbox-process.ts';

const TARGET = 3;
const TARGET_MB = 60;

const read = (reader: 'ours' | 'connectwise-rest', sandbox: SandboxProcess): Promise<Growth> =>
  measured('read-all.ts', sandbox, [reader]);

export default {
  title: "reading all tickets, whole, in pages of 1,000, beside connectwise-rest's own pager",
  async run({ quick, sandbox: start }) {
    const tickets = quick ? 1_100 : 50_000;
    const sandbox = await start(['--tls', '--tickets', String(tickets)]);
    try {
      const rows: Row[] = [];
      for (const latency of quick ? [0] : [0, 100, 300]) {
        await sandbox.latency(latency);
        const theirs = await read('connectwise-rest', sandbox);
        const ours = await read('ours', sandbox);
        if (ours.rows !== theirs.rows || ours.rows !== tickets)
          throw new Error(`Read ${ours.rows} and ${theirs.rows} of ${tickets} tickets.`);
        const speed = theirs.ms / ours.ms;
        const where = latency === 0 ? 'a server on the same machine' : `a server ${latency} ms away`;
        const aimed = latency > 0 && !quick;
        rows.push(
          {
            what: `${tickets} tickets from ${where}`,
            measured: milliseconds(ours.ms),
            beside: milliseconds(theirs.ms),
            ratio: `${times(speed)} faster`,
            ...(aimed && { target: `at least ${TARGET} x`, met: speed >= TARGET }),
          },
          {
            what: '  growth of resident memory',
            measured: `${ours.grownMb.toFixed(0)} MB`,
            beside: `${theirs.grownMb.toFixed(0)} MB`,
            target: `under ${TARGET_MB} MB`,
            met: ours.grownMb < TARGET_MB,
          },
        );
      }
      return rows;
    } finally {
      await sandbox.close();
    }
  },
} satisfies Bench;

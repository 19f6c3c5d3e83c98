// Loaded into a server before its own program (`node --import`). At SIGUSR2 it writes a line of JSON to the file SOAK_PROBE: memory after a
// collection, open handles, the event loop's delay since the last time, warnings of Node.js. `used` is the processor time between two
// looks at the loop: on a busy machine the delay is mostly others' doing, this is not.
import { Buffer } from 'node:buffer';
import { appendFileSync, openSync, readSync } from 'node:fs';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env.SOAK_PROBE;
setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc');
const delay = monitorEventLoopDelay({ resolution: 5 });
const used = createHistogram();
const account = openSync('/proc/thread-self/schedstat', 'r');
const bytes = Buffer.alloc(64);
const nanosecondsUsed = () => Number.parseInt(bytes.toString('latin1', 0, readSync(account, bytes, 0, 64, 0)), 10);
let before = nanosecondsUsed();
setInterval(() => {
  const now = nanosecondsUsed();
  used.record(Math.max(1, now - before));
  before = now;
}, 5).unref();
const warnings = [];
process.on('warning', ({ name, stack }) => warnings.push(`${name}: ${stack}`));
const megabytes = (bytes) => Math.round((bytes / 1024 / 1024) * 10) / 10;
const milliseconds = (nanoseconds) => Math.round(nanoseconds / 1e5) / 10;

process.on('SIGUSR2', () => {
  const both = (histogram) => ({ max: milliseconds(histogram.max), p99: milliseconds(histogram.percentile(99)) });
  const loop = { delay: both(delay), used: both(used) };
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  const memory = { rss: megabytes(rss), heap: megabytes(heapUsed), external: megabytes(external) };
  appendFileSync(file, `${JSON.stringify({ loop, memory, handles, warnings })}\n`);
  // The collection and the writing hold the loop too, which is not the server's doing.
  setTimeout(() => {
    delay.reset();
    used.reset();
  }, 50).unref();
});
delay.enable();

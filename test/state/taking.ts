import { SharedBudget } from '../../src/manage/limits/shared-budget.ts';
import { SharedFileLog } from '../../src/state/index.ts';

// A process that takes as many starts as it gets of one budget, and prints how many: `taking.ts FOLDER PER_MINUTE`.

const [folder = '', perMinute] = process.argv.slice(2);
// One moment for all, so that no minute passes however busy the machine is.
const budget = new SharedBudget(new SharedFileLog(folder, 'quota', () => 600_000), { now: () => 0, tolerance: 10 });
let granted = 0;
for (let tries = 0; tries < 300; tries += 1) {
  const ticket = await budget.take({ perMinute: Number(perMinute), part: 1 });
  if (ticket !== undefined) granted += 1;
}
process.stdout.write(String(granted));

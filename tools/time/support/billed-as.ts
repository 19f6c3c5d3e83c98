import { showHours } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { billingWords } from '../../../src/tool/index.ts';

/** How an entry is billed: option, work type, work role, agreement. */
export const factsOf = ({ billableOption, workType, workRole, agreement }: ManageRecord): Clean =>
  joined(
    [billingWords(billableOption), ...[workType, workRole, agreement].map((each) => cleanLine(nameOf(each)))],
    ', ',
  );

/** What Manage bills of an entry where that is more than was worked: a work type can round it up. */
export function billedSaid({ billableOption, hoursBilled }: ManageRecord, worked: number): Clean | undefined {
  const isMore = billableOption === 'Billable' && typeof hoursBilled === 'number' && hoursBilled - worked > 0.005;
  return isMore ? say`Manage bills ${cleanLine(showHours(hoursBilled))}` : undefined;
}

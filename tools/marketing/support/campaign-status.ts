import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';

/** A campaign's status, with what it does not say: `Planned (inactive)`. */
export const campaignStatus = ({ status, inactive }: ManageRecord): Clean =>
  joined([cleanLine(nameOf(status)), inactive === true && say`(inactive)`], ' ');

import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { exactMoney } from '../../../src/tool/index.ts';

/** What an agreement charges for a work type or role: a rate of its own, an amount beside the usual one, or a multiple of that. */
export function rateOf({ rateType, rate }: ManageRecord, currency: unknown): Clean {
  if (rate === undefined || rate === null) return cleanLine('');
  if (rateType === 'Multiplier') return say`${Number(rate)} x the usual`;
  if (rateType === 'AdjAmount') return say`the usual ${Number(rate) < 0 ? '' : '+'}${exactMoney(rate, currency)}`;
  return exactMoney(rate, currency);
}

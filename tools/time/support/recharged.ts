import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { billingWords } from '../../../src/tool/index.ts';
import type { Entry } from '../../../src/working-time/entries.ts';

/** What was said of an entry that moves to something else. */
interface Moving {
  readonly ticketId?: number | undefined;
  readonly chargeCode?: Named | undefined;
  readonly workType?: Named | undefined;
  readonly billable?: string | undefined;
}

/**
 * How a charge code bills: its own way and its own work type, as in a new entry. Manage keeps those of the ticket that the entry
 * comes from, so that a customer would pay for a training.
 */
export function asChargeCode({ record }: Entry, { chargeCode, workType, billable }: Moving): ManageRecord {
  if (chargeCode === undefined || isOn(record, chargeCode.id)) return {};
  const { billTime, workType: own } = chargeCode.record;
  const id = idOf(own);
  const differing = id !== undefined && id !== idOf(record.workType) && workType === undefined;
  const bills = typeof billTime === 'string' && billTime !== 'NoDefault' && billTime !== record.billableOption;
  return {
    ...(differing && { workType: { id, name: nameOf(own) } }),
    ...(bills && billable === undefined && { billableOption: billTime }),
  };
}

const isOn = (record: ManageRecord, codeId: number): boolean =>
  record.chargeToType === 'ChargeCode' && Number(record.chargeToId) === codeId;

/** Said of an entry that moves from a charge code to a ticket: what a charge code set stays, and the customer may have to pay. */
export function staysAsOnChargeCode({ record }: Entry, { ticketId, workType, billable }: Moving): Clean | undefined {
  if (ticketId === undefined || record.chargeToType !== 'ChargeCode') return undefined;
  if (billable !== undefined || workType !== undefined) return undefined;
  return say`Stays ${billingWords(record.billableOption)}, ${cleanLine(nameOf(record.workType))}, as on the charge code: send billable and workType for others.`;
}

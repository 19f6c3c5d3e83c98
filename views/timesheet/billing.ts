import type { SheetDay } from './sheet.ts';

/** How Manage bills an entry, in words, and the key of its colour. */
const KINDS: Readonly<Record<string, { label: string; colour: string }>> = {
  Billable: { label: 'Billable', colour: 'billable' },
  NoCharge: { label: 'No charge', colour: 'free' },
  DoNotBill: { label: 'Not billed', colour: 'internal' },
};

export const billingOf = (billable: string): { label: string; colour: string } =>
  KINDS[billable] ?? { label: billable === '' ? 'Other' : billable, colour: 'other' };

/** Hours by how they are billed, most first. */
export function hoursByBilling(days: readonly SheetDay[]): { label: string; colour: string; hours: number }[] {
  const sums = new Map<string, { label: string; colour: string; hours: number }>();
  for (const { billable, hours } of days.flatMap(({ entries }) => entries)) {
    const kind = billingOf(billable);
    sums.set(kind.label, { ...kind, hours: (sums.get(kind.label)?.hours ?? 0) + hours });
  }
  return [...sums.values()].sort((a, b) => b.hours - a.hours);
}

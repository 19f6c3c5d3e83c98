import { readStatuses } from '../../../src/approval/approval-status.ts';
import { fromManage } from '../../../src/clock/index.ts';
import { ExactSum, type ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { UNBILLED, type UnbilledSource, type Worth } from '../../../src/revenue/unbilled.ts';
import { type Clean, cleanLine, counted, joined, say } from '../../../src/text/index.ts';
import { dayOf, money, readable, type ToolContext } from '../../../src/tool/index.ts';

/** Agreements that are named; the rest is counted. */
const MOST_NAMED = 3;

/** By whomever of those who approve. */
const REJECTED: ReadonlySet<string> = new Set(readStatuses('rejected'));

/** What a record brings that may never be billed as it stands. */
interface Part {
  readonly hours: ExactSum;
  readonly worth: ExactSum;
  /** Of the worth, what no agreement covers. */
  readonly toInvoice: ExactSum;
}

const newPart = (): Part => ({ hours: new ExactSum(), worth: new ExactSum(), toInvoice: new ExactSum() });

/** What of the unbilled work a reader has to look at before it is invoiced. */
export interface Doubts {
  readonly rejected: Part & { count: number; readonly customers: Map<string, ExactSum> };
  /** What agreements cover, by agreement and day of the work. */
  readonly covered: Map<number, Map<string, Part>>;
}

export const newDoubts = (): Doubts => ({
  rejected: { ...newPart(), count: 0, customers: new Map() },
  covered: new Map(),
});

function addTo(part: Part, hours: number, worth: number): void {
  part.hours.add(hours);
  part.worth.add(worth);
}

/** Notes what is doubtful of a record. @param zone whose calendar says on which day work was done */
export function noteDoubts(
  doubts: Doubts,
  { source, row, zone }: { source: UnbilledSource; row: ManageRecord; zone: string },
  { worth, covered, hours, coveredHours }: Worth,
): void {
  if (REJECTED.has(String(row.status))) {
    doubts.rejected.count += 1;
    const { customers } = doubts.rejected;
    const customer = nameOf(row.company) ?? '(none)';
    const sum = customers.get(customer) ?? new ExactSum();
    customers.set(customer, sum);
    sum.add(worth - covered);
    addTo(doubts.rejected, hours, worth);
    doubts.rejected.toInvoice.add(worth - covered);
  }
  const { date } = UNBILLED[source];
  const id = idOf(row.agreement);
  if (date === undefined || id === undefined || (covered === 0 && coveredHours === 0)) return;
  const day = source === 'time' ? fromManage(row.timeStart, zone)?.toISODate() : dayOf(row[date]);
  if (!day) return;
  const days = doubts.covered.get(id) ?? new Map<string, Part>();
  doubts.covered.set(id, days);
  const part = days.get(day) ?? newPart();
  days.set(day, part);
  addTo(part, coveredHours, covered);
}

/** The agreements that cover some of the work, with their ends; none where they may not be read. */
export async function coveringAgreements(
  { covered }: Doubts,
  { manage, signal }: ToolContext,
): Promise<readonly ManageRecord[]> {
  if (covered.size === 0) return [];
  const fields = ['id', 'name', 'company/name', 'endDate', 'noEndingDateFlag'];
  const conditions = field('id', 'in', [...covered.keys()]);
  return (await readable(manage.all<ManageRecord>('GET /finance/agreements', { conditions, fields, signal }))) ?? [];
}

/** What is covered by agreements that had ended by then, with which those are. */
function afterTheEnd({ covered }: Doubts, agreements: readonly ManageRecord[], shown: Shown): Clean | undefined {
  const all = newPart();
  const ended: Clean[] = [];
  for (const { id, name, company, endDate, noEndingDateFlag } of agreements) {
    const end = noEndingDateFlag === true ? undefined : dayOf(endDate);
    const late = [...(covered.get(Number(id)) ?? [])].filter(([day]) => end !== undefined && end !== '' && day > end);
    if (late.length === 0) continue;
    for (const [, { hours, worth }] of late) addTo(all, hours.value, worth.value);
    ended.push(say`${cleanLine(name)} of ${cleanLine(nameOf(company))} (${cleanLine(end)})`);
  }
  if (ended.length === 0) return undefined;
  const more = ended.length > MOST_NAMED ? say` and ${ended.length - MOST_NAMED} more` : say``;
  return say`Of what agreements cover, ${all.hours.value} h${shown(say` and `, all.worth)} are for work after the agreement's end: ${joined(ended.slice(0, MOST_NAMED), ', ')}${more}.`;
}

/** An amount behind its words; nothing where amounts of several currencies were added up. */
type Shown = (words: Clean, amount: ExactSum, behind?: Clean) => Clean;

/** Whose records were rejected, the most to invoice first. */
function rejectedOf({ rejected: { customers } }: Doubts): Clean {
  const names = [...customers].sort(([, a], [, b]) => b.value - a.value).map(([name]) => cleanLine(name));
  const more = names.length > MOST_NAMED ? say` and ${names.length - MOST_NAMED} more` : say``;
  return say`${joined(names.slice(0, MOST_NAMED), ', ')}${more}`;
}

/**
 * What is left to invoice, apart by whether it can be billed as it stands; nothing where nothing was rejected, or amounts of several
 * currencies were added up.
 */
export function asItStands({ rejected }: Doubts, left: number, currency: Clean | undefined): Clean {
  const { value } = rejected.toInvoice;
  return currency === undefined || value === 0
    ? say``
    : say`: ${money(left - value, currency)} now, ${money(value, currency)} once what was rejected is corrected`;
}

/**
 * Sentences on what is counted and may not be billed as it stands: rejected work, and work after its agreement's end.
 * @param agreements those that cover some of it
 * @param currency of all amounts; they are left out where there are several
 */
export function saidDoubts(
  doubts: Doubts,
  agreements: readonly ManageRecord[],
  currency: Clean | undefined,
): readonly (Clean | undefined)[] {
  const shown: Shown = (words, amount, behind = say``) =>
    currency === undefined ? say`` : say`${words}${money(amount.value, currency)}${behind}`;
  const { count, hours, worth } = doubts.rejected;
  return [
    count === 0
      ? undefined
      : say`Rejected, in these sums: ${counted(count, 'record')}, ${hours.value} h${shown(say`, `, worth)}, of ${rejectedOf(doubts)}.`,
    afterTheEnd(doubts, agreements, shown),
  ];
}

import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf, referenceTo } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { exactMoney, quantityMeant, type ToolContext, ToolInputError, together } from '../../../src/tool/index.ts';

/** What is ordered, and from whom where that was said. */
interface Wanted {
  readonly vendor?: Named | undefined;
  readonly lines: readonly {
    readonly product: string;
    readonly quantity: number;
    readonly unitCost?: number | undefined;
  }[];
}

/** A line as it is to be, with what it says to a reader. */
export interface Line {
  readonly item: Named;
  readonly members: ManageRecord;
  readonly says: Clean;
}

/** A line by its numbers, as they are to be or as they are stored: `line 1: 2 x LT-14 (id 6) at 1,010.00 USD each`. */
export const lineText = (
  { item }: Pick<Line, 'item'>,
  { lineNumber, quantity, unitCost }: ManageRecord,
  currency: unknown,
): Clean =>
  say`line ${Number(lineNumber)}: ${Number(quantity ?? 0)} x ${cleanLine(item.label)} (id ${item.id}) at ${exactMoney(unitCost ?? 0, currency)} each`;

/** What the lines order, in their order. @throws {UnknownName} {AmbiguousName} {SeveralRefused} for all that is not found at once */
export const itemsOf = ({ lines }: Wanted, { names }: ToolContext): Promise<Named[]> =>
  together(
    lines.map(async ({ product, quantity }, index) => {
      const argument = `lines[${index}].product`;
      const item: Named = await names.resolve('catalogItem', product, { argument });
      quantityMeant({ names, argument, as: `lines[${index}].quantity`, quantity });
      return item;
    }),
  );

/**
 * Who is ordered from: the vendor that was named, else the one that the catalog has for every item.
 * @throws {ToolInputError} with the vendor of each item, where they have several or none
 */
export async function vendorOf({ vendor }: Wanted, items: readonly Named[], { names }: ToolContext): Promise<Named> {
  if (vendor !== undefined) return vendor;
  const [only, ...others] = new Set(items.map(({ record }) => idOf(record.vendor)));
  if (only !== undefined && others.length === 0) return names.resolve('company', only, { argument: 'vendor' });
  const each = items.map(
    ({ label, record }) => say`${cleanLine(label)}: ${cleanLine(nameOf(record.vendor)) || say`none`}`,
  );
  throw new ToolInputError(
    'vendor',
    say`vendor is missing, and the catalog does not have the same one for every line (${joined([...new Set(each)], '; ')}). Send vendor; an order goes to one vendor.`,
  );
}

/** The lines of an order. @param currency of the vendor */
export async function linesOf(
  { lines }: Wanted,
  { items, currency }: { readonly items: readonly Named[]; readonly currency: unknown },
  { names }: ToolContext,
): Promise<Line[]> {
  const unit = (await names.list('unitOfMeasure'))[0];
  return items.map((item, index) => {
    const { quantity = 0, unitCost } = lines[index] ?? {};
    const cost = unitCost ?? Number(item.record.cost ?? 0);
    const members = {
      lineNumber: index + 1,
      product: referenceTo(item),
      description: String(item.record.description ?? item.label),
      quantity,
      unitCost: cost,
      unitOfMeasure: { id: idOf(item.record.unitOfMeasure) ?? unit?.id },
    };
    return { item, members, says: lineText({ item }, members, currency) };
  });
}

/** Whether a line of an order is one that is wanted. */
export const isSameLine = (stored: ManageRecord, wanted: ManageRecord): boolean =>
  stored.canceledFlag !== true &&
  Number(stored.lineNumber) === Number(wanted.lineNumber) &&
  idOf(stored.product) === idOf(wanted.product) &&
  Number(stored.quantity) === Number(wanted.quantity) &&
  // Manage rounds amounts.
  Math.abs(Number(stored.unitCost ?? 0) - Number(wanted.unitCost)) < 0.005;

import { closest } from '../api/closest.ts';
import { HIDDEN, isSecret } from '../api/meanings.ts';
import { isRecord } from '../json.ts';
import type { ManageRecord } from '../manage/index.ts';
import { cleanLine, joined, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';
import type { Collection } from './collection.ts';
import { complete } from './tables/look-ups.ts';
import { type Column, type Columns, number, Table } from './tables/table.ts';
import type { Reading } from './tables/table-cache.ts';

/** The column that a custom field is kept in. */
export const customColumn = (caption: string): string => `custom ${caption.toLowerCase()}`;

interface CustomField {
  readonly caption?: unknown;
  readonly value?: unknown;
}

/** A custom field as a column. @param seen collects the captions that records have */
const customField = (caption: string, seen: Set<string>): Column => ({
  kind: 'text',
  fields: ['customFields'],
  of({ customFields }: ManageRecord) {
    const fields = Array.isArray(customFields) ? (customFields as unknown[]).filter(isRecord) : [];
    for (const field of fields) seen.add(String((field as CustomField).caption));
    const found = fields.find(
      (field) => String((field as CustomField).caption).toLowerCase() === caption.toLowerCase(),
    );
    const value = found !== undefined && isSecret('CustomFieldValue', 'value', found) ? HIDDEN : found?.value;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return String(value);
  },
});

/** @throws {ToolInputError} with the closest captions, where records have custom fields but none of this caption */
function noSuchCaption(caption: string, seen: ReadonlySet<string>, allowed: readonly string[]): never {
  const near = closest(caption, [...allowed, ...seen]).map(cleanLine);
  const hint = near.length === 0 ? say`` : say` Did you mean ${joined(near, ' or ')}?`;
  throw new ToolInputError(
    'by',
    say`by: "${cleanLine(caption)}" is neither a dimension of this measure nor a custom field of its records.${hint}`,
    { allowed: [...allowed, ...seen].map(cleanLine) },
  );
}

/** Whether any row has a value in a custom field. */
function hasCaption(table: Table, caption: string): boolean {
  const column = customColumn(caption);
  for (let row = 0; row < table.length; row += 1) if (!Number.isNaN(table.number(column, row))) return true;
  return false;
}

const columnsOf = (captions: readonly string[], seen: Set<string>): Columns =>
  Object.fromEntries(captions.map((caption) => [customColumn(caption), customField(caption, seen)]));

const hasAlike = (captions: ReadonlySet<string>, caption: string): boolean =>
  [...captions].some((known) => known.toLowerCase() === caption.toLowerCase());

/** The captions that the customers of a table turned out to have. */
const captionsOf = new WeakMap<Table, Set<string>>();

/** The customers of some records, with a custom field of theirs. */
async function customersOf(caption: string, table: Table, reading: Reading): Promise<Table> {
  const { context, own } = reading;
  const create = (): Table => {
    const seen = new Set<string>();
    const made = new Table({ id: number('id'), ...columnsOf([caption], seen) });
    captionsOf.set(made, seen);
    return made;
  };
  const written = context.manage.written(['GET /company/companies']);
  const customers = own.lookedUp(`company with ${customColumn(caption)}`, written, create, await context.now());
  const ids = new Set(Array.from({ length: table.length }, (_, row) => table.number('company', row)));
  return complete(customers, { name: 'company', ids: [...ids].filter((id) => id > 0) }, reading);
}

/**
 * The custom fields that a report is split by. Those of the records themselves come first; a caption that they do not have is looked
 * for at their customers: tickets and revenue by "Account tier".
 */
export class Captions {
  /** What is read of each record. */
  readonly columns: Columns;
  readonly #captions: readonly string[];
  readonly #seen = new Set<string>();
  /** Whose each caption is: one answer for all measures. */
  readonly #ofCustomers = new Map<string, boolean>();

  constructor(captions: readonly string[]) {
    this.#captions = captions;
    this.columns = columnsOf(captions, this.#seen);
  }

  /**
   * The customers by the captions that are theirs.
   * @throws {ToolInputError} for a caption that neither has, and one that is the records' own for one measure and their customers' for another
   */
  async customers(table: Table, collection: Collection, reading: Reading): Promise<ReadonlyMap<string, Table>> {
    const found = new Map<string, Table>();
    if (table.length === 0) return found;
    for (const caption of this.#captions) {
      const isOwn = collection.hasCustomFields && (hasAlike(this.#seen, caption) || hasCaption(table, caption));
      if (!isOwn) found.set(caption, await this.#customersOf(caption, table, { collection, reading }));
      if ((this.#ofCustomers.get(caption) ?? !isOwn) === isOwn)
        throw new ToolInputError(
          'by',
          say`by: "${cleanLine(caption)}" is a custom field of customers for one of these measures and of the records themselves for another. Send one report for each.`,
        );
      this.#ofCustomers.set(caption, !isOwn);
    }
    return found;
  }

  async #customersOf(
    caption: string,
    table: Table,
    { collection, reading }: { collection: Collection; reading: Reading },
  ): Promise<Table> {
    const dimensions = Object.keys(collection.ways);
    if (collection.ways.company?.column !== 'company') return noSuchCaption(caption, this.#seen, dimensions);
    const customers = await customersOf(caption, table, reading);
    const theirs = captionsOf.get(customers) ?? new Set();
    if (!hasAlike(theirs, caption)) noSuchCaption(caption, new Set([...this.#seen, ...theirs]), dimensions);
    return customers;
  }
}

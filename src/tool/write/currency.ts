import { isRecord, type JsonObject } from '../../json.ts';
import { currencySaid } from '../../query/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { countedUnits } from '../results/agreement-units.ts';
import { currencyCode, isCurrencyCode } from '../results/money.ts';
import { plannedRequests, type StepRequest, type WritePlan } from './plan.ts';
import type { Writing } from './writing.ts';

/** The codes that a sign can stand for; a code stands for itself. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD'],
  US$: ['USD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
};

/** The record that an amount goes into: the one that a request is about or under, else another one in the same list. */
async function recordFor(
  operation: string,
  { path = {} }: StepRequest,
  { api, guardReads, signal }: Writing,
): Promise<JsonObject | undefined> {
  const [, list = '', parameter] = /^\w+ ([^{]+?)(?:\/\{(\w+)\}.*)?$/.exec(operation) ?? [];
  const read = parameter === undefined ? `GET ${list}` : `GET ${list}/{id}`;
  if (api.find(read) === undefined) return undefined;
  const asked: Promise<JsonObject | undefined> =
    parameter === undefined
      ? guardReads.first<JsonObject>(read, { signal })
      : guardReads.get<JsonObject>(read, { path: { id: path[parameter] ?? 0 }, signal });
  // Where it cannot be read, the answer still says how the amount was taken.
  return asked.catch((): undefined => undefined);
}

/** What an adjustment of an agreement counts, if that is no money. */
const countedIn = (operation: string, record: JsonObject | undefined): string | undefined =>
  operation.endsWith('/adjustments') ? countedUnits(record) : undefined;

/**
 * An amount with a currency has to be in that of the record that it goes into: Manage converts nothing.
 * One with a unit has to be in what the agreement counts.
 * @throws {ToolInputError} for one in another currency or unit, and where nobody can tell which the record is in
 */
export async function checkCurrency(plan: WritePlan, writing: Writing): Promise<void> {
  const { amounts } = writing.understood;
  if (amounts.length === 0) return;
  for (const { step, request } of plannedRequests(plan)) {
    const record = await recordFor(step.operation, request, writing);
    const units = countedIn(step.operation, record);
    const [first] = amounts;
    if (units !== undefined && first !== undefined) {
      if (first.units === units) return;
      throw new ToolInputError(
        first.argument,
        say`${cleanLine(first.argument)}: ${cleanLine(first.given)} is ${first.units ?? 'money'}, and this agreement counts ${cleanLine(units)}. Send the number of ${cleanLine(units)}.`,
      );
    }
    if (first?.units !== undefined)
      throw new ToolInputError(
        first.argument,
        say`${cleanLine(first.argument)}: ${cleanLine(first.given)} is ${first.units}, and this agreement counts money. Send the amount in ${currencyCode(record?.currency) || say`its currency`}.`,
      );
    // Catalog items and products have none of their own.
    const code = currencyCode(isRecord(record?.currency) ? record.currency : plan.currency);
    // Of several steps another one may tell it.
    if (!isCurrencyCode(code)) continue;
    const other = amounts.find(({ given }) => {
      const said = currencySaid(given) ?? code;
      return !(SIGNS[said] ?? [said]).includes(code);
    });
    if (other === undefined) return;
    throw new ToolInputError(
      other.argument,
      say`${cleanLine(other.argument)}: ${cleanLine(other.given)} is not in ${code}, the currency of the record, and Manage converts nothing. Send the amount in ${code}.`,
    );
  }
  const [first] = amounts;
  if (first !== undefined)
    throw new ToolInputError(
      first.argument,
      say`${cleanLine(first.argument)}: ${cleanLine(first.given)} names a currency, and which one the record is in cannot be told. Send the number alone, in the record's currency.`,
    );
}

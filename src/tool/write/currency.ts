import { isRecord, type JsonObject } from '../../json.ts';
import { currencySaid } from '../../query/index.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
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

/** The currency of a record: of the one that a request is about or under, else of another one in the same list. */
async function currencyOf(
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
  const record = await asked.catch((): undefined => undefined);
  return isRecord(record?.currency) ? record.currency : undefined;
}

/**
 * An amount with a currency has to be in that of the record that it goes into: Manage converts nothing.
 * @throws {ToolInputError} for one in another currency
 */
export async function checkCurrency(plan: WritePlan, writing: Writing): Promise<void> {
  const { amounts } = writing.understood;
  if (amounts.length === 0) return;
  for (const { step, request } of plannedRequests(plan)) {
    const currency = await currencyOf(step.operation, request, writing);
    const code = currency === undefined ? '' : currencyCode(currency);
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
}

import { isRecord } from '../../json.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';

const AMOUNT = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The code of a record's currency, as `USD`; of one without a code its name. Empty when there is none. */
export function currencyCode(currency: unknown): Clean {
  if (!isRecord(currency)) return cleanLine(currency);
  return cleanLine(currency.currencyCode ?? currency.name);
}

/** Whether a text is the code of a currency. */
export const isCurrencyCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/**
 * An amount with thousands separators and two decimals: `1,234.50`, or `1,234.50 USD` where a currency is given. Empty when there
 * is no amount.
 * @param currency a reference to the record's currency, or its code
 */
export function money(amount: unknown, currency?: unknown): Clean {
  if (amount === undefined || amount === null || amount === '') return cleanLine('');
  const number = Number(amount);
  // Half a cent less than nothing is nothing.
  const shown = Number.isFinite(number) ? AMOUNT.format(Math.abs(number) < 0.005 ? 0 : number) : amount;
  return joined([cleanLine(shown), currencyCode(currency)], ' ');
}

/** The title of a column of amounts in one currency: `price (USD)`. */
export const amountTitle = (title: string, currency: unknown): Clean => {
  const code = currencyCode(currency);
  return code === '' ? cleanLine(title) : say`${cleanLine(title)} (${code})`;
};

const PRICE = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 5 });

/** What one costs, as it is stored or sent: of a unit price of parts of a cent all of them, `0.0455`. Empty when there is none. */
export function exactMoney(amount: unknown, currency?: unknown): Clean {
  if (amount === undefined || amount === null || amount === '') return cleanLine('');
  const shown = Number.isFinite(Number(amount)) ? PRICE.format(Number(amount)) : amount;
  return joined([cleanLine(shown), currencyCode(currency)], ' ');
}

import { asText } from '../../../src/json.ts';
import { currencySaid } from '../../../src/query/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { type Alias, type Conversion, ToolInputError } from '../../../src/tool/index.ts';
import { distanceWord } from './said-amount.ts';

/** A distance is the amount of an expense for mileage; of any other type it would be money. */
export const distance: Conversion = {
  argument: 'amount',
  as(value, { type, expenseType, category, notes, expenseId, id }, name) {
    const isKnown = expenseId !== undefined || id !== undefined;
    if (isKnown || [type, expenseType, category, notes].some((text) => distanceWord(String(text ?? '')) !== undefined))
      return value;
    throw new ToolInputError(name, say`Send type "Mileage" as well: of other types the amount is money.`);
  },
};

/** What to send for a distance that is not in miles. */
export const IN_ITS_UNIT =
  'Send amount in the unit of the type for mileage, which is miles unless your Manage counts others.';

/** An amount with a distance in it, `30 miles`, which is one of mileage alone. */
export const inMiles: Alias = {
  argument: 'amount',
  as(value, given, name) {
    const currency = currencySaid(asText(value));
    const { type, expenseType, category, notes } = given;
    if (currency !== undefined && distanceWord(String(type ?? expenseType ?? category ?? notes ?? '')) !== undefined)
      throw new ToolInputError(
        name,
        say`amount "${cleanLine(value)}" is money, and that of mileage is a distance. Send type for what was paid for.`,
      );
    const [, miles, unit] = /^\s*([\d.,]+)\s*(mi|miles?|km|kms|kilomet(?:er|re)s?)\.?\s*$/i.exec(asText(value)) ?? [];
    if (miles === undefined) return value;
    if (/^k/i.test(unit ?? ''))
      throw new ToolInputError(name, say`amount "${cleanLine(value)}": ${cleanLine(IN_ITS_UNIT)}`);
    return distance.as(miles, given, name);
  },
};

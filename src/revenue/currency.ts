import { type ManageRecord, NotAllowed } from '../manage/index.ts';
import { idOf } from '../names/index.ts';
import { type Expression, field } from '../query/index.ts';
import { currencyCode, readable, type SummaryQuestion, type ToolContext } from '../tool/index.ts';

/** What `billedIn` and `currencyOf` read. */
export const CUSTOMERS_CURRENCY = 'GET /company/companies';

/** What `invoicedIn` reads. */
export const INVOICES_CURRENCY = 'GET /finance/invoices';

/** What `homeCurrency` reads. */
export const HOME_CURRENCY = 'GET /finance/billingSetups';

const FIELDS = ['currency/currencyCode', 'currency/name'];

/** Amounts are shown without a currency where neither the role nor the operator lets it be read. */
const ifAllowed = (read: Promise<readonly ManageRecord[]>): Promise<readonly ManageRecord[]> =>
  readable(read).then(
    (rows) => rows ?? [],
    (error: unknown) => {
      if (error instanceof NotAllowed) return [];
      throw error;
    },
  );

/** The code of a currency, empty where nobody knows. */
type Code = ReturnType<typeof currencyCode>;

type Reading = Pick<ToolContext, 'manage' | 'signal'>;

/** The codes of some companies or invoices, by their ids. */
async function codesOf(
  conditions: Expression | undefined,
  { manage, signal }: Reading,
  list = CUSTOMERS_CURRENCY,
): Promise<ReadonlyMap<number, Code>> {
  const asked = { conditions, fields: ['id', ...FIELDS], signal };
  const rows = await ifAllowed(manage.all<ManageRecord>(list, asked));
  return new Map(rows.map(({ id, currency }) => [Number(id), currencyCode(currency)]));
}

/** The codes of the currencies of invoices, by their ids: what is on one is billed in its currency, whatever the customer's is by now. */
export async function invoicedIn(invoiceIds: readonly number[], context: Reading): Promise<ReadonlyMap<number, Code>> {
  const ids = [...new Set(invoiceIds)];
  if (ids.length === 0) return new Map();
  return codesOf(field('id', 'in', ids), context, INVOICES_CURRENCY);
}

/**
 * The codes of the currencies that customers are billed in, by the id of the company: of time and products, which have no
 * currency of their own. A company that may not be read is left out.
 */
export async function billedIn(companyIds: readonly number[], context: Reading): Promise<ReadonlyMap<number, Code>> {
  const ids = [...new Set(companyIds)];
  if (ids.length === 0) return new Map();
  return codesOf(field('id', 'in', ids), context);
}

/** The code of the currency of one company, customer or vendor; nothing without one, and for one that may not be read. */
export async function currencyOf(companyId: number | undefined, context: Reading): Promise<Code | undefined> {
  return companyId === undefined ? undefined : (await billedIn([companyId], context)).get(companyId);
}

/**
 * The code of the provider's own currency, which the catalog and campaigns are in: that of its billing set-ups. Empty where they
 * have several, or may not be read.
 */
export async function homeCurrency({ manage, signal }: Reading): Promise<Code> {
  const setUps = await ifAllowed(manage.all<ManageRecord>(HOME_CURRENCY, { fields: ['id', ...FIELDS], signal }));
  const codes = [...new Set(setUps.map(({ currency }) => currencyCode(currency)))].filter((code) => code !== '');
  const [only, other] = codes;
  return only !== undefined && other === undefined ? only : currencyCode(undefined);
}

/**
 * Tells amounts apart by the currency of the customer, for records that have none of their own, such as products and time.
 * @returns nothing where all customers are billed in the provider's own currency, or their currencies may not be read
 */
export async function byCustomersCurrency(context: Reading): Promise<SummaryQuestion['currency']> {
  const home = await homeCurrency(context);
  const codes = await codesOf(home === '' ? undefined : field('currency/currencyCode', '!=', home), context);
  if (new Set([home, ...codes.values()]).size < 2) return undefined;
  return {
    title: 'currency',
    fields: ['company/id'],
    isCalendar: false,
    of({ company }) {
      const code = codes.get(idOf(company) ?? 0) ?? home;
      return [{ id: code, label: code }];
    },
  };
}

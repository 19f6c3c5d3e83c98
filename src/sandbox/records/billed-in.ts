import { idOf } from '../references.ts';
import type { Store } from '../store/store.ts';
import { HOME_CURRENCY } from './currency.ts';

/** What a new bill of a company is in: its own currency, else the provider's. */
export const currencyOf = (company: unknown, store: Store): unknown =>
  store.collection('/company/companies').get(idOf(company) ?? 0)?.currency ?? { ...HOME_CURRENCY };

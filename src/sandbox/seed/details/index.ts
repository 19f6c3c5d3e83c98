import type { Provider } from '../provider.ts';
import { addDetails, type Details } from './details.ts';
import { OF_CUSTOMERS } from './of-customers.ts';
import { OF_FINANCE } from './of-finance.ts';
import { OF_PROCUREMENT } from './of-procurement.ts';
import { OF_SERVICE } from './of-service.ts';
import { RARE, seedFamily } from './rare.ts';
import { addRows } from './rows.ts';

/** What records of a provider of some years carry besides the necessary: some have it, most do not. */
export function seedDetails(provider: Provider): void {
  const often: Readonly<Record<string, Details>> = { ...OF_CUSTOMERS, ...OF_FINANCE, ...OF_PROCUREMENT, ...OF_SERVICE };
  addRows(provider);
  for (const details of [often, RARE])
    for (const [template, each] of Object.entries(details)) addDetails(provider, template, each);
  seedFamily(provider);
}

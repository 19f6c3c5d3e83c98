import type { Provider } from '../provider.ts';
import { addDetails, type Details } from './details.ts';
import { OF_COMMERCE } from './of-commerce.ts';
import { OF_CUSTOMERS } from './of-customers.ts';
import { OF_SERVICE } from './of-service.ts';
import { addRows } from './rows.ts';

/** What records of a provider of some years carry besides the necessary: some have it, most do not. */
export function seedDetails(provider: Provider): void {
  const all: Readonly<Record<string, Details>> = { ...OF_CUSTOMERS, ...OF_COMMERCE, ...OF_SERVICE };
  for (const [template, details] of Object.entries(all)) addDetails(provider, template, details);
  addRows(provider);
}

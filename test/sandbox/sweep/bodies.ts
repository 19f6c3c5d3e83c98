import { exampleBody } from '../../../src/api/example.ts';
import type { ApiDescription, Operation } from '../../../src/api/index.ts';

/** A number that no record has yet, for what has to be unique. */
let last = 0;
export const fresh = (): number => {
  last += 1;
  return last;
};

/** What an example of a schema cannot know: rules of the server, and what there is in the sandbox. */
const KNOWN: Readonly<Record<string, () => Record<string, unknown>>> = {
  CallbackEntry: () => ({ url: `https://example.com/${fresh()}?`, type: 'Ticket', level: 'Owner', objectId: 1 }),
  Company: () => ({ identifier: `Sweep${fresh()}`, site: { name: 'Main' } }),
  'CompanyCompanyTypeAssociation.CompanyTypeAssociation': () => ({ type: { id: 3 } }),
  CompanyMerge: () => ({ toCompanyId: 3 }),
  'ContactContactTypeAssociation.ContactTypeAssociation': () => ({ type: { id: 4 } }),
  ExpenseEntry: () => ({ company: { id: 2 }, member: { id: 2 }, date: '2026-12-15T00:00:00Z' }),
  Invoice: () => ({ type: 'Standard' }),
  MyAccount: () => ({ identifier: `sweep${fresh()}` }),
  Member: () => ({ identifier: `sweep${fresh()}` }),
  ProjectTicket: () => ({ phase: { id: 1 } }),
  TimeEntry: () => ({
    member: { id: 2 },
    chargeToType: undefined,
    chargeToId: undefined,
    company: { id: 2 },
    timeStart: '2026-12-15T15:00:00Z',
    timeEnd: '2026-12-15T16:00:00Z',
    billableOption: 'Billable',
  }),
};

/** What is changed of records whose first text is a key. */
const UNKEYED: Readonly<Record<string, string>> = { Company: 'name', Member: 'title', MyAccount: 'title' };

/** A body that the operation takes; `undefined` when it takes none. */
export function bodyFor(api: ApiDescription, operation: Operation): unknown {
  const example = exampleBody(api, operation);
  const schema = operation.request?.schema ?? '';
  if (operation.request?.kind === 'patch') {
    // A natural key has to stay unique.
    const other = UNKEYED[schema];
    return other === undefined ? example : [{ op: 'replace', path: other, value: 'Swept' }];
  }
  const known = KNOWN[schema]?.();
  if (known === undefined || typeof example !== 'object' || Array.isArray(example)) return example;
  const body = Object.entries({ ...example, ...known }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(body);
}

import type { Field, Schema } from '../../api/index.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord } from '../store/store.ts';
import { HOME_CURRENCY } from './currency.ts';
import { byName, OF_CUSTOMERS, OF_SCHEMAS, own, type Rule } from './rules.ts';
import { Sources, type World } from './sources.ts';

/** How a record gets a member that it was not given; `isOwn` where the record alone decides. */
export interface Copied {
  readonly value: (record: SandboxRecord) => unknown;
  readonly isOwn: boolean;
}

/** Addresses of their own, or none. */
const WITHOUT_CUSTOMER = new Set(['Contact', 'Company', 'CompanySite']);

/** Who wrote a record and when, where its schema has members for that. */
const STAMPS: Readonly<Record<string, string>> = {
  dateEntered: 'dateEntered',
  dateCreated: 'dateEntered',
  createdDate: 'dateEntered',
  enteredDate: 'dateEntered',
  enteredBy: 'enteredBy',
  createdBy: 'enteredBy',
  lastUpdated: 'lastUpdated',
  lastUpdate: 'lastUpdated',
  updatedBy: 'updatedBy',
};

/** Guids that the document describes as any text. */
const GUIDS = /^connectWiseId$/i;

const inHomeCurrency = own(() => HOME_CURRENCY);

function ruleOf(schema: Schema, name: string, field: Field): Rule | undefined {
  const ofSchema = OF_SCHEMAS[schema.name]?.[name];
  if (ofSchema !== undefined) return ofSchema;
  if (field.type === 'reference' && field.schema === 'CurrencyReference') return inHomeCurrency;
  const isCustomers = schema.fields.has('company') && !WITHOUT_CUSTOMER.has(schema.name);
  const rule = isCustomers ? OF_CUSTOMERS[name] : undefined;
  return rule !== undefined && field.type === 'string' ? byName(rule) : rule;
}

/** Members that a record takes over from others when it has none of its own, by name. `template` is where the records are. */
export function copiedMembers(schema: Schema, template: string, world: World): ReadonlyMap<string, Copied> {
  const sources = new Sources(world);
  const found = new Map<string, Copied>();
  for (const [name, field] of schema.fields) {
    const stamp = STAMPS[name];
    const rule = ruleOf(schema, name, field);
    if (field.format === 'uuid' || GUIDS.test(name))
      found.set(name, { value: ({ id }) => guidOf(`${template} ${id}`), isOwn: true });
    else if (rule !== undefined)
      found.set(name, { value: (record) => rule(sources, record), isOwn: rule.isOwn === true });
    else if (stamp !== undefined && (field.type === 'string' || field.type === 'datetime'))
      found.set(name, {
        value: ({ _info }) => (_info as Record<string, unknown> | undefined)?.[stamp],
        isOwn: true,
      });
  }
  return found;
}

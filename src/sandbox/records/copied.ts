import type { Field, Schema } from '../../api/index.ts';
import { linkNameOf, placeOfReference } from '../reference-places.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord } from '../store/store.ts';
import { plainTemplate } from '../store/templates.ts';
import { HOME_CURRENCY } from './currency.ts';
import { byName, OF_CUSTOMERS, OF_SCHEMAS, own, type Rule } from './rules.ts';
import { OF_GOODS } from './rules-of-goods.ts';
import { OF_PARTS } from './rules-of-parts.ts';
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

/** Rows inside of others name their parents: how many lists further out, and whether by the guid. */
const PARENTS: Readonly<Record<string, readonly [out: number, isGuid: boolean]>> = {
  parentId: [1, false],
  parentConnectWiseId: [1, true],
  grandParentId: [2, false],
  grandParentConnectWiseId: [2, true],
};

/** The reference to the parent's table: the only one, or the one that is called like it. */
function referenceTo(parent: string, name: string, { fields }: Schema): string | undefined {
  const leading = [...fields].flatMap(([member, { type, schema = '' }]) =>
    type === 'reference' && plainTemplate(placeOfReference(schema) ?? '') === parent ? [member] : [],
  );
  return leading.length === 1
    ? leading[0]
    : leading.find((member) => member.toLowerCase() === name || /^parent/.test(member));
}

/**
 * The members of a row that lead to the records that it is part of: the parents' ids and guids, the parent's id in `boardId` and the
 * like, and the reference to the parent. The server knows them from the path.
 */
function membersOfParents(schema: Schema, template: string, { store }: Sources): ReadonlyMap<string, Copied['value']> {
  const found = new Map<string, Copied['value']>();
  const places = template.split('/{}').slice(0, -1);
  if (places.length === 0) return found;
  const idOf = ({ id }: SandboxRecord, out = 1): number | undefined =>
    store.collection(template).parentsOf(id).at(-out);
  for (const [member, [out, isGuid]] of Object.entries(PARENTS)) {
    const place = places.slice(0, places.length + 1 - out).join('/{}');
    found.set(member, (record) => {
      const id = idOf(record, out);
      return id === undefined || !isGuid ? id : guidOf(`${place} ${id}`);
    });
  }
  const parent = places.join('/{}');
  const name = linkNameOf(parent)
    .replace(/_href$/, '')
    .toLowerCase();
  const reference = referenceTo(parent, name, schema);
  if (reference !== undefined)
    found.set(reference, (record) => {
      const id = idOf(record);
      return id === undefined ? undefined : { id };
    });
  for (const [member, { type }] of schema.fields)
    if (type === 'integer' && member.toLowerCase() === `${name}id`) found.set(member, (record) => idOf(record));
  return found;
}

const inHomeCurrency = own(() => HOME_CURRENCY);

function ruleOf(schema: Schema, name: string, field: Field): Rule | undefined {
  const ofSchema = OF_SCHEMAS[schema.name]?.[name] ?? OF_PARTS[schema.name]?.[name] ?? OF_GOODS[schema.name]?.[name];
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
  const ofParents = membersOfParents(schema, template, sources);
  for (const [name, field] of schema.fields) {
    const stamp = STAMPS[name];
    const ofParent = ofParents.get(name);
    const rule = ruleOf(schema, name, field);
    if (field.format === 'uuid' || GUIDS.test(name))
      found.set(name, { value: ({ id }) => guidOf(`${template} ${id}`), isOwn: true });
    else if (ofParent !== undefined) found.set(name, { value: ofParent, isOwn: true });
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

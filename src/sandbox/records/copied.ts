import type { Field, Schema } from '../../api/index.ts';
import { linkNameOf, placeOfReference } from '../reference-places.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord } from '../store/store.ts';
import { plainTemplate } from '../store/templates.ts';
import { HOME_CURRENCY } from './currency.ts';
import { byName, OF_CUSTOMERS, OF_SCHEMAS, own, type Rule } from './rules.ts';
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

/** The parent of a row, so many lists further out. */
function parentOf(template: string, [out, isGuid]: readonly [number, boolean], sources: Sources): Copied['value'] {
  const places = template.split(/\/\{\w*\}/);
  const place = places.slice(0, -out).join(`/{}`);
  return (record) => {
    const id = sources.store.collection(template).parentsOf(record.id).at(-out);
    return id === undefined || !isGuid ? id : guidOf(`${place} ${id}`);
  };
}

const referenceToParent = (template: string, sources: Sources): Copied['value'] => {
  const idOfParent = parentOf(template, [1, false], sources);
  return (record) => {
    const id = idOfParent(record);
    return id === undefined ? undefined : { id };
  };
};

/**
 * The members of a row that lead to the record that it is part of: the reference to the parent's table, the one that is called like
 * it where there are several, and the parent's id in `boardId` and the like. The server knows them from the path.
 */
function membersOfParent(schema: Schema, template: string): { readonly reference?: string; readonly id?: string } {
  const parent = template
    .split(/\/\{\w*\}/)
    .slice(0, -1)
    .join('/{}');
  if (parent === '') return {};
  const name = linkNameOf(parent)
    .replace(/_href$/, '')
    .toLowerCase();
  const fields = [...schema.fields];
  const id = fields.find(([member, { type }]) => type === 'integer' && member.toLowerCase() === `${name}id`)?.[0];
  const leading = fields.filter(
    ([, field]) => field.type === 'reference' && plainTemplate(placeOfReference(field.schema ?? '') ?? '') === parent,
  );
  const called = leading.find(([member]) => member.toLowerCase() === name || /^parent/.test(member));
  const [reference] = (leading.length === 1 ? leading[0] : called) ?? [];
  return { ...(id !== undefined && { id }), ...(reference !== undefined && { reference }) };
}

const inHomeCurrency = own(() => HOME_CURRENCY);

function ruleOf(schema: Schema, name: string, field: Field): Rule | undefined {
  const ofSchema = OF_SCHEMAS[schema.name]?.[name] ?? OF_PARTS[schema.name]?.[name];
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
  const ofParent = membersOfParent(schema, template);
  for (const [name, field] of schema.fields) {
    const stamp = STAMPS[name];
    const parent = PARENTS[name];
    const rule = ruleOf(schema, name, field);
    if (field.format === 'uuid' || GUIDS.test(name))
      found.set(name, { value: ({ id }) => guidOf(`${template} ${id}`), isOwn: true });
    else if (parent !== undefined && template.includes('{'))
      found.set(name, { value: parentOf(template, parent, sources), isOwn: true });
    else if (name === ofParent.id) found.set(name, { value: parentOf(template, [1, false], sources), isOwn: true });
    else if (name === ofParent.reference) found.set(name, { value: referenceToParent(template, sources), isOwn: true });
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

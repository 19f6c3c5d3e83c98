import type { SandboxRecord, Store } from '../store/store.ts';

export const DEFINITIONS = '/system/userDefinedFields';

/**
 * Screens that custom fields are defined for, with the records that carry them. Which number (`podId`) Manage gives a screen is
 * not known: here it is the place in this list.
 */
export const SCREENS = [
  ['company', '/company/companies'],
  ['contact', '/company/contacts'],
  ['configuration', '/company/configurations'],
  ['ticket', '/service/tickets /project/tickets'],
  ['project', '/project/projects'],
  ['phase', '/project/projects/{parentId}/phases'],
  ['opportunity', '/sales/opportunities'],
  ['activity', '/sales/activities'],
  ['agreement', '/finance/agreements'],
  ['addition', '/finance/agreements/{parentId}/additions'],
  ['adjustment', '/finance/agreements/{parentId}/adjustments'],
  ['invoice', '/finance/invoices'],
  ['product', '/procurement/products'],
  ['purchaseOrder', '/procurement/purchaseorders'],
  ['time', '/time/entries'],
  ['expense', '/expense/entries'],
  ['member', '/system/members'],
] as const;

export type Screen = (typeof SCREENS)[number][0];

export const podOf = (screen: Screen): number => SCREENS.findIndex(([name]) => name === screen) + 1;

const POD_OF_COLLECTION: ReadonlyMap<string, number> = new Map(
  SCREENS.flatMap(([, collections], index) =>
    collections.split(' ').map((collection) => [collection.toLowerCase(), index + 1] as const),
  ),
);

export interface Entry {
  readonly id?: number;
  readonly value?: unknown;
}

const entryOf = (definition: SandboxRecord): Record<string, unknown> => ({
  id: definition.id,
  caption: definition.caption,
  type: definition.fieldTypeIdentifier,
  entryMethod: definition.entryTypeIdentifier,
  numberOfDecimals: definition.numberDecimals ?? 0,
});

export function definitionsOf(collection: string, store: Store): readonly SandboxRecord[] {
  const pod = POD_OF_COLLECTION.get(collection.toLowerCase());
  return pod === undefined ? [] : [...store.collection(DEFINITIONS).where('podId', pod)];
}

/** The custom fields of a new record of a collection, all empty; nothing for collections without any. */
export function emptyCustomFields(collection: string, store: Store): Record<string, unknown>[] | undefined {
  const definitions = definitionsOf(collection, store);
  return definitions.length === 0 ? undefined : definitions.map(entryOf);
}

/**
 * Gives a record every custom field of its screen with the values that it was sent; a field that was left out of the list is
 * emptied, as Manage does. Records of screens without fields stay as they are.
 */
export function fillCustomFields(record: SandboxRecord, collection: string, store: Store): void {
  const definitions = definitionsOf(collection, store);
  if (definitions.length === 0) return;
  const given = (Array.isArray(record.customFields) ? record.customFields : []) as Entry[];
  const known = new Set(definitions.map(({ id }) => id));
  record.customFields = [
    ...definitions.map((definition) => {
      const value = given.find(({ id }) => id === definition.id)?.value;
      return { ...entryOf(definition), ...(value !== undefined && value !== null && value !== '' && { value }) };
    }),
    ...given.filter(({ id }) => id !== undefined && !known.has(id)),
  ];
}

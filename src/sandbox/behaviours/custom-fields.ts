import type { SandboxRecord, Store } from '../store/store.ts';

const DEFINITIONS = '/system/userDefinedFields';

/** Screens that custom fields are defined for. Which number Manage gives a screen is not known: these are this sandbox's own. */
export const PODS = { company: 1, contact: 2, configuration: 3 } as const;

interface Entry {
  readonly id?: number;
  readonly value?: unknown;
}

/**
 * Gives a record every custom field of its screen with the values that it was sent; a field that was left out of the list is
 * emptied, as Manage does. Records of screens without fields stay as they are.
 */
export function fillCustomFields(record: SandboxRecord, screen: keyof typeof PODS, store: Store): void {
  const definitions = store.collection(DEFINITIONS).where('podId', PODS[screen]);
  if (definitions.length === 0) return;
  const given = (Array.isArray(record.customFields) ? record.customFields : []) as Entry[];
  const known = new Set(definitions.map(({ id }) => id));
  record.customFields = [
    ...definitions.map((definition) => {
      const value = given.find(({ id }) => id === definition.id)?.value;
      return {
        id: definition.id,
        caption: definition.caption,
        type: definition.fieldTypeIdentifier,
        entryMethod: definition.entryTypeIdentifier,
        numberOfDecimals: definition.numberDecimals ?? 0,
        ...(value !== undefined && value !== null && value !== '' && { value }),
      };
    }),
    ...given.filter(({ id }) => id !== undefined && !known.has(id)),
  ];
}

import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, type Names } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

export type ItemKind = 'Email' | 'Phone' | 'Fax';

/** One way to reach a contact, as its record holds it. */
export interface CommunicationItem {
  readonly id?: number;
  readonly type?: { readonly id?: number; readonly name?: string };
  readonly value?: string;
  readonly extension?: string;
  readonly defaultFlag?: boolean;
  readonly communicationType?: ItemKind;
}

const FLAGS: Readonly<Record<ItemKind, string>> = { Email: 'emailFlag', Phone: 'phoneFlag', Fax: 'faxFlag' };

/** Types differ from one installation to the next: the one whose name has the word, else the kind's default, else its first. */
async function typeOf(names: Names, kind: ItemKind, argument: string, word?: RegExp): Promise<Named> {
  const types = (await names.list('communicationType')).filter(({ record }) => record[FLAGS[kind]] === true);
  const chosen =
    (word && types.find(({ label }) => word.test(label))) ??
    types.find(({ record }) => record.defaultFlag === true) ??
    types[0];
  if (chosen === undefined)
    throw new ToolInputError(
      argument,
      `This Manage has no communication type for ${kind.toLowerCase()}; an administrator has to add one.`,
    );
  return chosen;
}

/** @throws {ToolInputError} for what is no e-mail address */
function checkEmail(value: string, argument: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw new ToolInputError(argument, `${argument} ${JSON.stringify(value)} is no e-mail address.`);
}

export const itemsOf = (contact: ManageRecord): readonly CommunicationItem[] =>
  Array.isArray(contact.communicationItems) ? (contact.communicationItems as CommunicationItem[]) : [];

/** Numbers are the same however they are spelt; addresses in any letter case. */
function isSame(item: CommunicationItem, value: string): boolean {
  const bare = (text: string): string =>
    text.includes('@') ? text.trim().toLowerCase() : text.replace(/\D/g, '') || text.trim();
  return bare(item.value ?? '') === bare(value);
}

/** The contact that has this e-mail address, if any. */
export async function contactWithEmail(
  email: string,
  { manage, signal }: ToolContext,
): Promise<ManageRecord | undefined> {
  const childConditions = all(
    field('communicationItems/value', '=', email),
    field('communicationItems/communicationType', '=', 'Email'),
  );
  return manage.first('GET /company/contacts', { childConditions, signal });
}

/** What is to become of a contact's ways to be reached. */
export interface ItemChanges {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly add?: readonly { readonly value: string; readonly type?: string | undefined }[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

export interface ChangedItems {
  /** The whole list as it is to be. */
  readonly items: readonly CommunicationItem[];
  /** What changes, a line each. */
  readonly says: readonly string[];
}

/** The members that are sent back: the rest is Manage's own. */
const sendable = ({ id, type, value, extension, defaultFlag, communicationType }: CommunicationItem) => ({
  ...(id !== undefined && { id }),
  ...(idOf(type) !== undefined && { type: { id: idOf(type) as number } }),
  ...(value !== undefined && { value }),
  ...(extension !== undefined && { extension }),
  defaultFlag: defaultFlag === true,
  ...(communicationType !== undefined && { communicationType }),
});

/**
 * The items of a contact after a change. `email` and `phone` become the default of their kind: one that is there already is
 * only made the default, else the present default gets the new value; `mobile` does the same with the item of a mobile type.
 * @throws {ToolInputError} for a bad address, a type that is none, and something to remove that is not there
 */
export async function changedItems(
  present: readonly CommunicationItem[],
  changes: ItemChanges,
  { names, plain }: ToolContext,
): Promise<ChangedItems> {
  let items = [...present];
  const says: string[] = [];
  const makeDefault = (chosen: CommunicationItem): void => {
    items = items.map((item) =>
      item.communicationType === chosen.communicationType ? { ...item, defaultFlag: item === chosen } : item,
    );
  };
  for (const value of changes.remove ?? []) {
    const found = items.find((item) => isSame(item, value));
    if (found === undefined)
      throw new ToolInputError('remove', `The contact has no ${JSON.stringify(value)}.`, {
        allowed: items.map((item) => plain(item.value)),
      });
    items = items.filter((item) => item !== found);
    says.push(`${plain(found.value)} removed`);
    const next = items.find(({ communicationType }) => communicationType === found.communicationType);
    if (found.defaultFlag === true && next !== undefined) makeDefault(next);
  }
  const put = async (argument: 'email' | 'phone' | 'mobile', value: string): Promise<void> => {
    const kind: ItemKind = argument === 'email' ? 'Email' : 'Phone';
    if (kind === 'Email') checkEmail(value, argument);
    const word = argument === 'mobile' ? /mobile|cell/i : undefined;
    const own = items.filter(({ communicationType }) => communicationType === kind);
    const there = own.find((item) => isSame(item, value));
    const type = await typeOf(names, kind, argument, word);
    // Without a mobile type the number joins the others: it must not take the place of the office's.
    const isPlace = (item: CommunicationItem): boolean =>
      word === undefined ? item.defaultFlag === true : word.test(type.label) && idOf(item.type) === type.id;
    const place = there ?? own.find(isPlace);
    const item = place ?? { type: { id: type.id }, communicationType: kind, defaultFlag: own.length === 0 };
    const changed = { ...item, value };
    items = place === undefined ? [...items, changed] : items.map((other) => (other === place ? changed : other));
    if (argument !== 'mobile' && changed.defaultFlag !== true) {
      makeDefault(changed);
      says.push(`${argument} ${plain(value)} is the default`);
    } else if (place?.value !== value) says.push(`${argument}: ${plain(place?.value) || '-'} -> ${plain(value)}`);
  };
  for (const argument of ['email', 'phone', 'mobile'] as const) {
    const value = changes[argument];
    if (value !== undefined) await put(argument, value);
  }
  for (const { value, type } of changes.add ?? []) {
    if (items.some((item) => isSame(item, value)))
      throw new ToolInputError('add', `The contact has ${JSON.stringify(value)} already.`);
    const named = type === undefined ? undefined : await names.resolve('communicationType', type, { argument: 'add' });
    const kind: ItemKind =
      named === undefined
        ? value.includes('@')
          ? 'Email'
          : 'Phone'
        : named.record.emailFlag === true
          ? 'Email'
          : named.record.faxFlag === true
            ? 'Fax'
            : 'Phone';
    if (kind === 'Email') checkEmail(value, 'add');
    const first = !items.some(({ communicationType }) => communicationType === kind);
    items = [
      ...items,
      {
        type: { id: (named ?? (await typeOf(names, kind, 'add'))).id },
        value,
        communicationType: kind,
        defaultFlag: first,
      },
    ];
    says.push(`${plain(value)} added`);
  }
  return { items: items.map(sendable), says };
}

import { isDeepStrictEqual } from 'node:util';
import type { ManageRecord } from '../../../src/manage/index.ts';
import {
  idOf,
  isElsewhere,
  isReachedBy,
  type Named,
  type Names,
  type NumberParts,
  nameOf,
  numberIn,
} from '../../../src/names/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { checkEmail, phoneIn, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

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

const KIND_WORDS = { Email: 'e-mail', Phone: 'phone', Fax: 'fax' } as const;

/** What types for mobile numbers are called. */
const MOBILE = /mobile|cell/i;

const isMobile = ({ type }: CommunicationItem): boolean => MOBILE.test(nameOf(type) ?? '');

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
      say`This Manage has no communication type for ${KIND_WORDS[kind]}; an administrator has to add one.`,
    );
  return chosen;
}

/** The address in what mail programs write: `Grace Keller <grace@acme.example>`, `mailto:grace@acme.example`. */
export const addressIn = (text: string): string =>
  (/<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1] ?? text.trim()).replace(/^mailto:\s*/i, '');

/** The addresses and numbers of a contact that was read whole. */
export const itemsOf = (contact: ManageRecord): readonly CommunicationItem[] =>
  Array.isArray(contact.communicationItems) ? (contact.communicationItems as CommunicationItem[]) : [];

/** A stored number with its extension, which can be a member of its own. */
function numberOf(item: CommunicationItem): NumberParts {
  const own = numberIn(item.value ?? '');
  return { value: own.value, extension: item.extension || own.extension };
}

/** Numbers are the same however they are spelt, with one extension where both say one; addresses in any letter case. */
function isSame(item: CommunicationItem, value: string): boolean {
  const bare = (text: string): string =>
    text.includes('@') ? text.trim().toLowerCase() : text.replace(/\D/g, '') || text.trim();
  const [own, said] = [numberOf(item), numberIn(value)];
  return bare(own.value) === bare(said.value) && !isElsewhere(own, said);
}

/** Those that are an address or number; where none is written so, a number with or without its country's code, as searches find it. */
function sameAs(items: readonly CommunicationItem[], value: string): readonly CommunicationItem[] {
  const exact = items.filter((item) => isSame(item, value));
  if (exact.length > 0 || value.includes('@')) return exact;
  const said = numberIn(value);
  return items.filter((item) => {
    const own = numberOf(item);
    return item.communicationType !== 'Email' && !isElsewhere(own, said) && isReachedBy(own.value, said.value);
  });
}

/** Addresses and numbers hold no commas, so that a text with some is a list. */
const parts = (text: string): string[] =>
  text
    .split(/\s*[,;]\s*|\s+and\s+/i)
    .map(addressIn)
    .filter((part) => part !== '');

/** What is to become of a contact's ways to be reached. */
export interface ItemChanges {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly add?: readonly { readonly value: string; readonly type?: string | undefined }[] | undefined;
  readonly remove?: readonly string[] | undefined;
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

/** The item as the one default of its kind. */
const withDefault = (items: readonly CommunicationItem[], chosen: CommunicationItem): CommunicationItem[] =>
  items.map((item) =>
    item.communicationType === chosen.communicationType ? { ...item, defaultFlag: item === chosen } : item,
  );

/**
 * Without an address or number, of whatever type: the office's can be the mobile's as well.
 * @throws {ToolInputError} for something that the contact does not have
 */
function without(items: readonly CommunicationItem[], value: string): CommunicationItem[] {
  const found = sameAs(items, value);
  if (found.length === 0)
    throw new ToolInputError('remove', say`The contact has no "${cleanLine(value)}".`, {
      allowed: items.map((item) => cleanLine(item.value)),
    });
  let rest = items.filter((item) => !found.includes(item));
  for (const { communicationType } of found.filter(({ defaultFlag }) => defaultFlag === true)) {
    const next = rest.find((item) => item.communicationType === communicationType);
    if (next !== undefined) rest = withDefault(rest, next);
  }
  return rest;
}

/** Makes an address or number the default of its kind, or a number that of the mobile type. */
async function put(
  items: readonly CommunicationItem[],
  argument: 'email' | 'phone' | 'mobile',
  given: string,
  names: Names,
): Promise<CommunicationItem[]> {
  const kind: ItemKind = argument === 'email' ? 'Email' : 'Phone';
  if (kind === 'Email') checkEmail(given, argument);
  const { value, extension } = kind === 'Email' ? { value: given, extension: undefined } : numberIn(given);
  const word = argument === 'mobile' ? MOBILE : undefined;
  const own = items.filter(({ communicationType }) => communicationType === kind);
  const same = own.filter((item) => isSame(item, given));
  const [present] = same;
  if (present !== undefined && word === undefined) {
    const kept = extension === undefined ? present : { ...present, extension };
    return withDefault(
      items.map((item) => (item === present ? kept : item)),
      kept,
    );
  }
  const type = await typeOf(names, kind, argument, word);
  const hasMobile = word?.test(type.label) === true;
  const isOfType = (item: CommunicationItem): boolean => idOf(item.type) === type.id;
  // The office's number may be the mobile's as well: it is stored once for each.
  if (same.some((item) => !hasMobile || isOfType(item))) return [...items];
  // Without a mobile type the number joins the others: it must not take the place of the office's.
  // Nor does the office's take that of the mobile, which has an argument of its own.
  const isPlace = (item: CommunicationItem): boolean =>
    word === undefined ? item.defaultFlag === true && !isMobile(item) : hasMobile && isOfType(item);
  const place = own.find(isPlace);
  // The extension of the number before is none of the new one.
  if (place !== undefined) return items.map((item) => (item === place ? { ...item, value, extension } : item));
  const added = { type: { id: type.id }, communicationType: kind, defaultFlag: own.length === 0, value, extension };
  return argument === 'mobile' ? [...items, added] : withDefault([...items, added], added);
}

function kindOf(value: string, type: Named | undefined): ItemKind {
  if (type === undefined) return value.includes('@') ? 'Email' : 'Phone';
  if (type.record.emailFlag === true) return 'Email';
  return type.record.faxFlag === true ? 'Fax' : 'Phone';
}

async function added(
  items: readonly CommunicationItem[],
  { value: given, type }: { readonly value: string; readonly type?: string | undefined },
  names: Names,
): Promise<CommunicationItem[]> {
  const named = type === undefined ? undefined : await names.resolve('communicationType', type, { argument: 'add' });
  const isOfType = (item: CommunicationItem): boolean => named === undefined || idOf(item.type) === named.id;
  const kind = kindOf(given, named);
  const said = kind === 'Email' ? given : phoneIn(given, 'add');
  if (items.some((item) => isSame(item, said) && isOfType(item)))
    throw new ToolInputError('add', say`The contact already has "${cleanLine(said)}".`);
  if (kind === 'Email') checkEmail(said, 'add');
  const { id } = named ?? (await typeOf(names, kind, 'add'));
  const isFirst = !items.some(({ communicationType }) => communicationType === kind);
  const number = kind === 'Email' ? { value: said } : numberIn(said);
  return [...items, { type: { id }, ...number, communicationType: kind, defaultFlag: isFirst }];
}

/** Refuses changes of which one takes away what another was to set. @throws {ToolInputError} that names the one that is lost */
function checkKept(items: readonly CommunicationItem[], { email, phone, mobile, remove = [] }: ItemChanges): void {
  for (const [argument, given] of Object.entries({ email, phone, mobile })) {
    const value = given === undefined ? undefined : addressIn(given);
    const isKept =
      value === undefined || items.some((item) => isSame(item, value) && (argument === 'mobile' || item.defaultFlag));
    if (!isKept)
      throw new ToolInputError(
        argument,
        say`${cleanLine(argument)}: "${cleanLine(value)}" is what another argument of this call replaces. Send one of them, and the other afterwards.`,
      );
  }
  const back = remove.flatMap(parts).find((value) => items.some((item) => isSame(item, value)));
  if (back !== undefined)
    throw new ToolInputError(
      'remove',
      say`remove: "${cleanLine(back)}" is set by another argument of this call. Send one of the two.`,
    );
}

/**
 * The items of a contact after a change, the whole list as it is sent. `email` and `phone` become the default of their kind: one
 * that the contact has is only made the default, else the present default gets the new value; `mobile` does the same with the item
 * of a mobile type. `undefined` when nothing changes.
 * @throws {ToolInputError} for a bad address, a type that does not exist, something to remove that the contact does not have, and
 * changes that contradict each other
 */
export async function changedItems(
  present: readonly CommunicationItem[],
  changes: ItemChanges,
  { names }: ToolContext,
): Promise<readonly CommunicationItem[] | undefined> {
  let items = [...present];
  for (const value of (changes.remove ?? []).flatMap(parts)) items = without(items, value);
  for (const argument of ['email', 'phone', 'mobile'] as const) {
    const value = changes[argument];
    if (value !== undefined) items = await put(items, argument, addressIn(value), names);
  }
  for (const { value, type } of changes.add ?? []) items = await added(items, { value: addressIn(value), type }, names);
  checkKept(items, changes);
  const [before, after] = [present.map(sendable), items.map(sendable)];
  return isDeepStrictEqual(before, after) ? undefined : after;
}

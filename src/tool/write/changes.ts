import { isDeepStrictEqual } from 'node:util';
import { inWords } from '../../api/enum-words.ts';
import type { ApiDescription } from '../../api/index.ts';
import { HIDDEN, isAddressWithKeys, isSecret, meaningOf, readsAsDay, urlMasked } from '../../api/meanings.ts';
import { fromManage, offsetOfRepeated, showMoment } from '../../clock/index.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { isSameRecord, type ManageRecord } from '../../manage/index.ts';
import { withExtension } from '../../names/index.ts';
import { type Clean, cleanLine, counted, cut, joined, say } from '../../text/index.ts';
import { exactMoney } from '../results/money.ts';
import type { Change } from './plan.ts';

/** How the members of a kind of record are shown. */
export interface Showing {
  readonly api: ApiDescription;
  /** Schema of the record, as `Ticket`. */
  readonly schema: string;
  /** IANA zone of the conversation. */
  readonly zone: string;
  /** Of amounts of a record that has none of its own: a reference to the currency, or its code. */
  readonly currency?: unknown;
}

const NOTHING = say`-`;
/** Members that count hours: ten minutes are 0.17, not a row of sixes. */
const HOURS = /hours/i;
/** A text longer than this is cut in a before/after list. */
const LONGEST = 200;
const MANAGE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** What a person calls the record that a reference, or an item of a list, is. */
function labelOf(value: JsonObject, currency?: unknown): Clean {
  const { caption, question, name, identifier, summary, description, value: own, id, type, amount } = value;
  // A tax of an expense: it has a type and an amount, and no name of its own.
  if (isRecord(type) && amount !== undefined && id === undefined)
    return say`${labelOf(type)} ${exactMoney(Number(amount), currency)}`;
  const named = caption ?? question ?? name ?? identifier ?? summary ?? own ?? description;
  return named === undefined ? say`record ${cleanLine(id)}` : cleanLine(named);
}

function shownMoment(value: string, zone: string): Clean {
  const moment = fromManage(value, zone);
  return moment === undefined ? cleanLine(value) : cleanLine(`${showMoment(moment)}${offsetOfRepeated(moment)}`);
}

/**
 * References that are of other records now than before, whoever changed them: Manage takes the approvers of a project with its
 * manager, and a billing contact with the main one.
 */
export const carriedAlong = (before: JsonObject, after: JsonObject): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => {
    const [was, is] = [before[member], after[member]];
    const isReference = [was, is].some((value) => isRecord(value) && typeof value.id === 'number');
    return isReference && (isRecord(was) ? was.id : undefined) !== (isRecord(is) ? is.id : undefined);
  });

/** A member as a person reads it: names for references, calendar dates for days, the wall clock for moments, nothing as `-`. */
export function shownMember(member: string, record: JsonObject, { api, schema, zone, currency }: Showing): Clean {
  const value = record[member];
  if (value === undefined || value === null || value === '') return NOTHING;
  if (isSecret(schema, member)) return cleanLine(HIDDEN);
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : counted(value.length, 'item');
  if (isRecord(value)) return labelOf(value);
  if (typeof value === 'number' && meaningOf(schema, member, 'number')?.money)
    return exactMoney(value, record.currency ?? currency);
  if (typeof value === 'number' && HOURS.test(member)) return cleanLine(Math.round(value * 100) / 100);
  if (typeof value !== 'string') return cleanLine(value);
  if (isAddressWithKeys(schema, member)) return cleanLine(urlMasked(value));
  if (readsAsDay(api, schema, member, record)) return cleanLine(value.slice(0, 10));
  if (MANAGE_TIME.test(value) && meaningOf(schema, member)?.time !== 'day') return shownMoment(value, zone);
  return cut(cleanLine(inWords(value, api.schema(schema)?.fields.get(member))), LONGEST);
}

const items = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const itemValue = ({ value, answer, extension }: JsonObject): unknown =>
  typeof value === 'string' && typeof extension === 'string' ? withExtension({ value, extension }) : (value ?? answer);

/** A secret stands beside its type: the value of a password field, the answer to a password question. */
const isHidden = ({ type, fieldType }: JsonObject): boolean => type === 'Password' || fieldType === 'Password';
const shownItem = (item: JsonObject | undefined): Clean => {
  const value = item === undefined ? undefined : itemValue(item);
  if (value === undefined || value === null || value === '') return NOTHING;
  if (item !== undefined && isHidden(item)) return cleanLine(HIDDEN);
  // A custom field or an answer that is a date is kept as midnight UTC.
  const isDate =
    (item?.type === 'Date' || item?.fieldType === 'Date') && typeof value === 'string' && MANAGE_TIME.test(value);
  return isDate ? cleanLine(value.slice(0, 10)) : cut(cleanLine(value), LONGEST);
};

/**
 * The facts that a text does not say already. "Mon 30 Nov 15:00-15:30" says when something starts and ends; a year is said where it
 * is not this one.
 */
export const unsaid = (facts: readonly Clean[], text: Clean): Clean[] =>
  [...new Set(facts)].filter(
    (fact) =>
      !fact
        .slice(fact.indexOf(': ') + 2)
        .split(' ')
        .every((word) => /^\d{4}$/.test(word) || text.includes(word)),
  );

/** The times and amounts of a record that is to be created, a line each: in the request they stand in UTC and without separators. */
export function createdFacts(body: unknown, showing: Showing): Clean[] {
  if (!isRecord(body)) return [];
  const isFact = (member: string, value: unknown): boolean =>
    typeof value === 'number'
      ? meaningOf(showing.schema, member, 'number')?.money === true
      : typeof value === 'string' && MANAGE_TIME.test(value);
  return Object.entries(body).flatMap(([member, value]) =>
    isFact(member, value) ? [say`${cleanLine(member)}: ${shownMember(member, body, showing)}`] : [],
  );
}

/** A way to reach somebody, which is called by its kind: `Email: a@b.example -> c@b.example`. */
const isCommunication = (item: JsonObject | undefined): boolean => item !== undefined && 'communicationType' in item;

/** Which address or number is the default of its kind, where that goes from one to another. */
function defaultChanges(before: unknown, after: unknown): Change[] {
  const [was, is] = [before, after].map(
    (list) =>
      new Map(
        items(list).flatMap((item) => (item.defaultFlag === true ? [[item.communicationType, item] as const] : [])),
      ),
  );
  return [...(is ?? [])].flatMap(([kind, now]) => {
    const old = was?.get(kind);
    if (old === undefined || kind === undefined || old.id === now.id) return [];
    return [{ field: say`default ${cleanLine(kind)}`, before: shownItem(old), after: shownItem(now) }];
  });
}

/**
 * What a list loses, gains and changes, an item a line: custom fields by caption, answers by question, addresses and numbers by
 * their kind.
 */
function listChanges(
  member: string,
  { before, after, currency }: { before: unknown; after: unknown; currency: unknown },
): Change[] {
  const key = (item: JsonObject): string => String(item.id ?? item.questionId ?? JSON.stringify(item));
  const was = new Map(items(before).map((item) => [key(item), item]));
  const is = new Map(items(after).map((item) => [key(item), item]));
  const own = [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    // A question that was not sent keeps its answer.
    if (now === undefined && old?.questionId !== undefined) return [];
    const item = { ...old, ...now };
    const isNamed = isCommunication(item) || 'question' in item || 'caption' in item;
    const field = isCommunication(item) ? cleanLine(item.communicationType) : labelOf(item);
    if (old !== undefined && now !== undefined) {
      if (isDeepStrictEqual(itemValue(old) ?? null, itemValue(now) ?? null)) return [];
      return [{ field, before: shownItem(old), after: shownItem(now) }];
    }
    const shown = (one: JsonObject | undefined): Clean => {
      if (one === undefined) return NOTHING;
      return isNamed ? shownItem(one) : labelOf(one, currency);
    };
    return [{ field: isNamed ? field : cleanLine(member), before: shown(old), after: shown(now) }];
  });
  return [...own, ...defaultChanges(before, after)];
}

/** What work is charged to: one fact in two members, of which neither says anything alone. */
const CHARGE = { id: 'chargeToId', kind: 'chargeToType' } as const;

const fieldOf = (member: string): Clean => (member === CHARGE.id ? say`charged to` : cleanLine(member));

/** Whether a member is said with the id beside it: `charged to: service ticket 402`. */
const isKindOfCharge = (member: string, all: ReadonlySet<string>): boolean =>
  member === CHARGE.kind && all.has(CHARGE.id);

function shownField(member: string, record: ManageRecord, showing: Showing): Clean {
  const id = shownMember(member, record, showing);
  if (member !== CHARGE.id) return id;
  const kind = shownMember(CHARGE.kind, record, showing);
  return id === NOTHING || kind === NOTHING ? id : say`${kind} ${id}`;
}

/** The members that differ between two records, of those named, as a person reads them. */
export function changesOf(
  before: ManageRecord,
  after: ManageRecord,
  { members, ...showing }: Showing & { readonly members: Iterable<string> },
): Change[] {
  const all = new Set(members);
  return [...all].flatMap((member) => {
    const [was, is] = [before[member], after[member]];
    // Another name of the same record is no change of the one that refers to it.
    if (isKindOfCharge(member, all) || isSameRecord(was, is)) return [];
    if (Array.isArray(was ?? is))
      return listChanges(member, { before: was, after: is, currency: after.currency ?? showing.currency });
    const shown = (record: ManageRecord): Clean => shownField(member, record, showing);
    const change = { field: fieldOf(member), before: shown(before), after: shown(after) };
    return change.before === change.after ? unseen(change, was, is) : [change];
  });
}

/** Whether two references of one name are two records: each company has a site "Main". */
const isAnother = (was: unknown, is: unknown): boolean => isRecord(was) && isRecord(is) && was.id !== is.id;

/** Characters before the place at which two long texts begin to differ. */
const LEAD = 30;

/**
 * A change that does not show, because both sides read the same: another record of the same name, a text that differs behind what a
 * line has room for, a secret.
 */
function unseen(change: Change, was: unknown, is: unknown): Change[] {
  if (isRecord(was) && isRecord(is) && isAnother(was, is)) {
    const withId = (shown: Clean, { id }: JsonObject): Clean => say`${shown} (id ${cleanLine(id)})`;
    return [{ ...change, before: withId(change.before, was), after: withId(change.after, is) }];
  }
  if (typeof was !== 'string' || typeof is !== 'string') return [];
  const isSecretOne = change.after === cleanLine(HIDDEN);
  if (isSecretOne) return was === is ? [] : [{ ...change, after: say`another one (${change.after})` }];
  const [old, now] = [cleanLine(was), cleanLine(is)];
  // Shorter ones are shown whole, in words of their own: days, moments, choices.
  if (old === now || Math.max(old.length, now.length) <= LONGEST) return [];
  let from = 0;
  while (old[from] === now[from]) from += 1;
  const part = (text: string): Clean => cut(say`... ${cleanLine(text.slice(Math.max(0, from - LEAD)))}`, LONGEST);
  return [{ ...change, before: part(old), after: part(now) }];
}

/** The members that have already what they are to get, as `serviceLocation is Remote already`; lists are told by their changes. */
export const alreadySo = (
  before: ManageRecord,
  members: ManageRecord,
  { changes, ...showing }: Showing & { readonly changes: readonly Change[] },
): Clean[] => {
  const all = new Set(Object.keys(members));
  return [...all]
    .filter((member) => !Array.isArray(before[member] ?? members[member]))
    .filter((member) => !isAnother(before[member], members[member]))
    .filter((member) => !isKindOfCharge(member, all))
    .filter((member) => changes.every(({ field }) => field !== fieldOf(member)))
    .map((member) => {
      const value = shownField(member, before, showing);
      return say`${fieldOf(member)} is ${value === NOTHING ? say`empty` : value} already`;
    });
};

/** `status: New -> Assigned`, a change a line. */
export const changeLines = (changes: readonly Change[]): Clean =>
  joined(
    changes.map(({ field, before, after }) => say`${field}: ${before} -> ${after}`),
    '\n',
  );

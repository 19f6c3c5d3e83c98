import { isDeepStrictEqual } from 'node:util';
import { isRecord, type JsonObject } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { type Showing, shownMember } from './changes.ts';
import { mergedCustomFields } from './custom-fields.ts';

/** A value without what Manage adds to it: references by their ids. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isRecord(value)) return value === '' ? undefined : (value ?? undefined);
  if (value.id !== undefined && (value.name !== undefined || value.identifier !== undefined)) return { id: value.id };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => name !== '_info' && member !== undefined && member !== null)
      .map(([name, member]) => [name, bare(member)]),
  );
}

const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(bare(a), bare(b));

const isItems = (value: unknown): value is JsonObject[] => Array.isArray(value) && value.every(isRecord);

/** Items of a list as they are now, with those changed, added and taken away that a change meant to. */
function mergedItems(before: readonly JsonObject[], wanted: readonly JsonObject[], now: readonly JsonObject[]) {
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Map(now.map((item) => [item.id, item]));
  const isChanged = (item: JsonObject): boolean => {
    const old = was.get(item.id);
    return old === undefined || Object.entries(item).some(([name, value]) => !same(value, old[name]));
  };
  const kept = wanted.flatMap((item) => {
    if (item.id === undefined || isChanged(item)) return [item];
    const present = is.get(item.id);
    return present === undefined ? [] : [present];
  });
  const wantedIds = new Set(wanted.map(({ id }) => id));
  return [...kept, ...now.filter(({ id }) => !was.has(id) && !wantedIds.has(id))];
}

/** The members that a change sets, brought up to date: in lists, what somebody else changed since they were read stays. */
export function mergedMembers(before: ManageRecord, members: ManageRecord, now: ManageRecord): ManageRecord {
  const merged = Object.entries(members).map(([member, wanted]): [string, unknown] => {
    const [was, is] = [before[member], now[member]];
    if (member === 'customFields' && Array.isArray(wanted)) return [member, mergedCustomFields(before, members, now)];
    if (!isItems(wanted) || !isItems(was) || !isItems(is) || same(was, is)) return [member, wanted];
    return [member, mergedItems(was, wanted, is)];
  });
  return Object.fromEntries(merged);
}

/** Whom Manage names as the last to change a record. */
const changedBy = ({ _info }: ManageRecord): string | undefined =>
  isRecord(_info) && typeof _info.updatedBy === 'string' ? _info.updatedBy : undefined;

export interface Meanwhile {
  /** What the record was when it was read. */
  readonly before: ManageRecord;
  readonly now: ManageRecord;
  /** What the caller was told of it last, which may be newer. */
  readonly told?: ManageRecord | undefined;
  /** Members as they are to be. */
  readonly members: ManageRecord;
  /** Members that matter although they are not set, such as whether a ticket is closed. */
  readonly watched?: readonly string[];
}

/**
 * Refuses a change of members that somebody else changed since they were read, so that a person, or a model, decides on what is
 * there now. Lists are merged instead; a member that has the wanted value already is no matter.
 * @throws {ToolInputError} which says what was changed, from what, to what, by whom
 */
export function refuseChanged({ before, now, told, members, watched = [] }: Meanwhile, showing: Showing): void {
  const isPlain = (member: string): boolean => !Array.isArray(before[member]) && !Array.isArray(members[member]);
  // Of a record of which only a part was read, what is missing is not known.
  const isRead = (member: string): boolean => member in before || isRecord(before._info);
  const named = Object.keys(members).filter((member) => members[member] !== undefined);
  const changed = [...named, ...watched].filter(
    (member) =>
      isPlain(member) &&
      isRead(member) &&
      !same(before[member], now[member]) &&
      !(told !== undefined && told !== before && same(told[member], now[member])) &&
      !(member in members && same(members[member], now[member])),
  );
  const [first] = changed;
  if (first === undefined) return;
  const by = changedBy(now);
  const whom = by === undefined ? say`` : say` by ${cleanLine(by)}`;
  const what: Clean[] = changed.map(
    (member) =>
      say`${cleanLine(member)} was ${shownMember(member, before, showing)} and is ${shownMember(member, now, showing)}`,
  );
  throw new ToolInputError(
    first,
    say`The record was changed${whom} since it was read: ${joined(what, '; ')}. Nothing was written over it.`,
    { next: 'Tell the person; if the change is still wanted, make the same call again.' },
  );
}

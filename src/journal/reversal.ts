import { isDeepStrictEqual } from 'node:util';
import type { ApiDescription, Operation } from '../api/index.ts';
import { HIDDEN, isAddressWithKeys, meaningOf } from '../api/meanings.ts';
import { isRecord, type JsonObject } from '../json.ts';
import type { ManageRecord } from '../manage/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { type Entry, filledIn } from './entry.ts';
import { keptShort } from './kept-values.ts';

/** What takes a write back. */
export interface Reversal {
  readonly entry: Entry;
  /** As `DELETE /service/tickets/{id}`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, string | number>>;
  /** What a change goes back to; `null` empties. What a deletion's record was, for its creation. Nothing for a removal. */
  readonly members?: JsonObject;
  /** Members that held secrets, which the journal does not keep: a record that is created again is without them. */
  readonly lost?: readonly string[];
  /** Where the record is read that is to be taken back, to see that it is still as it was written; nothing for deletions. */
  readonly read?: string;
}

/** A write that cannot be taken back, with the reason. */
export class CannotUndo extends Error {
  readonly why: Clean;

  constructor(why: Clean) {
    super(why);
    this.name = 'CannotUndo';
    this.why = why;
  }
}

const refuse = (why: Clean): never => {
  throw new CannotUndo(why);
};

/** What the last step of a path does that no other request takes back. */
const FINAL: readonly (readonly [RegExp, Clean])[] = [
  [/\/merge\/?$/i, say`Manage cannot take merged records apart`],
  [/\/tickets\/.*\/convert\w*\/?$/i, say`convert_ticket turns the ticket back`],
  [/\/convert\w*\/?$/i, say`Manage cannot turn a converted record back`],
  [/\/attachChildren\/?$/i, say`detach the tickets in Manage`],
  [
    /\/changeType\/?$/i,
    say`answers go with the old type; save_configuration with that type changes it back without them`,
  ],
  [/\/(submit|approve|reject|reverse)\/?$/i, say`it went through approval, which keeps its history`],
  [/\/(deactivate)\/?$/i, say`what the member had was handed over; activate them in Manage`],
  [/\/(requestPassword|tokens)\/?$/i, say`it gave somebody access`],
];

/** Where a new record of a collection is read and removed. */
const memberPath = ({ path }: Operation): string => `${path.replace(/\/$/, '')}/{id}`;

/** Mail that went out with a write. Members that mail by default count where they were not sent as false. */
function mailed({ effects = [] }: Entry): boolean {
  return effects.includes('mails');
}

/** Where what is stored tells whether a write happened. */
function howToTell(entry: Entry, api: ApiDescription): Clean {
  const [method = '', template = ''] = entry.operation.split(' ', 2);
  if (api.find(`GET ${template}`) === undefined) return say`Look in Manage, and change it by hand if need be`;
  const look = say`Look with call_read_operation at GET ${cleanLine(filledIn(template, entry))}`;
  if (method === 'POST') return say`${look} whether there is one more, and remove it by hand if it must not be there`;
  if (method === 'DELETE') return say`${look}: where it is gone, it happened`;
  const known = entry.before === undefined ? say`` : say`, where list_changes with its id shows what was there before`;
  return say`${look}${known}, and change it by hand if need be`;
}

/**
 * What takes a write back: a creation is removed, a change goes back to what was before, a deletion is created again.
 * @throws {CannotUndo} with the reason: it did not happen, it was taken back already, or Manage has no way back
 */
export function reversalOf(entry: Entry, api: ApiDescription): Reversal {
  const { operation: name, outcome, undoneBy } = entry;
  if (outcome === 'failed') refuse(say`it failed, so there is nothing to undo`);
  if (outcome === 'unknown') refuse(say`nobody knows whether it happened. ${howToTell(entry, api)}`);
  if (undoneBy !== undefined) refuse(say`it was undone already by ${cleanLine(undoneBy)}; undo that to bring it back`);
  const operation = api.find(name);
  if (operation === undefined) return refuse(say`this version of the API has no ${cleanLine(name)}`);
  const final = FINAL.find(([pattern]) => pattern.test(operation.path))?.[1];
  if (final !== undefined) refuse(final);
  if (operation.request?.kind === 'array') refuse(say`it changed many records at once, which are not kept one by one`);
  if (operation.method === 'POST') return removal(entry, operation, api);
  if (operation.method === 'DELETE') return creation(entry, operation, api);
  return change(entry, operation, api);
}

/** Whether a member, or something in it, was a secret when it was written down. */
const heldSecret = (schema: string | undefined, member: string, value: unknown): boolean =>
  JSON.stringify(value).includes(HIDDEN) ||
  (isAddressWithKeys(schema, member) && /[?&;][^=]*=hidden(&|$)|:hidden@/.test(String(value)));

function removal(entry: Entry, operation: Operation, api: ApiDescription): Reversal {
  const place = memberPath(operation);
  const read = `GET ${place}`;
  const kind = api.find(read)?.response.schema;
  if (entry.created === undefined || kind !== operation.response.schema || api.find(`DELETE ${place}`) === undefined)
    return refuse(say`Manage lets no program take that back by itself`);
  if (mailed(entry)) refuse(say`people were mailed about it, and mail cannot be taken back`);
  const path = { ...entry.path, id: entry.created };
  return { entry, operation: `DELETE ${place}`, path, read };
}

/** What is not like new when it is created again. */
const STAYS: readonly (readonly [RegExp, Clean])[] = [
  [/^\/system\/documents\/\{\w+\}\/?$/i, say`the file itself is not kept`],
  [/^\/company\/companies\/\{\w+\}\/?$/i, say`Manage keeps deleted companies; restore it there`],
];

/** Rows that go by the id of another record: who is in a marketing group. */
const OF_ANOTHER = /^Marketing(Contact|Company)$/;

function creation(entry: Entry, operation: Operation, api: ApiDescription): Reversal {
  const place = operation.path.replace(/\/\{[^}]+\}\/?$/, '');
  const post = api.find(`POST ${place}`);
  const { before } = entry;
  const stays = STAYS.find(([pattern]) => pattern.test(operation.path))?.[1];
  if (stays !== undefined) refuse(stays);
  if (post?.request?.kind !== 'object' || place === operation.path)
    return refuse(say`Manage has no request that creates such a record again`);
  if (before === undefined) return refuse(say`what was deleted could not be read before`);
  const { request, pathParameters } = post;
  const schema = request.schema ?? '';
  const isLink = /Reference$/.test(schema);
  const fields = api.schema(schema)?.fields;
  const members = Object.entries(before).filter(([member]) => {
    if (isLink) return member === 'id';
    if (member === 'id') return OF_ANOTHER.test(schema);
    const { onWrite, mails } = meaningOf(schema, member) ?? {};
    // Nobody is mailed once more.
    return fields?.has(member) === true && mails === undefined && (onWrite === undefined || onWrite === 'createOnly');
  });
  const lost = members.filter(([member, value]) => heldSecret(schema, member, value)).map(([member]) => member);
  // It would be created, and lead nowhere.
  if (lost.some((member) => isAddressWithKeys(schema, member)))
    refuse(say`its address holds a key, which the journal does not keep`);
  const names = pathParameters.map((parameter) => parameter.name);
  const path = Object.fromEntries(Object.entries(entry.path).filter(([parameter]) => names.includes(parameter)));
  const kept = members.filter(([member]) => !lost.includes(member));
  return { entry, operation: `POST ${place}`, path, members: Object.fromEntries(kept), lost };
}

function change(entry: Entry, operation: Operation, api: ApiDescription): Reversal {
  const { before, after = {}, path } = entry;
  const patch = `PATCH ${operation.path}`;
  const read = `GET ${operation.path}`;
  if (before === undefined || api.find(patch) === undefined || api.find(read) === undefined)
    return refuse(say`what was there before could not be read`);
  const schema = api.find(read)?.response.schema;
  const was = keptShort(before, schema) as JsonObject;
  const members = Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((member) => !isDeepStrictEqual(was[member], after[member]))
      .map((member) => [member, before[member] ?? null]),
  );
  const hidden = Object.keys(members).filter((member) => heldSecret(schema, member, members[member]));
  if (hidden.length > 0)
    refuse(say`${joined(hidden.map(cleanLine), ', ')} holds a secret, which the journal does not keep`);
  if (Object.keys(members).length === 0) refuse(say`it changed nothing`);
  return { entry, operation: patch, path, members, read };
}

/** States in which a record belongs to others: to who approves, bills or audits it. */
const BOUND: Readonly<Record<string, (record: ManageRecord) => Clean | undefined>> = {
  TimeEntry: (record) => boundBySheet(record, 'timeSheet'),
  ExpenseEntry: (record) => boundBySheet(record, 'expenseReport'),
};

const idOf = (value: unknown): number => (isRecord(value) ? Number(value.id) : Number.NaN);

function boundBySheet(record: ManageRecord, sheet: 'timeSheet' | 'expenseReport'): Clean | undefined {
  if (idOf(record.invoice) > 0) return say`it is on invoice ${idOf(record.invoice)}`;
  const { status } = record;
  if (status === undefined || /^(open|rejected)$/i.test(String(status))) return undefined;
  return say`its ${sheet === 'timeSheet' ? say`time sheet` : say`expense report`} is ${cleanLine(status)}`;
}

/** Whether a member says something: Manage fills in zeros and `false` by itself. */
const isFilled = (value: unknown): boolean =>
  Boolean(value) &&
  !(Array.isArray(value) && value.length === 0) &&
  !(isRecord(value) && Object.keys(value).length === 0);

/**
 * Checks that a record may still be taken back: that it is as it was written, and nobody has built on it.
 * @param now the record as it is
 * @throws {CannotUndo} naming what changed since
 */
export function checkUnchanged({ entry, operation, members, read }: Reversal, now: ManageRecord, api: ApiDescription) {
  const schema = read === undefined ? undefined : api.find(read)?.response.schema;
  const bound = BOUND[schema ?? '']?.(now);
  if (bound !== undefined) refuse(bound);
  const { after = {} } = entry;
  const is = keptShort(now, schema) as JsonObject;
  const isWritable = (member: string): boolean => meaningOf(schema ?? '', member)?.onWrite === undefined;
  const watched = operation.startsWith('PATCH') ? Object.keys(members ?? {}) : Object.keys(after).filter(isWritable);
  // What was empty at first and is not any more was written by somebody as well.
  const filled = operation.startsWith('PATCH')
    ? []
    : Object.keys(is).filter((member) => isFilled(is[member]) && after[member] === undefined && isWritable(member));
  const changed = [...watched, ...filled].filter((member) => !isDeepStrictEqual(is[member], after[member]));
  if (changed.length > 0)
    refuse(say`${joined(changed.map(cleanLine), ', ')} changed since, and undoing would overwrite that`);
}

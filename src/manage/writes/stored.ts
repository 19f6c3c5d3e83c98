import type { Field, Schemas } from '../../api/index.ts';
import { isSecret, meaningOf } from '../../api/meanings.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import type { PatchOperation } from '../client.ts';

/** What a comparison needs to know of the record. */
export interface RecordKind {
  readonly api: Schemas;
  /** Name of the record's schema, for example `Ticket`. */
  readonly schema: string | undefined;
  /** The record before the write: custom fields that were not sent have to be as they were. */
  readonly before?: JsonObject;
  /** Whether members that Manage derives or ignores are compared as well, to say that they were sent in vain. */
  readonly withIgnored?: boolean;
  /**
   * Whether lists have to be equal in every item and in order, and a time that was sent is no day: what an item that was read goes
   * back without has to be gone. For writes that are not known to have been made, which are sent in doubt; Manage's own answer may
   * order a list otherwise.
   */
  readonly exact?: boolean;
  /** Whether lists may hold more than was sent: a POST adds to those that were there, as to the lines of a forecast. */
  readonly adds?: boolean;
}

/** What a comparison found. */
export interface Comparison {
  /** Members that are not stored as they were sent. */
  readonly differing: readonly string[];
  /** How many members could be compared. */
  readonly compared: number;
}

/** Members that Manage ends with a separator of its own. */
const TRAILING = new Set(['automaticemailcc']);

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (isRecord(value) && Object.values(value).every(isEmpty));

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (isText(value) && /^-?(\d+\.?\d*|\.\d+)$/.test(value.trim()));
const isFlag = (value: unknown): boolean =>
  typeof value === 'boolean' || (isText(value) && /^(true|false)$/i.test(value.trim()));
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/;
const MIDNIGHT = /T00:00:00(\.0+)?Z?$/;

const HOUR_MS = 3_600_000;

/** Whether a midnight stands for the day of a moment, in some zone of the earth: from 12 hours behind UTC to 14 ahead of it. */
function isDayOf(sent: string, kept: string): boolean {
  if (!MOMENT.test(sent) || MIDNIGHT.test(sent) || !sent.includes('T')) return false;
  const days = [-12, 14].map((hours) => new Date(instant(sent) + hours * HOUR_MS).toISOString().slice(0, 10));
  return days.includes(kept.slice(0, 10));
}

/** What Manage shows in place of a secret. */
const MASK = /^[*•]+$/;

const instant = (text: string): number => Date.parse(/T.*[^Z]$/.test(text) ? `${text}Z` : text);

const sameText = (a: string, b: string): boolean =>
  a.replace(/\r\n?/g, '\n').trim() === b.replace(/\r\n?/g, '\n').trim();

/** Scalars as Manage coerces them: "True" is a flag, "2.5" a number, times are whole seconds. */
function sameScalar(sent: unknown, kept: unknown, field: Field | undefined): boolean {
  if (isFlag(sent) && isFlag(kept)) return String(sent).trim().toLowerCase() === String(kept).trim().toLowerCase();
  const numeric = field?.type !== 'string' && isNumeric(sent) && isNumeric(kept);
  if (numeric) return Number(sent) === Number(kept);
  const [a, b] = [String(sent), String(kept)];
  if (field?.enum !== undefined) return a.trim().toLowerCase() === b.trim().toLowerCase();
  if (MOMENT.test(a) && MOMENT.test(b)) return Math.floor(instant(a) / 1000) === Math.floor(instant(b) / 1000);
  return sameText(a, b);
}

/** References by id; where none was sent, by what was: Manage takes a name, or an identifier, in its place. */
function sameReference(sent: JsonObject, kept: unknown): boolean {
  if (!isRecord(kept)) return false;
  if (!isEmpty(sent.id)) return Number(sent.id) === Number(kept.id);
  const given = Object.entries(sent).filter(([name, value]) => name !== '_info' && !isEmpty(value));
  return given.every(([name, value]) => {
    const has = kept[name];
    return has !== undefined && sameText(String(has).toLowerCase(), String(value).toLowerCase());
  });
}

class Comparer {
  readonly #kind: RecordKind;
  compared = 0;

  constructor(kind: RecordKind) {
    this.#kind = kind;
  }

  /** Members of an object that differ, as paths behind `at`. */
  members(sent: JsonObject, kept: JsonObject, schema: string | undefined): string[] {
    return Object.entries(sent)
      .filter(([name, value]) => !this.#member({ name, sent: value, kept: kept[name], schema }))
      .map(([name]) => name);
  }

  /** The members of a PATCH that differ. What was changed twice is what the last step made of it. */
  steps(steps: readonly PatchOperation[], kept: JsonObject, schema: string | undefined): string[] {
    const last = new Map(steps.map((step) => [step.path.replace(/^\//, ''), step]));
    return [...last].filter(([path, step]) => !this.#step(path.split('/'), step, kept, schema)).map(([path]) => path);
  }

  #step(path: readonly string[], { op, value }: PatchOperation, record: unknown, schema: string | undefined): boolean {
    const [name = '', ...rest] = path;
    const { api } = this.#kind;
    const field = schema === undefined ? undefined : api.schema(schema)?.fields.get(name);
    if (rest.length === 0) {
      const kept = isRecord(record) ? record[name] : undefined;
      return this.#member({ name, sent: op === 'remove' ? null : value, kept, schema });
    }
    const inside = isRecord(record) ? record[name] : undefined;
    const within = field?.items?.schema ?? field?.schema;
    if (!Array.isArray(inside)) return this.#step(rest, { op, path: rest.join('/'), value }, inside, within);
    // A place in a list moves when one before it goes: what was added or set has to be somewhere in it.
    this.compared += 1;
    const [place = '', ...deeper] = rest;
    if (deeper.length > 0) return this.#step(deeper, { op, path: '', value }, inside[Number(place)], within);
    if (op === 'remove') return false;
    return inside.some((item) => this.#value(value, item, field?.items));
  }

  #member({ name, sent, kept, schema }: { name: string; sent: unknown; kept: unknown; schema: string | undefined }) {
    const { api, before, withIgnored = false } = this.#kind;
    const field = schema === undefined ? undefined : api.schema(schema)?.fields.get(name);
    const meaning = schema === undefined ? undefined : meaningOf(schema, name, field?.type);
    if (name === '_info' || sent === undefined) return true;
    if (meaning?.onWrite === 'createOnly' || meaning?.secret || isSecret(schema ?? '', name)) return true;
    // A flag that mails is an order, not a value: some records keep it, most do not.
    if (meaning?.mails !== undefined && kept === undefined) return true;
    const ownId = name === 'id' && schema === this.#kind.schema;
    if (ownId || (meaning?.onWrite !== undefined && name !== 'id' && !withIgnored)) return true;
    this.compared += 1;
    if (name === 'customFields' && Array.isArray(sent)) return this.#customFields(sent, kept, before?.customFields);
    if (name === 'questions' && Array.isArray(sent)) return this.#answers(sent, kept);
    if (TRAILING.has(name.toLowerCase()) && isText(sent) && isText(kept))
      return sameText(sent.replace(/[;\s]+$/, ''), kept.replace(/[;\s]+$/, ''));
    const isDay = meaning?.time === 'day' || (meaning?.dayAtMidnight && this.#isDay(sent, kept));
    if (isDay && isText(sent) && isText(kept))
      return sent.slice(0, 10) === kept.slice(0, 10) || (meaning?.time !== 'day' && isDayOf(sent, kept));
    return this.#value(sent, kept, field);
  }

  /** Whether a member that may be a day is one. Before a write, a day without a time does not hold the time that it is to get. */
  #isDay(sent: unknown, kept: unknown): boolean {
    const isMidnight = (value: unknown): boolean => isText(value) && (MIDNIGHT.test(value) || !value.includes('T'));
    return isMidnight(kept) && (this.#kind.exact !== true || isMidnight(sent));
  }

  #value(sent: unknown, kept: unknown, field: Field | undefined): boolean {
    if (Array.isArray(sent)) return this.#list(sent, Array.isArray(kept) ? kept : [], field?.items);
    if (isEmpty(sent)) return isEmpty(kept) || (Array.isArray(kept) && kept.length === 0);
    // A flag that is not there is not set.
    if (kept === undefined && isFlag(sent)) return String(sent).toLowerCase() === 'false';
    if (isRecord(sent)) {
      if (field?.type === 'reference') return sameReference(sent, kept);
      return isRecord(kept) && this.members(sent, kept, field?.schema).length === 0;
    }
    return (
      !isRecord(kept) && !Array.isArray(kept) && kept !== undefined && kept !== null && sameScalar(sent, kept, field)
    );
  }

  /** Whether two lists hold the same. Records in a list have no order but what they say themselves; plain values have. */
  #list(sent: readonly unknown[], kept: readonly unknown[], items: Field | undefined): boolean {
    if (sent.length !== kept.length && !(this.#kind.adds && sent.length < kept.length)) return false;
    if (!sent.every(isRecord) || this.#kind.exact)
      return sent.every((item, index) => this.#item(item, kept[index], items));
    const left = [...kept];
    // Those with an id first, so that one without does not take the place of theirs.
    const named = (item: JsonObject): number => (isEmpty(item.id) ? 1 : 0);
    return [...sent]
      .sort((a, b) => named(a) - named(b))
      .every((item) => {
        const at = left.findIndex((have) => this.#item(item, have, items));
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
      });
  }

  #item(sent: unknown, kept: unknown, items: Field | undefined): boolean {
    if (!isRecord(sent) || !isRecord(kept) || isEmpty(sent.id)) return this.#value(sent, kept, items);
    return Number(sent.id) === Number(kept.id) && this.#value(sent, kept, items) && !this.#hasLeft(sent, kept, items);
  }

  /** Whether an item that was read and went back without a member still has it. References are told by their ids alone. */
  #hasLeft(sent: JsonObject, kept: JsonObject, items: Field | undefined): boolean {
    if (!this.#kind.exact || items?.type === 'reference') return false;
    const fields = this.#kind.api.schema(items?.schema ?? '')?.fields;
    return Object.entries(kept).some(
      ([name, value]) => !(name in sent) && name !== '_info' && fields?.has(name) === true && !isEmpty(value),
    );
  }

  /** Answers by question: a record holds those of the questions that were not sent as well. Passwords are given back masked. */
  #answers(sent: readonly unknown[], kept: unknown): boolean {
    const stored = (Array.isArray(kept) ? kept : []).filter(isRecord);
    return sent.filter(isRecord).every(({ questionId, answer }) => {
      const have = stored.find((entry) => Number(entry.questionId) === Number(questionId))?.answer;
      return (isText(have) && MASK.test(have)) || this.#value(answer, have, undefined);
    });
  }

  /** Those that were sent by id and value; the others as they were. */
  #customFields(sent: readonly unknown[], kept: unknown, before: unknown): boolean {
    const customValue = (list: unknown, id: unknown): unknown =>
      (Array.isArray(list) ? list : []).filter(isRecord).find((entry) => Number(entry.id) === Number(id))?.value;
    const fields = sent.filter(isRecord);
    const others = (Array.isArray(before) ? before : [])
      .filter(isRecord)
      .filter(({ id }) => !fields.some((entry) => Number(entry.id) === Number(id)));
    return [...fields, ...others].every(({ id, value }) => this.#value(value, customValue(kept, id), undefined));
  }
}

/** Compares what was sent with a record; see `stored`. */
export function compareStored(sent: unknown, record: JsonObject, kind: RecordKind): Comparison {
  const comparer = new Comparer(kind);
  let differing: readonly string[] = ['body'];
  if (Array.isArray(sent)) differing = comparer.steps(sent as PatchOperation[], record, kind.schema);
  else if (isRecord(sent)) differing = comparer.members(sent, record, kind.schema);
  return { differing, compared: comparer.compared };
}

/**
 * The members of a request that a record does not hold as they were sent. Compares by equality, as Manage stores: references by id
 * (or by the name or identifier that was sent in its place), days without their time, text that Manage takes for a number or a
 * flag, lists whole. What is never given back (secrets, members that count on creation only) is not compared.
 * @param sent the body of a POST or PUT, or the steps of a PATCH
 * @param record as it was read after the write
 */
export const stored = (sent: unknown, record: JsonObject, kind: RecordKind): readonly string[] =>
  compareStored(sent, record, kind).differing;

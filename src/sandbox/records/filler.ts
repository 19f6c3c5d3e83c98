import type { ApiDescription } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { readPath } from '../../query/index.ts';
import { placeOfReference } from '../reference-places.ts';
import { expand, idOf, isLive } from '../references.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { plainTemplate } from '../store/templates.ts';
import { type Copied, copiedMembers } from './copied.ts';
import { defaultsOf } from './defaults.ts';
import { informationOf } from './information.ts';
import { readOf } from './read-of.ts';
import { RecordTexts } from './record-texts.ts';
import { type RecordText, textWriter } from './text-writer.ts';

/** How a query reads a path of a record. */
export interface Reading {
  readonly read: (record: SandboxRecord) => unknown;
  /** Whether the value follows from the record alone: what follows from others changes without the record being written. */
  readonly isOwn: boolean;
}

/** How the records of one collection are shown. */
export interface Filled {
  /** The whole record, a new one: with what the server fills in, complete references, and `_info` as this kind of record has it. */
  whole(record: SandboxRecord): SandboxRecord;
  /** The same of some members only, which are named in lower case. */
  part(members: ReadonlySet<string>): (record: SandboxRecord) => SandboxRecord;
  /** How a path is read, as if every record were whole. */
  reading(path: readonly string[]): Reading;
  /** Writes the members of whole records of this schema as JSON, in a fraction of the time; `undefined` where no schema is known. */
  readonly written?: { readonly schema: string; readonly text: RecordText };
}

/** Clients choose the host that links lead to; texts are kept for a few. */
const MOST_ROOTS = 4;

const UNFILLED: Filled = {
  whole: (record) => ({ ...record, ...(isRecord(record._info) && { _info: { ...record._info } }) }),
  part: () => UNFILLED.whole,
  reading: (path) => ({ read: (record) => readPath(record, path), isOwn: true }),
};

/**
 * Records are stored as they were written and shown whole: what is the same for every record of a schema is worked out once and
 * applied when a record is read, filtered or ordered. So fifty thousand tickets keep only what tells them apart.
 */
export class Filler {
  readonly #api: ApiDescription;
  readonly #store: () => Store;
  /** By template as it is written, and schema where one is named: asked for with every request. */
  readonly #known = new Map<string, Filled>();
  /** Completed references by the object that was stored, which seeded records share. */
  readonly #references = new WeakMap<object, Record<string, unknown>>();
  /** Completed lists of custom fields, which records without values share. */
  readonly #lists = new WeakMap<object, unknown>();

  readonly #texts = new Map<string, RecordTexts>();

  /** @param store asked for when a record is read; the store itself reads through this. */
  constructor(api: ApiDescription, store: () => Store) {
    this.#api = api;
    this.#store = store;
  }

  /** How records of a collection are shown; by their list's schema where `schema` names no other. */
  of(template: string, schema?: string): Filled {
    const key = schema === undefined ? template : `${template} ${schema}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const stored = readOf(this.#api, template)?.response.schema;
    const name = schema ?? stored;
    const made = name === undefined ? UNFILLED : this.#make(plainTemplate(template), name, stored);
    this.#known.set(key, made);
    return made;
  }

  /** Texts of what records share, with links that lead to `root`. */
  texts(root: string): RecordTexts {
    const known = this.#texts.get(root);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_ROOTS) this.#texts.clear();
    const made = new RecordTexts(root);
    this.#texts.set(root, made);
    return made;
  }

  /** @param stored schema of the records themselves, which `/info` shows under another */
  #make(template: string, name: string, stored: string | undefined): Filled {
    const schema = this.#api.schema(name);
    if (schema === undefined) return UNFILLED;
    const values = new Map<string, Copied>();
    const constants = new Map(defaultsOf(schema));
    const world = { store: this.#store(), api: this.#api };
    const copied = new Map(copiedMembers(schema, template, world));
    const own = stored === name ? undefined : this.#api.schema(stored ?? '');
    if (own !== undefined) {
      for (const [member, value] of defaultsOf(own)) if (schema.fields.has(member)) constants.set(member, value);
      for (const [member, how] of copiedMembers(own, template, world))
        if (schema.fields.has(member)) copied.set(member, how);
    }
    for (const [member, value] of constants) values.set(member, { value: () => value, isOwn: true });
    for (const [member, how] of copied) values.set(member, how);
    // Of lists, those of references: the types of a company.
    const references = [...schema.fields].flatMap(([member, field]) => {
      const target = field.type === 'array' ? field.items?.schema : field.schema;
      return target !== undefined && placeOfReference(target) !== undefined ? [[member, target] as const] : [];
    });
    const schemaOf = new Map(references);
    const spelled = new Map([...schema.fields.keys()].map((member) => [member.toLowerCase(), member]));
    const information = schema.fields.has('_info') ? informationOf(name) : undefined;
    const members = [...schema.fields.keys()].map(
      (member) => [member, values.get(member)?.value, schemaOf.get(member)] as const,
    );
    const wholeOf = (record: SandboxRecord, some: typeof members): SandboxRecord => {
      const whole: Record<string, unknown> = {};
      for (const [member, fill, target] of some) {
        const value = record[member] ?? fill?.(record);
        if (value !== undefined) whole[member] = target === undefined ? value : this.#completeAll(value, target);
      }
      if (whole.customFields !== undefined) whole.customFields = this.#customFields(whole.customFields);
      for (const member in record) if (!schema.fields.has(member)) whole[member] = record[member];
      if (information !== undefined) whole._info = information(record);
      return whole as SandboxRecord;
    };
    const text = textWriter({
      members: members.map(([member, , target]) => ({ member, fill: copied.get(member)?.value, target })),
      constants,
      information,
      valueText: ({ member, target }, value, texts) => {
        if (member === 'customFields') return this.#customFieldsText(value, texts);
        return target === undefined ? texts.of(value) : this.#referencesText(value, target, texts);
      },
    });
    return {
      written: { schema: name, text },
      whole: (record) => wholeOf(record, members),
      part: (asked) => {
        const some = members.filter(([member]) => asked.has(member.toLowerCase()));
        return (record) => wholeOf(record, some);
      },
      reading: (path) => {
        const [first = '', ...rest] = path;
        const member = spelled.get(first.toLowerCase());
        const filled = member === undefined ? undefined : values.get(member);
        // A reference is stored with its id: nothing has to be looked up for that.
        const isLookedUp = rest.length > 0 && rest[0]?.toLowerCase() !== 'id';
        const target = member === undefined || !isLookedUp ? undefined : schemaOf.get(member);
        if (member === undefined || (filled === undefined && target === undefined))
          return { read: (record) => readPath(record, path), isOwn: true };
        const read = (record: SandboxRecord): unknown => {
          const found = readPath(record, path);
          if (found !== undefined) return found;
          const stored = record[member] ?? filled?.value(record);
          if (rest.length === 0) return stored;
          if (!isRecord(stored)) return undefined;
          return readPath(target === undefined ? stored : this.#complete(stored, target), rest);
        };
        return { read, isOwn: filled?.isOwn !== false && !(target !== undefined && isLive(target)) };
      },
    };
  }

  #completeAll(value: unknown, schema: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#completeAll(item, schema));
    return isRecord(value) ? this.#complete(value, schema) : value;
  }

  #referencesText(value: unknown, schema: string, texts: RecordTexts): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.#referencesText(item, schema, texts)).join()}]`;
    if (!isRecord(value)) return texts.of(value);
    const whole = this.#complete(value, schema);
    return isLive(schema) ? texts.of(whole) : texts.shared(whole);
  }

  #customFieldsText(value: unknown, texts: RecordTexts): string {
    const whole = this.#customFields(value);
    return whole === value ? texts.of(whole) : texts.shared(whole as object);
  }

  /** Custom fields with what the served version shows of them beside the value. */
  #customFields(fields: unknown): unknown {
    const known = this.#api.schema('CustomFieldValue')?.fields;
    if (!Array.isArray(fields) || known === undefined) return fields;
    const made = this.#lists.get(fields);
    if (made !== undefined) return made;
    const whole = fields.filter(isRecord).map((field) => ({
      ...field,
      ...(known.has('connectWiseId') && { connectWiseId: guidOf(`custom field ${String(field.id)}`) }),
      // Since these are shown, so is a value that is not set.
      ...(known.has('rowNum') && {
        value: field.value ?? null,
        rowNum: 1,
        userDefinedFieldRecId: field.id,
        podId: 'custom_fields',
      }),
    }));
    this.#lists.set(fields, whole);
    return whole;
  }

  /** A reference with all that references of its schema show, as far as the record is there. */
  #complete(reference: Record<string, unknown>, schema: string): Record<string, unknown> {
    const known = this.#references.get(reference);
    if (known !== undefined) return known;
    const template = placeOfReference(schema) ?? '';
    const collection = this.#store().collection(template);
    const found = collection.get(idOf(reference) ?? 0);
    let whole = reference;
    if (found !== undefined) {
      const full = expand(found, schema, { template, parentIds: collection.parentsOf(found.id) }, this.#api);
      whole = { ...full, ...reference, _info: { ...(full._info as object), ...(reference._info as object) } };
    }
    // The server spells it with a capital in answers.
    if (schema === 'ServiceStatusReference' && whole.sort !== undefined) {
      const { sort, ...rest } = whole;
      whole = { ...rest, Sort: sort };
    }
    if (!isLive(schema)) this.#references.set(reference, whole);
    return whole;
  }
}

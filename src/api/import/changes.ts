import { usualId } from '../encoding.ts';
import type { Source, SourceBody, SourceField, SourceOperation } from './source.ts';

/**
 * What a version of the API has that the one before it has not, as `changes/VERSION.tsv` tells it.
 * @see changes/2025.1.tsv for the form and for what is mended in it
 */
export interface Changes {
  readonly version: string;
  /** Contents of the file. */
  readonly text: string;
}

const TYPES: Readonly<Record<string, SourceField['type']>> = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  moment: 'datetime',
  object: 'object',
  map: 'object',
  any: 'object',
};

/** `[]Ticket`, `text{a|b}?!`, `text#156`. */
function readType(text: string): SourceField {
  const [, list, name = '', values, longest, flags = ''] =
    /^(\[\])?([\w.]+)(?:\{(.*)\})?(?:#(\d+))?([?!]*)$/.exec(text) ?? [];
  if (name === '') throw new Error(`No type: ${text}`);
  const type = TYPES[name];
  const field: SourceField = type === undefined ? { type: 'ref', schema: name } : { type };
  if (values !== undefined) field.enum = values.split('|');
  if (longest !== undefined) field.maxLength = Number(longest);
  const whole: SourceField = list === undefined ? field : { type: 'array', items: field };
  if (flags.includes('?')) whole.nullable = true;
  if (flags.includes('!')) whole.required = true;
  return whole;
}

const bodyOf = (text: string | undefined): SourceBody | undefined =>
  text === undefined || text === '' ? undefined : { contentType: 'application/json', value: readType(text) };

/** The descriptions name no statuses: a POST creates where it takes the record that it answers with, and acts otherwise. */
function statusOf(method: string, answer: string | undefined, body: string | undefined): number {
  if (answer === undefined || answer === '') return 204;
  return method === 'POST' && body === answer ? 201 : 200;
}

const PARAMETER_TYPES: Readonly<Record<string, 'string' | 'boolean'>> = { ssoid: 'string', notifyResource: 'boolean' };

function newOperation(version: string, [method = '', path = '', answer, body]: readonly string[]): SourceOperation {
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path' as const,
    type: PARAMETER_TYPES[name] ?? (/id$/i.test(name) ? ('integer' as const) : ('string' as const)),
    required: true,
  }));
  return {
    id: usualId(method, path),
    method,
    path,
    parameters,
    request: bodyOf(body),
    response: { status: statusOf(method, answer, body), description: '', body: bodyOf(answer) },
    since: version,
  };
}

/** A member that is there already changes: what it can hold, or how much of it. */
function addMember(fields: Map<string, SourceField>, name: string, field: SourceField, since: string): void {
  const known = fields.get(name);
  if (known === undefined) fields.set(name, { ...field, since });
  else known.later = [...(known.later ?? []), { ...known, later: undefined, ...field, since }];
}

/**
 * Adds to a source what a later version has, and marks what that version no longer has.
 * @throws for a line that ends what is not there, or cannot be read
 */
export function addChanges(source: Source, { version, text }: Changes): void {
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const parts = line.split('\t');
    const [first = '', second = ''] = parts;
    if (/^[A-Z]+$/.test(first) && second.startsWith('/')) {
      source.operations.push(newOperation(version, parts));
      continue;
    }
    const ended = /^gone (.+)$/.exec(first)?.[1];
    if (ended !== undefined) {
      const gone = second.startsWith('/')
        ? source.operations.find(({ method, path }) => method === ended && path === second)
        : source.schemas.get(ended)?.get(second);
      if (gone === undefined) throw new Error(`${version} ends what is not there: ${ended} ${second}`);
      gone.until = version;
      continue;
    }
    const fields = source.schemas.get(first) ?? new Map<string, SourceField>();
    source.schemas.set(first, fields);
    for (const member of second.split('; ')) {
      const [name = '', type = ''] = member.split(' ');
      addMember(fields, name, readType(type), version);
    }
  }
}

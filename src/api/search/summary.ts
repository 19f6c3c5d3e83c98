import type { HttpMethod, Operation } from '../model.ts';
import { segmentsOf } from '../routes.ts';
import { singular, spaced } from './words.ts';

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') ?? false;

/** `a ticket`, `an invoice`; what only sounds like a vowel (`unit`, `user`) takes `a`. */
const one = (noun: string): string => `${/^(?:[aeio]|un[^i]|u[^ns])/.test(noun) ? 'an' : 'a'} ${noun}`;

const VERBS: Readonly<Record<HttpMethod, string>> = {
  GET: 'Get',
  POST: 'Create',
  PUT: 'Replace',
  PATCH: 'Change',
  DELETE: 'Delete',
};

/** What an operation does, in a few words made from its method and path: `List notes of a ticket`, `Submit a sheet`. */
export function summaryOf({ method, path, request, response }: Operation): string {
  const segments = segmentsOf(path).slice(1);
  const last = segments.at(-1) ?? '';
  const nouns = segments.filter((segment) => !isParameter(segment)).map(spaced);
  const own = nouns.at(-1) ?? '';
  const parent = nouns.at(-2);
  const inParent =
    parent !== undefined &&
    segments.slice(0, -1).some(isParameter) &&
    !(isParameter(last) && segments.filter(isParameter).length === 1);
  const besides = parent === undefined ? '' : ` (${parent})`;
  const of = inParent ? ` of ${one(singular(parent))}` : besides;
  if (last === 'count') return `Count ${parent ?? ''}`.trim();
  if (isParameter(last)) return `${VERBS[method]} one ${singular(own)}${of}`;
  if (response.kind === 'file') return `Download ${own}${of}`;
  if (method === 'GET') return response.kind === 'array' ? `List ${own}${of}` : `Get ${own}${of}`;
  if (method === 'POST' && request?.schema !== undefined && request.schema === response.schema)
    return `Create ${one(singular(own))}${of}`;
  if (method === 'POST')
    return `${own.charAt(0).toUpperCase()}${own.slice(1)}${parent === undefined ? '' : ` ${one(singular(parent))}`}`;
  return `${VERBS[method]} ${own}${of}`;
}

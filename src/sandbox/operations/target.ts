import type { Catalog, Operation } from '../../catalog/index.ts';
import { segmentsOf } from '../../catalog/routes.ts';

/** What a path template is about: a collection, one of its records, or something of its own. */
export interface Target {
  readonly kind: 'collection' | 'item' | 'count' | 'other';
  /** Template of the collection, in the document's letter case. */
  readonly template: string;
  /** Names of the path parameters that lead to the parents, outermost first. */
  readonly parents: readonly string[];
  /** Name of the record's own path parameter. */
  readonly item: string | undefined;
}

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') ?? false;
const name = (segment: string): string => segment.slice(1, -1);
const templateOf = (segments: readonly string[]): string => `/${segments.join('/')}`;

/** `/service/info/boards` and `/service/boards/info` show the records of `/service/boards` to those with few rights. */
function withoutInfo(segments: readonly string[]): string[] {
  const [module, second, ...rest] = segments;
  if (second?.toLowerCase() === 'info' && rest.length > 0) return [module ?? '', ...rest];
  return segments.filter((segment, index) => index === 0 || segment.toLowerCase() !== 'info');
}

export function targetOf(operation: Operation, catalog: Catalog): Target {
  const segments = segmentsOf(operation.path);
  const plain = withoutInfo(segments);
  const known = plain.length === segments.length || catalog.find(`GET ${templateOf(plain)}`) !== undefined;
  const used = known ? plain : segments;
  const parents = (list: readonly string[]): string[] => list.filter(isParameter).map(name);
  const last = used.at(-1);
  if (last?.toLowerCase() === 'count') {
    const rest = used.slice(0, -1);
    return { kind: 'count', template: templateOf(rest), parents: parents(rest), item: undefined };
  }
  if (isParameter(last)) {
    const rest = used.slice(0, -1);
    return { kind: 'item', template: templateOf(rest), parents: parents(rest), item: name(last ?? '') };
  }
  const lists =
    operation.response.kind === 'array' || catalog.find(`GET ${templateOf(used)}`)?.response.kind === 'array';
  return { kind: lists ? 'collection' : 'other', template: templateOf(used), parents: parents(used), item: undefined };
}

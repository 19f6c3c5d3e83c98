import type { ApiDescription, Operation } from '../../api/index.ts';
import { segmentsOf } from '../../api/routes.ts';

/** What a path template is about: a collection, one of its records, something done with one, or something of its own. */
export interface Target {
  readonly kind: 'collection' | 'item' | 'single' | 'count' | 'usages' | 'copy' | 'bulk' | 'other';
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

/** Where the descriptions spell the way to a table in two ways. */
const ODD_PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/company\/contact\/types(?=\/|$)/, '/company/contacts/types'],
  [/^\/project\/billingRates\/\{parentId\}\/billingRates(?=\/|$)/, '/project/{parentId}/billingRates'],
  [/^\/procurement\/changeorders(?=\/|$)/, '/procurement/changeorder'],
  [/^\/finance\/accounting\/unpostedPayments(?=\/|$)/, '/finance/accounting/unpostedpayments'],
];
const plainPath = (path: string): string => ODD_PATHS.reduce((at, [odd, plain]) => at.replace(odd, plain), path);

/** Where the document spells the way to a table's `/info` otherwise than the way to the table. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^\/sales\/service\/priority(?=\/|$)/, '/service/priorities'],
  [/^\/service\/priority(?=\/|$)/, '/service/priorities'],
  [/^\/service\/slainfo(?=\/|$)/, '/service/SLAs'],
  [/^\/service\/scheduling\/members(?=\/|$)/, '/system/members'],
  [/^\/sales\/schedule\/holidaylists(?=\/|$)/, '/schedule/holidayLists'],
];

/** `/service/info/boards` and `/service/boards/info` show the records of `/service/boards` to those with few rights. */
export function withoutInfo(segments: readonly string[]): string[] {
  const [module, second, ...rest] = segments;
  const plain =
    second?.toLowerCase() === 'info' && rest.length > 0
      ? [module ?? '', ...rest]
      : segments.filter((segment, index) => index === 0 || segment.toLowerCase() !== 'info');
  if (plain.length === segments.length) return plain;
  return segmentsOf(SPELLINGS.reduce((path, [pattern, table]) => path.replace(pattern, table), templateOf(plain)));
}

/** What the last segments of a path ask of the record before them. */
function verbOf(segments: readonly string[]): 'usages' | 'copy' | undefined {
  const path = templateOf(segments).toLowerCase();
  if (/\}\/usages(\/list)?$/.test(path)) return 'usages';
  return /\}\/copy$/.test(path) ? 'copy' : undefined;
}

export function targetOf(operation: Operation, api: ApiDescription): Target {
  const segments = segmentsOf(plainPath(operation.path));
  const plain = withoutInfo(segments);
  const known =
    plain.length === segments.length ||
    ['', '/{id}'].some((end) => api.find(`GET ${templateOf(plain).replace(/\/count$/i, '')}${end}`) !== undefined);
  const used = known ? plain : segments;
  const parents = (list: readonly string[]): string[] => list.filter(isParameter).map(name);
  const place = (list: readonly string[]) => ({ template: templateOf(list), parents: parents(list) });
  const last = used.at(-1);
  if (last?.toLowerCase() === 'count') return { kind: 'count', ...place(used.slice(0, -1)), item: undefined };
  if (last?.toLowerCase() === 'bulk') return { kind: 'bulk', ...place(used.slice(0, -1)), item: undefined };
  const verb = verbOf(used);
  if (verb !== undefined) {
    const at = used.findLastIndex(isParameter);
    return { kind: verb, ...place(used.slice(0, at)), item: name(used[at] ?? '') };
  }
  if (isParameter(last)) return { kind: 'item', ...place(used.slice(0, -1)), item: name(last ?? '') };
  const list = api.find(`GET ${templateOf(used)}`)?.response.kind;
  const hasItems = api.find(`PUT ${templateOf(used)}/{id}`) !== undefined;
  // Settings with a single record: read without an id, changed by it.
  if (hasItems && operation.method === 'GET' && operation.response.kind === 'object')
    return { kind: 'single', ...place(used), item: undefined };
  const lists = operation.response.kind === 'array' || list === 'array' || hasItems;
  return { kind: lists ? 'collection' : 'other', ...place(used), item: undefined };
}

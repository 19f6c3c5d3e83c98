import type { ApiDescription, Operation } from '../../api/index.ts';
import { isReading } from '../prepare.ts';
import { REFERENCE, REFERENCE_ALONE, type Ties, tiesOf } from './ties.ts';

/** A record that an operation's path names, and that has to be within the scope. */
export interface PathRecord {
  /** The operation that reads it. */
  readonly read: Operation;
  /** Its placeholder's name in the operation's own path, and in that of `read`. */
  readonly values: readonly (readonly [string, string])[];
  readonly schema: string;
  readonly ties: Ties;
}

/** How an operation is confined. */
export type Rule =
  | { readonly kind: 'refused'; readonly why: string }
  /** Reference data: read only, and by board where it has one. */
  | { readonly kind: 'reference'; readonly ties: Ties; readonly above: PathRecord | undefined }
  /** Documents and the audit trail: the record that the request names by type and id. */
  | { readonly kind: 'named'; readonly type: string; readonly id: string }
  /** A document by its id, which tells nothing of whose it is. */
  | { readonly kind: 'document' }
  | {
      readonly kind: 'tied';
      /** How the rows, or the record, that it answers with are tied. */
      readonly ties: Ties;
      /** The record that everything of this path belongs to. */
      readonly above: PathRecord | undefined;
      /** The record itself, for paths that end in its id. */
      readonly own: PathRecord | undefined;
    };

const refused = (why: string): Rule => ({ kind: 'refused', why });

const CANNOT = 'what this operation works on cannot be told apart by company or board';

/** Operations that reach further than their path tells. */
const WIDE: readonly (readonly [RegExp, string])[] = [
  [/\/usages(\/|$)/i, 'usages name the records of everybody'],
  [/^\/system\/reports?(\/|$)/i, 'reports go over all records'],
  [/^\/system\/(callbacks|integratorlogins)(\/|$)/i, 'webhooks tell of all records'],
  [/\/bulk(\/|$)/i, 'bulk operations are not served'],
  [/^\/system\/members\/.*deactivate/i, 'it hands over the records of everybody'],
];

const trimmed = (path: string): string => path.replace(/\/+$/, '');

/** The schema of the records that an operation lists, counts, makes or changes. */
function schemaOf(api: ApiDescription, { method, path, request, response }: Operation): string | undefined {
  if (response.schema !== 'Count' && method === 'GET') return response.schema;
  if (response.schema === 'Count')
    return api.find(`GET ${trimmed(path).replace(/\/count(\/info)?$/i, '')}`)?.response.schema;
  return request?.kind === 'multipart' ? response.schema : (request?.schema ?? response.schema);
}

/** The record that a path names up to its `at`th placeholder. */
function recordAt(api: ApiDescription, path: string, end: number): PathRecord | undefined {
  const prefix = path.slice(0, end);
  const read = api.find(`GET ${prefix}`);
  if (read === undefined || read.response.kind !== 'object') return undefined;
  const own = [...prefix.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const values = read.pathParameters.map(({ name }, index) => [own[index] ?? name, name] as const);
  const schema = read.response.schema ?? '';
  return { read, values, schema, ties: tiesOf(api, schema) };
}

const isTied = ({ company, through }: Ties): boolean => company !== undefined || through.length > 0;

/** How an operation is confined, whatever to. Derived from its path and the schemas of its records. */
export function ruleOf(api: ApiDescription, operation: Operation): Rule {
  const { method } = operation;
  const path = trimmed(operation.path);
  const wide = WIDE.find(([pattern]) => pattern.test(path));
  if (wide !== undefined) return refused(wide[1]);
  if (/^\/system\/documents(\/count)?$/i.test(path)) return { kind: 'named', type: 'recordType', id: 'recordId' };
  if (/^\/system\/documents\/\{[^}]+\}/i.test(path)) return { kind: 'document' };
  if (/^\/system\/audittrail(\/count)?$/i.test(path)) return { kind: 'named', type: 'type', id: 'id' };

  const first = path.indexOf('}');
  const above = first < 0 ? undefined : recordAt(api, path, first + 1);
  const isItem = path.endsWith('}');
  const own = isItem ? recordAt(api, path, path.length) : undefined;
  const ties = tiesOf(api, schemaOf(api, operation));
  const reads = isReading(operation);
  const depth = path.split('{').length - 1;
  const isReference = REFERENCE.test(path) || REFERENCE_ALONE.test(path);
  // What stands below a table, such as the results of a survey, can belong to customers all the same.
  const isBelow = isItem ? depth > 1 : above !== undefined;
  if (isReference && !(isBelow && isTied(ties) && !REFERENCE_ALONE.test(path) && !isCharge(path)))
    return reads ? { kind: 'reference', ties, above } : refused('reference data is only read then');
  // Of two records in a path each has to be known; what cannot be read cannot be.
  if (depth > 2 || (depth === 2 && own === undefined && !isReference)) return refused(CANNOT);
  if (above !== undefined && isTied(above.ties))
    return { kind: 'tied', ties, above: isItem && depth === 1 ? undefined : above, own };
  if (first >= 0 && !isReference) return refused(CANNOT);
  if (!isTied(ties)) return refused(CANNOT);
  if (!reads && method !== 'POST') return refused(CANNOT);
  return { kind: 'tied', ties, above: undefined, own };
}

/** Charge codes name the provider's own company. */
const isCharge = (path: string): boolean => /^\/time\/chargeCodes/i.test(path);

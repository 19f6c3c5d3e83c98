/**
 * The shape of the API's description: what the project knows of every operation and schema of the Manage REST API.
 *
 * Facts come from the OpenAPI document of version 2022.1 and from what is known of later ones (`import/changes`), or from a
 * document that was imported; corrections and the required reference fields that the document omits are already applied.
 */

export const MODULES = [
  'company',
  'configurations',
  'expense',
  'finance',
  'marketing',
  'procurement',
  'project',
  'sales',
  'schedule',
  'service',
  'system',
  'time',
] as const;

/** First path segment of an operation, lower case. */
export type Module = (typeof MODULES)[number];

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** JSON type of a field or parameter. `reference` is an object that names another record by `id` (and name or identifier). */
export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'datetime' | 'reference' | 'object' | 'array';

/** One member of a schema, or the items of an array. */
export interface Field {
  readonly type: FieldType;
  /** Allowed values of an enumeration, in the document's order. */
  readonly enum?: readonly string[];
  /** Longest string that Manage stores, in characters. */
  readonly maxLength?: number;
  readonly nullable?: boolean;
  /** Required on POST (document plus supplement). */
  readonly required?: boolean;
  /** Required on PUT, and demanded again when a PATCH revalidates the record. */
  readonly requiredOnUpdate?: boolean;
  /** Name of the schema of a `reference` or `object`. */
  readonly schema?: string;
  /** What an `array` holds. */
  readonly items?: Field;
  /**
   * The document's own format where `type` does not say it: `int64`, `double`, `uuid`, `byte`... An `object` of the format
   * `any` holds any scalar value, as custom fields do. A `datetime` of the format `dayAtMidnight` (columns of reports) means a
   * calendar date where it stands at midnight UTC.
   */
  readonly format?: string;
  /** The version of the API that it came with; all known ones have it when left out. */
  readonly since?: string;
  /** The version that no longer has it. */
  readonly until?: string;
}

/** A named object of the API, for example `Ticket` or `Company.Configuration`. */
export interface Schema {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
}

/** A path or query parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly required: boolean;
  /** Allowed values of an enumeration, in the document's order. */
  readonly enum?: readonly string[];
}

/** What a request carries. `patch` is the array of `{op, path, value}` that every PATCH takes; an `object` without a schema is not described. */
export interface RequestBody {
  readonly kind: 'object' | 'array' | 'patch' | 'multipart';
  /** Schema of the object, of the array's items, or of the record that a `patch` changes. */
  readonly schema?: string;
}

/** What a successful answer carries. `text` is a bare string or number, `file` bytes with their own content type. */
export interface ResponseBody {
  readonly status: number;
  readonly kind: 'object' | 'array' | 'text' | 'file' | 'none';
  readonly schema?: string;
}

/** One operation: a method on a path template. */
export interface Operation {
  /** Unique operation id, for example `getServiceTickets`. */
  readonly id: string;
  readonly method: HttpMethod;
  /** Path template, for example `/service/tickets/{id}`; letter case as documented. */
  readonly path: string;
  readonly module: Module;
  /** In the order of the template. */
  readonly pathParameters: readonly Parameter[];
  /** Everything after `?`, the five condition parameters and paging included where the operation takes them. */
  readonly queryParameters: readonly Parameter[];
  readonly request?: RequestBody;
  readonly response: ResponseBody;
  /** The version of the API that it came with; all known ones have it when left out. */
  readonly since?: string;
  /** The version that no longer has it. */
  readonly until?: string;
}

/** What to do instead of an operation that does not exist. */
export interface Advice {
  /** One sentence or two. */
  readonly advice: string;
  /** Operations of the API that do what was meant, as `GET /service/tickets/{id}`; empty when nothing does. */
  readonly operations: readonly string[];
}

/** A path that people try: segments in any letter case, `*` for one segment, `**` at the end for any number of them. */
export interface WrongPath extends Advice {
  readonly methods?: readonly string[];
  readonly paths: readonly string[];
  /** The advice is for sites before this version of the API, or from it on. */
  readonly before?: string;
  readonly from?: string;
}

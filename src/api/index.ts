import type { HttpMethod, Operation, Schema } from './model.ts';

export type * from './model.ts';
export { MODULES } from './model.ts';

/** An operation found for a concrete path, with the values of its path parameters (percent-decoded). */
export interface MatchedOperation {
  readonly operation: Operation;
  readonly pathValues: Readonly<Record<string, string>>;
}

/** What looks schemas up by name: the API's description, or one of records that it lacks, such as a report's rows. */
export type Schemas = Pick<ApiDescription, 'schema'> & Partial<Pick<ApiDescription, 'version' | 'whole'>>;

/** The API's operations and schemas, immutable after loading. */
export interface ApiDescription {
  /**
   * The version of the API that this describes and that requests ask for, for example `2025.8`; the newest of all where it
   * describes several.
   */
  readonly version: string;
  /** The versions that the description tells apart, the oldest first. */
  readonly versions: readonly string[];
  /** What any version has, whatever this one does: says what a site is too old for. */
  readonly whole: ApiDescription;
  /**
   * What a site of a version has: what the newest known version has that is not newer; of older ones than the oldest nothing is
   * known but that. Its `version` is the site's, at most the newest that is known.
   * @param version as `2025.8`
   */
  at(version: string): ApiDescription;
  readonly operations: readonly Operation[];
  /** The same, each decoded when its turn comes: to go through all of them in turns with other work. */
  each(): Iterable<Operation>;
  readonly schemas: ReadonlyMap<string, Schema>;
  /**
   * Finds an operation by id (`getServiceTicketsById`) or by method and template (`GET /service/tickets/{id}`); letter case
   * of the path, a trailing slash and the names of the placeholders do not matter.
   */
  find(idOrMethodAndPath: string): Operation | undefined;
  /**
   * Finds the operation that serves a concrete path such as `/service/tickets/4711`; literal segments win over parameters, and
   * a parameter that is an id takes digits only: `/company/companies/search` is not a company.
   */
  match(method: HttpMethod, path: string): MatchedOperation | undefined;
  /** Methods that exist for a concrete path; empty when no template matches. */
  methodsOf(path: string): readonly HttpMethod[];
  /** Schema by exact name. */
  schema(name: string): Schema | undefined;
}

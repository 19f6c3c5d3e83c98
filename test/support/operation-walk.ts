import type { ApiDescription, Operation } from '../../src/api/index.ts';
import type { Session } from './session.ts';

/** Records that an action is for: an approval needs a sheet that waits for one. */
const FOR: Readonly<Record<string, string>> = {
  'POST /time/sheets/{id}/submit': 'status = "Open"',
  'POST /time/sheets/{id}/approve': 'status = "PendingApproval"',
  'POST /time/sheets/{id}/reject': 'status = "PendingApproval"',
  'POST /time/sheets/{id}/reverse': 'status = "PendingApproval"',
  'POST /expense/reports/{id}/approve': 'status = "PendingApproval"',
  'POST /expense/reports/{id}/reverse': 'status = "PendingApproval"',
};

/** Actions after which their record is another or none: on records of their own, and late. */
const ENDS = /\/(merge|deactivate|convert\w*|detach)$/;

/** A forecast has the id of its opportunity, and changes of it replace its lines, which are posted under any id. */
const FORECAST = /\/forecast$/;

export const keyOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** What operations have in common that take part in the same way: module, method and the end of the path. */
export const placeOf = ({ module, method, path }: Operation): string =>
  `${module} ${method} ${/\/(count|info|usages.*|\{\w+\}|defaults|search)\/?$/.exec(path)?.[1] ?? ''}`;

export interface OperationWalkOptions {
  readonly session: Pick<Session, 'rest'>;
  readonly api: ApiDescription;
  /** The body with which an operation is called. */
  example(operation: Operation): Promise<unknown>;
}

/**
 * Calls many operations so that each finds what it needs: in an order in which records are made before they are read, changed
 * and deleted, and with ids of existing records.
 */
export class OperationWalk {
  readonly #options: OperationWalkOptions;
  /** Ids of records that were made on the way, by the collection that they were posted to. */
  readonly #made = new Map<string, string>();

  constructor(options: OperationWalkOptions) {
    this.#options = options;
  }

  ordered(operations: readonly Operation[]): Operation[] {
    const order = ['POST', 'GET', 'PATCH', 'PUT', 'DELETE'];
    const rank = ({ method, path }: Operation): number => (ENDS.test(path) ? 3.5 : order.indexOf(method));
    // A record that is replaced loses its parts: the parts come first. A member who is replaced may become one who cannot enter
    // time: the system comes last.
    const depth = ({ path, module }: Operation): number => (module === 'system' ? 0 : path.split('/').length);
    return [...operations].sort(
      (a, b) => rank(a) - rank(b) || (a.method === 'PUT' || a.method === 'DELETE' ? depth(b) - depth(a) : 0),
    );
  }

  /** The path of an operation with ids in it; what deletes or ends records gets one of its own. */
  async pathFor(operation: Operation): Promise<string> {
    const segments = operation.path.replace(/\/$/, '').split('/');
    const filled: string[] = [];
    for (const [index, segment] of segments.entries()) {
      if (!segment.startsWith('{')) {
        filled.push(segment);
        continue;
      }
      if (segment === '{reportName}') {
        filled.push('Service');
        continue;
      }
      // Low-rights duplicates show the records of the tables themselves.
      const collection = filled
        .join('/')
        .replace(/\/info(?=\/|$)/i, '')
        .replace(/^\/configurations\//, '/company/configurations/');
      const own =
        ENDS.test(operation.path) ||
        FORECAST.test(collection) ||
        (operation.method === 'DELETE' && index === segments.length - 1);
      const id = own ? await this.#create(collection) : undefined;
      filled.push(id ?? (await this.#anyId(collection, FOR[keyOf(operation)])));
    }
    return filled.join('/');
  }

  /** Keeps the id of what a POST to this path answered, for those that come after it. */
  note(path: string, answered: unknown): void {
    const { id } = ((Array.isArray(answered) ? answered[0] : answered) ?? {}) as { id?: unknown };
    if (id !== undefined && !this.#made.has(path)) this.#made.set(path, String(id));
  }

  async #create(collection: string): Promise<string | undefined> {
    const { session, api, example } = this.#options;
    const target = FORECAST.test(collection) ? `${collection}/1` : collection;
    const template = api.match('POST', target)?.operation;
    if (template === undefined) return undefined;
    const { status, body } = await session.rest('POST', target, await example(template));
    const id = (Array.isArray(body) ? body[0] : body)?.id;
    return status < 300 && id !== undefined ? String(id) : undefined;
  }

  /** The id of a record of a collection: one that was made, else the first existing one, else one that is created now. */
  async #anyId(collection: string, conditions = ''): Promise<string> {
    const known = conditions === '' ? this.#made.get(collection) : undefined;
    if (known !== undefined) return known;
    const filter = conditions === '' ? '' : `&conditions=${encodeURIComponent(conditions)}`;
    const { body } = await this.#options.session.rest(
      'GET',
      `${collection}?pageSize=1&fields=id,forecastItems${filter}`,
    );
    const [row] = Array.isArray(body) ? body : (body?.forecastItems ?? []);
    // Reports have names and no ids.
    const first = row?.id ?? row?.name;
    const id = first === undefined ? ((await this.#create(collection)) ?? '1') : String(first);
    if (first === undefined) this.#made.set(collection, id);
    return id;
  }
}

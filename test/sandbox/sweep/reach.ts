import type { ApiDescription, Operation } from '../../../src/api/index.ts';
import type { RestAnswer, Session } from '../../support/session.ts';
import { bodyFor } from './bodies.ts';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gets to operations: ids for the parameters of their paths, of records that are there or are made for it. */
export class Reach {
  readonly #api: ApiDescription;
  readonly #rest: Session['rest'];
  readonly #ids = new Map<string, string | undefined>();

  constructor(api: ApiDescription, rest: Session['rest']) {
    this.#api = api;
    this.#rest = rest;
  }

  /** Makes a record of a collection; `undefined` where there is no such operation, or it is refused. */
  async make(collection: string): Promise<RestAnswer | undefined> {
    const create = this.#api.match('POST', collection)?.operation;
    if (create?.request?.kind !== 'object' || create.request.schema !== create.response.schema) return undefined;
    return this.#rest('POST', collection, bodyFor(this.#api, create));
  }

  async #madeId(collection: string): Promise<string | undefined> {
    const made = await this.make(collection);
    const record = Array.isArray(made?.body) ? made.body[0] : made?.body;
    return made !== undefined && made.status < 300 && isRecord(record) ? String(record.id) : undefined;
  }

  /** The id of an existing record. */
  async #anyId(collection: string): Promise<string | undefined> {
    const listed = await this.#rest('GET', `${collection}?pageSize=1&fields=id`);
    const first = Array.isArray(listed.body) ? listed.body[0]?.id : undefined;
    if (first !== undefined) return String(first);
    // What can neither be listed nor made exists once.
    const isTable = listed.status === 200 || this.#api.match('POST', collection) !== undefined;
    return isTable ? this.#madeId(collection) : '1';
  }

  /** A path with ids in it. The last one is of a record of its own when it is to be `own`. */
  async path({ path, method }: Operation, own: boolean): Promise<string | undefined> {
    const segments = path.replace(/\/$/, '').split('/');
    const filled: string[] = [];
    const last = segments.findLastIndex((segment) => segment.startsWith('{'));
    for (const [index, segment] of segments.entries()) {
      if (!segment.startsWith('{')) {
        filled.push(segment);
        continue;
      }
      const collection = filled
        .join('/')
        .replace(/\/info(?=\/|$)/i, '')
        .replace(/^\/configurations\//, '/company/configurations/');
      const id =
        (own && index === last ? await this.#madeId(collection) : undefined) ??
        (await this.#known(collection, method === 'GET'));
      if (id === undefined) return undefined;
      filled.push(id);
    }
    return filled.join('/');
  }

  /** @param isThere whether what was found once is still there: only actions and removals take records away */
  async #known(collection: string, isThere: boolean): Promise<string | undefined> {
    const known = this.#ids.get(collection);
    if (known !== undefined && (isThere || (await this.#rest('GET', `${collection}/${known}?fields=id`)).status < 400))
      return known;
    const id = await this.#anyId(collection);
    this.#ids.set(collection, id);
    return id;
  }
}

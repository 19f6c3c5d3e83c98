import type { ApiDescription, Operation } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { type ManageReader, type ManageRecord, stored } from '../../manage/index.ts';
import type { StepRequest } from './plan.ts';

/** The newest records of a list, in which a lost creation is looked for: others go on to create meanwhile. */
const NEWEST = 100;
/** A request that a gateway delivers twice makes two records at about the same time. */
const TOGETHER_MS = 30_000;
const NEWEST_TOGETHER = 5;

/** What Manage notes of a record: who made and changed it, and when. */
export const infoOf = ({ _info }: ManageRecord): ManageRecord => (isRecord(_info) ? _info : {});

/** Who made a record, as Manage calls them; some kinds only say who changed it last. */
export function authorOf(record: ManageRecord): string | undefined {
  const { enteredBy, createdBy, updatedBy } = infoOf(record);
  const author = enteredBy ?? createdBy ?? record.enteredBy ?? updatedBy;
  return typeof author === 'string' ? author.toLowerCase() : undefined;
}

/** When Manage made a record, in milliseconds; `NaN` where it does not say. */
export function madeAt(record: ManageRecord): number {
  const { dateEntered, createdDate, lastUpdated } = infoOf(record);
  return Date.parse(String(dateEntered ?? createdDate ?? record.dateEntered ?? lastUpdated));
}

export type Looking = { readonly manage: ManageReader; readonly api: ApiDescription; readonly signal: AbortSignal };

/** What of a place may be of another request. */
export interface Together extends Looking {
  /** The highest id that the place had before. */
  readonly after: number | undefined;
  /** Whether a record is of another request of ours. */
  isOwn(id: number): boolean;
}

/** Where the records that a POST makes are found. */
export interface Place {
  /**
   * Tells its records from those of other places, the parent they are under included, where others make records there that look the
   * same: then the author tells whose one is. `undefined` where what looks like it is of the request.
   */
  readonly sharedName: string | undefined;
  /** The id of the newest record, 0 where there is none: what is made gets a higher one. */
  newestId(looking: Looking): Promise<number>;
  /** The newest records, the newest first, each with whether it is stored as it was sent. @param limit how many are looked at */
  newestWith(
    looking: Looking,
    limit?: number,
  ): Promise<readonly { readonly row: ManageRecord; readonly asSent: boolean }[]>;
  /** The record that a request made, as it is now; `undefined` when it is not there any more. */
  made(sent: { readonly id: number; readonly after?: number }, looking: Looking): Promise<ManageRecord | undefined>;
  /** All records that came of the request that made this one, itself first: a gateway may deliver a request twice. */
  together(record: ManageRecord, looking: Together): Promise<readonly ManageRecord[]>;
}

interface Newest {
  readonly limit: number;
  readonly fields?: readonly string[];
}

/** The list under a creation's own path. */
class ListedPlace implements Place {
  readonly sharedName: string;
  /** As `GET /service/tickets/{parentId}/notes`. */
  readonly #list: string;
  readonly #operation: Operation;
  readonly #request: StepRequest;
  /** Reads one record by its id, as `GET /service/tickets/{parentId}/notes/{id}`, where the API has it. */
  readonly #get: string | undefined;

  /** @param path of the list, as `/service/tickets/{parentId}/notes` */
  constructor(path: string, operation: Operation, request: StepRequest, api: ApiDescription) {
    const get = `GET ${path}/{id}`;
    this.#list = `GET ${path}`;
    this.sharedName = `${this.#list} ${JSON.stringify(request.path ?? {})}`;
    this.#operation = operation;
    this.#request = request;
    this.#get = api.find(get) && get;
  }

  async newestId(looking: Looking): Promise<number> {
    const [first] = await this.#newest({ limit: 1, fields: ['id'] }, looking);
    return Number(first?.id ?? 0);
  }

  async newestWith(looking: Looking, limit = NEWEST) {
    const rows = await this.#newest({ limit }, looking);
    return rows.map((row) => ({ row, asSent: this.#isAsSent(row, looking.api) }));
  }

  async made({ id }: { readonly id: number }, looking: Looking): Promise<ManageRecord | undefined> {
    const { manage, signal } = looking;
    if (this.#get === undefined)
      return (await this.#newest({ limit: NEWEST }, looking)).find((row) => Number(row.id) === id);
    const record = await manage.get<ManageRecord>(this.#get, { path: { ...this.#request.path, id }, signal });
    return record.deletedFlag === true ? undefined : record;
  }

  /** By the same author, at the same time, with the same members. */
  async together(record: ManageRecord, { after = 0, isOwn, ...looking }: Together): Promise<readonly ManageRecord[]> {
    if (record.id === undefined) return [];
    const rows = await this.#newest({ limit: NEWEST_TOGETHER }, looking);
    const others = rows.filter(
      (row) =>
        row.id !== record.id &&
        Number(row.id) > after &&
        !isOwn(Number(row.id)) &&
        authorOf(row) === authorOf(record) &&
        !(Math.abs(madeAt(row) - madeAt(record)) > TOGETHER_MS) &&
        this.#isAsSent(row, looking.api),
    );
    return [record, ...others];
  }

  /** The newest records of the list, the newest first. */
  async #newest({ limit, fields }: Newest, { manage, signal }: Looking): Promise<readonly ManageRecord[]> {
    const { path } = this.#request;
    const options = { path, orderBy: ['id desc'], fields, limit, counted: 'never' as const, signal };
    return (await manage.list<ManageRecord>(this.#list, options)).rows;
  }

  /** Whether a record is stored as it was sent. */
  #isAsSent(row: ManageRecord, api: ApiDescription): boolean {
    const { body } = this.#request;
    return (
      isRecord(body) &&
      Object.keys(body).length > 0 &&
      stored(body, row, { api, schema: this.#operation.response.schema }).length === 0
    );
  }
}

/** `/finance/agreements/{parentId}/copy` makes another agreement; the list is that of the copied record. */
const COPY = /^(.+?)(?:\/\{(\w+)\})?\/copy$/;

/**
 * The list in which what a POST makes is found; `undefined` for one that acts on a record, or makes what is not listed under its
 * path: its step says itself where that is, as `Step.alike`.
 */
export function listedPlace(operation: Operation, request: StepRequest, api: ApiDescription): Place | undefined {
  const { method, response } = operation;
  const { kind } = operation.request ?? {};
  const [, copies, copied] = COPY.exec(operation.path) ?? [];
  const path = copies ?? operation.path;
  const list = api.find(`GET ${path}`)?.response;
  const isListed = list?.kind === 'array' && list.schema === response.schema;
  // Files are listed by the record that they belong to.
  if (method !== 'POST' || !isListed || kind === 'multipart') return undefined;
  const parents = Object.entries(request.path ?? {}).filter(([name]) => name !== copied);
  const under = copies === undefined ? request : { ...request, path: Object.fromEntries(parents) };
  const linked = isRecord(request.body) ? Number(request.body.id) : Number.NaN;
  return linked > 0 ? linkPlace(`GET ${path}`, under, linked) : new ListedPlace(path, operation, under, api);
}

/** The list to which a POST adds a record that is there already: its id is older than the link, and there are no two of it. */
function linkPlace(list: string, { path }: StepRequest, id: number): Place {
  const found = async ({ manage, signal }: Looking): Promise<ManageRecord | undefined> =>
    (await manage.all<ManageRecord>(list, { path, signal })).find((row) => Number(row.id) === id);
  return {
    sharedName: undefined,
    newestId: async () => 0,
    async newestWith(looking) {
      const row = await found(looking);
      return row === undefined ? [] : [{ row, asSent: true }];
    },
    made: (_, looking) => found(looking),
    together: async (record) => [record],
  };
}

/** The place of a step that reads by itself what looks like what it makes. */
export function alikePlace(alike: (signal: AbortSignal) => Promise<readonly ManageRecord[]>): Place {
  const since = async (after: number | undefined, signal: AbortSignal): Promise<ManageRecord[]> =>
    (await alike(signal))
      .filter(({ id }) => Number(id) > (after ?? 0))
      .sort((one, other) => Number(other.id) - Number(one.id));
  // What the POST answers with may be the record that the new one is in.
  const own = (rows: readonly ManageRecord[], id: unknown): ManageRecord | undefined =>
    rows.find((row) => Number(row.id) === Number(id)) ?? rows.at(-1);
  return {
    sharedName: undefined,
    newestId: async ({ signal }) => Number((await since(0, signal))[0]?.id ?? 0),
    newestWith: async ({ signal }) => (await since(0, signal)).map((row) => ({ row, asSent: true })),
    made: async ({ id, after }, { signal }) => own(await since(after, signal), id),
    async together({ id }, { after, signal }) {
      const rows = await since(after, signal);
      const first = own(rows, id);
      return first === undefined ? [] : [first, ...rows.filter((row) => row !== first)];
    },
  };
}

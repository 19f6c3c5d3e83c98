import type { ApiDescription, Operation } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { type ManageReader, type ManageRecord, stored } from '../../manage/index.ts';
import type { StepRequest } from './plan.ts';

/** The newest records of a list, in which a lost creation is looked for: others go on to create meanwhile. */
const NEWEST = 100;
/** A request that a gateway delivers twice makes two records at about the same time. */
const TOGETHER_MS = 30_000;
const NEWEST_TOGETHER = 5;

const infoOf = ({ _info }: ManageRecord): ManageRecord => (isRecord(_info) ? _info : {});

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

/** A creation whose records are listed under its own path. */
export interface Creation {
  readonly operation: Operation;
  readonly request: StepRequest;
  /** As `GET /service/tickets/{parentId}/notes`. */
  readonly list: string;
  /** Reads one record by its id, as `GET /service/tickets/{parentId}/notes/{id}`, where the API has it. */
  readonly get: string | undefined;
}

/** `/finance/agreements/{parentId}/copy` makes another agreement; the list is that of the copied record. */
const COPY = /^(.+?)(?:\/\{(\w+)\})?\/copy$/;

/** What a POST creates; `undefined` for one that acts on a record, or makes what is not listed under its path. */
export function creationOf(operation: Operation, request: StepRequest, api: ApiDescription): Creation | undefined {
  const { method, response } = operation;
  const { kind } = operation.request ?? {};
  const [, copies, copied] = COPY.exec(operation.path) ?? [];
  const path = copies ?? operation.path;
  const list = api.find(`GET ${path}`)?.response;
  const isListed = list?.kind === 'array' && list.schema === response.schema;
  // Files are listed by the record that they belong to.
  if (method !== 'POST' || !isListed || kind === 'multipart') return undefined;
  const get = `GET ${path}/{id}`;
  const parents = Object.entries(request.path ?? {}).filter(([name]) => name !== copied);
  const under = copies === undefined ? request : { ...request, path: Object.fromEntries(parents) };
  return { operation, request: under, list: `GET ${path}`, get: api.find(get) && get };
}

export type Looking = { readonly manage: ManageReader; readonly api: ApiDescription; readonly signal: AbortSignal };

interface Newest {
  readonly limit: number;
  readonly fields?: readonly string[];
}

/** The newest records of the list that a creation goes to, the newest first. */
async function newest(
  { list, request: { path } }: Creation,
  { limit, fields }: Newest,
  { manage, signal }: Looking,
): Promise<readonly ManageRecord[]> {
  const orderBy = ['id desc'];
  const found = await manage.list<ManageRecord>(list, { path, orderBy, fields, limit, counted: 'never', signal });
  return found.rows;
}

/** The id of the newest record of the list that a creation goes to, 0 where there is none: what it makes has a higher one. */
export async function newestId(creation: Creation, looking: Looking): Promise<number> {
  const [first] = await newest(creation, { limit: 1, fields: ['id'] }, looking);
  return Number(first?.id ?? 0);
}

/** Whether a record is stored as it was sent. */
const isAsSent = ({ operation, request }: Creation, row: ManageRecord, api: ApiDescription): boolean =>
  isRecord(request.body) &&
  Object.keys(request.body).length > 0 &&
  stored(request.body, row, { api, schema: operation.response.schema }).length === 0;

/** The newest records of that list, each with whether it is stored as it was sent. @param limit how many are looked at */
export async function newestWith(
  creation: Creation,
  looking: Looking,
  limit = NEWEST,
): Promise<{ readonly row: ManageRecord; readonly asSent: boolean }[]> {
  const rows = await newest(creation, { limit }, looking);
  return rows.map((row) => ({ row, asSent: isAsSent(creation, row, looking.api) }));
}

/** A record that a creation made, read by its id; `undefined` when it is not there any more. */
export async function readMade(creation: Creation, id: number, looking: Looking): Promise<ManageRecord | undefined> {
  const { manage, signal } = looking;
  const { get, request } = creation;
  if (get === undefined)
    return (await newest(creation, { limit: NEWEST }, looking)).find((row) => Number(row.id) === id);
  const record = await manage.get<ManageRecord>(get, { path: { ...request.path, id }, signal });
  return record.deletedFlag === true ? undefined : record;
}

/**
 * Other records that came of the same request: by the same author, at the same time, with the same members.
 * @param isOwn whether a record is of another request of ours
 */
export async function alsoMade(
  creation: Creation,
  record: ManageRecord,
  { after = 0, isOwn, ...looking }: Looking & { readonly after?: number; readonly isOwn: (id: number) => boolean },
): Promise<ManageRecord[]> {
  const rows = await newest(creation, { limit: NEWEST_TOGETHER }, looking);
  return rows.filter(
    (row) =>
      row.id !== record.id &&
      Number(row.id) > after &&
      !isOwn(Number(row.id)) &&
      authorOf(row) === authorOf(record) &&
      !(Math.abs(madeAt(row) - madeAt(record)) > TOGETHER_MS) &&
      isAsSent(creation, row, looking.api),
  );
}

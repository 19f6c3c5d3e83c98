import type { Operation } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { type ManageRecord, stored } from '../../manage/index.ts';
import type { ToolContext } from '../context.ts';
import type { Step } from '../write/plan.ts';

/** The newest records of a list, in which a lost creation is looked for. */
const NEWEST = 25;
/** How far our clock may be behind Manage's, in milliseconds. */
const SKEW_MS = 60_000;

/** When Manage made a record; `NaN` where it does not say. */
const madeAt = ({ _info, ...record }: ManageRecord): number =>
  Date.parse(String((isRecord(_info) ? (_info.dateEntered ?? _info.lastUpdated) : undefined) ?? record.dateEntered));

/**
 * How the record of any creation is found after its answer was lost: the newest of its list that is stored as it was sent and was
 * made since. Nothing but such a record says what became of it, so the look fails when there is none: the outcome stays unknown.
 * @param since when the creation began
 * @returns `undefined` for operations that create nothing, or nothing that is listed under their path
 */
export function findCreated(
  { method, path, response }: Operation,
  request: { readonly path: Readonly<Record<string, string | number>>; readonly body: unknown },
  { api, manage }: Pick<ToolContext, 'api' | 'manage'>,
  since: Date,
): Step['settle'] {
  const list = `GET ${path}`;
  const { kind, schema } = api.find(list)?.response ?? {};
  const isListed = kind === 'array' && schema === response.schema;
  const { body } = request;
  if (method !== 'POST' || !isListed || !isRecord(body) || Object.keys(body).length === 0) return undefined;
  return async (signal) => {
    const { rows } = await manage.list<ManageRecord>(list, {
      path: request.path,
      orderBy: ['id desc'],
      limit: NEWEST,
      signal,
    });
    const found = rows.find(
      (row) =>
        madeAt(row) >= since.getTime() - SKEW_MS && stored(body, row, { api, schema: response.schema }).length === 0,
    );
    if (found === undefined) throw new Error('Nothing that was made since is stored as it was sent.');
    return found;
  };
}

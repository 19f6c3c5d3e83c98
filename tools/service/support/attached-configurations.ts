import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { nameOf, type TicketKind } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';

/** A configuration on a ticket, as people know it. */
export interface AttachedConfiguration {
  readonly id: number;
  readonly name: string;
  readonly type: string;
}

/** Operations that `attachedConfigurations` calls. */
export const ATTACHED_OPERATIONS = [
  'GET /service/tickets/{parentId}/configurations',
  'GET /project/tickets/{parentId}/configurations',
  'GET /company/configurations',
] as const;

const MOST = 200;

/** The configurations of a ticket. The ticket's own list holds references without names, so the names are asked for beside it. */
export async function attachedConfigurations(
  manage: ManageClient,
  kind: TicketKind,
  ticketId: number,
  signal: AbortSignal,
): Promise<AttachedConfiguration[]> {
  const { rows } = await manage.page(`GET /${kind}/tickets/{parentId}/configurations`, {
    path: { parentId: ticketId },
    pageSize: MOST,
    signal,
  });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => Number(id));
  const known = await manage.page<ManageRecord>('GET /company/configurations', {
    conditions: field('id', 'in', ids),
    fields: ['id', 'name', 'type/name'],
    pageSize: MOST,
    signal,
  });
  const byId = new Map(known.rows.map((row) => [Number(row.id), row]));
  return rows.map(({ id, deviceIdentifier }) => {
    const record = byId.get(Number(id));
    return {
      id: Number(id),
      name: String(record?.name ?? deviceIdentifier ?? ''),
      type: nameOf(record?.type) ?? '',
    };
  });
}

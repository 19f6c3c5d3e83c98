import type { ManageReader, ManageRecord, Whole } from '../../../src/manage/index.ts';
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

/** The configurations of a ticket. The ticket's own list holds references without names, so the names are asked for beside it. */
export async function attachedConfigurations(
  manage: ManageReader,
  kind: TicketKind,
  ticketId: number,
  signal: AbortSignal,
): Promise<Whole<AttachedConfiguration>> {
  const rows = await manage.all<ManageRecord>(`GET /${kind}/tickets/{parentId}/configurations`, {
    path: { parentId: ticketId },
    signal,
  });
  const ids = rows.map(({ id }) => Number(id));
  const known =
    ids.length === 0
      ? []
      : await manage.all<ManageRecord>('GET /company/configurations', {
          conditions: field('id', 'in', [...ids]),
          fields: ['id', 'name', 'type/name'],
          signal,
        });
  const byId = new Map(known.map((row) => [Number(row.id), row]));
  return rows.map(({ id, deviceIdentifier }) => {
    const record = byId.get(Number(id));
    return {
      id: Number(id),
      name: String(record?.name ?? deviceIdentifier ?? ''),
      type: nameOf(record?.type) ?? '',
    };
  });
}

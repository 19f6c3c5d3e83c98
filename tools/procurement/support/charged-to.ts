import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { findTicket, type Names } from '../../../src/names/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** Where a product goes: exactly one of these. */
export interface ProductTarget {
  readonly ticketId?: number | undefined;
  readonly project?: string | undefined;
  readonly opportunity?: string | undefined;
  readonly invoiceId?: number | undefined;
}

/** Operations that finding the target needs. */
export const TARGET_OPERATIONS = ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'] as const;

/**
 * The member of a product line that charges it to a ticket, project, opportunity or invoice, and what that is called.
 * @throws {ToolInputError} when none or several are named
 */
export async function productTarget(
  target: ProductTarget,
  { manage, names, signal }: { manage: ManageClient; names: Names; signal: AbortSignal },
): Promise<{ readonly members: ManageRecord; readonly path: string; readonly id: number; readonly label: string }> {
  const given = (['ticketId', 'project', 'opportunity', 'invoiceId'] as const).filter(
    (name) => target[name] !== undefined,
  );
  if (given.length !== 1)
    throw new ToolInputError(
      'ticketId',
      `Say what the product is for: one of ticketId, project, opportunity, invoiceId${given.length > 1 ? ` (not ${given.join(' and ')})` : ''}.`,
    );
  const of = (member: string, id: number, label: string) => ({
    members: { [member]: { id } },
    path: `${member}/id`,
    id,
    label,
  });
  if (target.ticketId !== undefined) {
    await findTicket(manage, target.ticketId, signal);
    return of('ticket', target.ticketId, `ticket ${target.ticketId}`);
  }
  if (target.invoiceId !== undefined) return of('invoice', target.invoiceId, `invoice ${target.invoiceId}`);
  const kind = target.project === undefined ? 'opportunity' : 'project';
  const found = await names.resolve(kind, target[kind] ?? '', { argument: kind });
  return of(kind, found.id, `${kind} ${found.label}`);
}

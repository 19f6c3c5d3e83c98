import { type ManageReader, type ManageRecord, NotFound } from '../manage/index.ts';

/** Service and project tickets are separate collections; people name a ticket by its number alone. */
export type TicketKind = 'service' | 'project';

export interface FoundTicket {
  readonly kind: TicketKind;
  readonly record: ManageRecord;
}

export const TICKET_KINDS: readonly TicketKind[] = ['service', 'project'];

/** What `findTicket` needs. */
export const FIND_TICKET_OPERATIONS = ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'] as const;

/** Finds out in which collection a ticket is. @throws {NotFound} when it is in neither. */
export async function findTicket(manage: ManageReader, id: number, signal?: AbortSignal): Promise<FoundTicket> {
  const options = { path: { id }, signal };
  try {
    return { kind: 'service', record: await manage.get('GET /service/tickets/{id}', options) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  try {
    return { kind: 'project', record: await manage.get('GET /project/tickets/{id}', options) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw new NotFound(`There is no ticket ${id}, neither among service nor among project tickets.`, {
      operation: 'GET /service/tickets/{id}',
      status: 404,
    });
  }
}

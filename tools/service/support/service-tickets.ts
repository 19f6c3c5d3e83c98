import type { ManageRecord } from '../../../src/manage/index.ts';
import { findTicket } from '../../../src/names/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** Operations that `serviceTickets` calls. */
export const FIND_OPERATIONS = ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'] as const;

/**
 * Service tickets by number, each once.
 * @param argument the one that carries the numbers
 * @throws {ToolInputError} for a project ticket: what is done with several tickets at once exists for service tickets only
 */
export async function serviceTickets(
  ids: readonly number[],
  argument: string,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<readonly ManageRecord[]> {
  if (ids.length === 0) throw new ToolInputError(argument, `${argument} is empty.`);
  return Promise.all(
    [...new Set(ids)].map(async (id) => {
      const { kind, record } = await findTicket(manage, id, signal);
      if (kind === 'project')
        throw new ToolInputError(
          argument,
          `Ticket ${id} is a project ticket; Manage does this with service tickets only.`,
          {
            next: 'convert_ticket makes it a service ticket.',
          },
        );
      return record;
    }),
  );
}

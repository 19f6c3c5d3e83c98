import type { HookContext } from '../../contract/behaviour.ts';
import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

/** The ticket that an entry is charged to. */
export function chargedTicket(record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined {
  const id = Number(record.chargeToId);
  if (record.chargeToType === 'ServiceTicket') return store.collection('/service/tickets').get(id);
  if (record.chargeToType === 'ProjectTicket') return store.collection('/project/tickets').get(id);
  return undefined;
}

/** Whether an entry was moved to another ticket or charge code. */
export const isRecharged = (record: SandboxRecord, previous: SandboxRecord): boolean =>
  record.chargeToId !== previous.chargeToId || record.chargeToType !== previous.chargeToType;

/** The charge code that an entry is on: the provider's own work. */
export const chargeCodeOf = (record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined =>
  record.chargeToType === 'ChargeCode'
    ? store.collection('/time/chargeCodes').get(Number(record.chargeToId))
    : undefined;

/** Actual hours of a ticket are the sum of its entries. */
export function countOnTicket(record: SandboxRecord, context: HookContext): void {
  const ticket = chargedTicket(record, context);
  if (ticket === undefined) return;
  let hours = 0;
  for (const entry of context.store.collection('/time/entries').where('chargeToId', ticket.id)) {
    if (entry.chargeToType === record.chargeToType) hours += Number(entry.actualHours ?? 0);
  }
  const template = record.chargeToType === 'ProjectTicket' ? '/project/tickets' : '/service/tickets';
  context.store.collection(template).put({ ...ticket, actualHours: Math.round(hours * 100) / 100 });
  if (record.chargeToType === 'ProjectTicket') countOnProject(ticket, context);
}

/** Actual hours of a project and of a phase are those of its tickets. */
function countOnProject(ticket: SandboxRecord, { store }: HookContext): void {
  const project = idOf(ticket.project);
  if (project === undefined) return;
  const tickets = [...store.collection('/project/tickets').where('project/id', project)];
  const hoursOf = (rows: readonly SandboxRecord[]): number =>
    Math.round(rows.reduce((sum, { actualHours }) => sum + Number(actualHours ?? 0), 0) * 100) / 100;
  const count = (template: string, id: number | undefined, rows: readonly SandboxRecord[]): void => {
    const record = id === undefined ? undefined : store.collection(template).get(id);
    if (record !== undefined) store.collection(template).put({ ...record, actualHours: hoursOf(rows) });
  };
  count('/project/projects', project, tickets);
  const phase = idOf(ticket.phase);
  count(
    '/project/projects/{parentId}/phases',
    phase,
    tickets.filter((row) => idOf(row.phase) === phase),
  );
}

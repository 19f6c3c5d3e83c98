import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

/** Type 4 schedules work on tickets of both kinds. */
const SERVICE = 4;

function ticketOf(
  record: SandboxRecord,
  { store }: HookContext,
): { template: string; ticket: SandboxRecord } | undefined {
  if (idOf(record.type) !== SERVICE) return undefined;
  for (const template of ['/service/tickets', '/project/tickets']) {
    const ticket = store.collection(template).get(Number(record.objectId));
    if (ticket !== undefined) return { template, ticket };
  }
  return undefined;
}

/** `resources` of a ticket: identifiers of everybody who is scheduled on it, in the order of the entries. */
function deriveResources(record: SandboxRecord, context: HookContext): void {
  const found = ticketOf(record, context);
  if (found === undefined) return;
  const entries = [...context.store.collection('/schedule/entries').where('objectId', found.ticket.id)].filter(
    (entry) => idOf(entry.type) === SERVICE,
  );
  const members = entries
    .map((entry) => context.store.collection('/system/members').get(idOf(entry.member) ?? 0)?.identifier)
    .filter((name) => name !== undefined);
  const resources = [...new Set(members)].join(', ');
  context.store
    .collection(found.template)
    .put(
      { ...found.ticket, resources: resources === '' ? undefined : resources },
      { by: context.caller.identifier, at: context.now },
    );
}

export const scheduleEntry: Behaviour = {
  collection: '/schedule/entries',
  resource: 'schedule',
  label: 'Schedule Entry',

  defaults(record, context) {
    record.status ??= { id: 1, name: 'Firm' };
    for (const flag of ['doneFlag', 'acknowledgedFlag', 'ownerFlag', 'allowScheduleConflictsFlag'])
      record[flag] ??= false;
    const given = record.type as { id?: number; identifier?: string } | undefined;
    if (given?.id === undefined && given?.identifier !== undefined) {
      const [type] = context.store.collection('/schedule/types').where('identifier', given.identifier);
      if (type !== undefined) record.type = { id: type.id, identifier: type.identifier };
    }
  },

  validate(record, context) {
    if (idOf(record.type) === SERVICE && ticketOf(record, context) === undefined) {
      return [{ code: 'NotFound', message: `Service Ticket ${record.objectId ?? ''} not found`, field: 'objectId' }];
    }
    if (record.member === undefined)
      return [{ code: 'MissingRequiredField', message: 'The member/id field is required.', field: 'member' }];
    const [start, end] = [Date.parse(String(record.dateStart)), Date.parse(String(record.dateEnd))];
    return end < start
      ? [{ code: 'InvalidField', message: 'The dateEnd must not be before the dateStart.', field: 'dateEnd' }]
      : [];
  },

  beforeSave(record, context) {
    if (record.dateStart === undefined) {
      // Without times an entry is for a day: midnight to midnight, no hours.
      const day = `${context.now.toISOString().slice(0, 10)}T00:00:00Z`;
      record.dateStart = day;
      record.dateEnd = day;
    }
    record.dateEnd ??= record.dateStart;
    const hours = (Date.parse(String(record.dateEnd)) - Date.parse(String(record.dateStart))) / 3_600_000;
    record.hours = Math.round(hours * 100) / 100;
    const found = ticketOf(record, context);
    if (found !== undefined) {
      const company = (found.ticket.company as { name?: string } | undefined)?.name ?? '';
      record.name = `${company} / Ticket# ${found.ticket.id} - ${found.ticket.summary}`.slice(0, 250);
    }
  },

  afterSave: (record, context) => deriveResources(record, context),

  beforeDelete(record, context) {
    context.store.collection('/schedule/entries').remove(record.id);
    deriveResources(record, context);
    return 'keep';
  },
};

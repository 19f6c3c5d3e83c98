import type { Behaviour, HookContext, SaveContext } from '../../contract/behaviour.ts';
import { type FieldError, missing } from '../../contract/failure.ts';
import { expand, idOf, nameIn } from '../../references.ts';
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

const identifierOf = (reference: unknown, { store }: HookContext): unknown =>
  store.collection('/system/members').get(idOf(reference) ?? 0)?.identifier;

/**
 * `resources` of a ticket: identifiers of everybody who is scheduled on it, in the order of the entries, and of the owner who became
 * a resource with the ticket.
 * @param isGone whether the entry was deleted, and its member with it
 */
function deriveResources(record: SandboxRecord, context: HookContext, isGone = false): void {
  const found = ticketOf(record, context);
  if (found === undefined) return;
  const entries = [...context.store.collection('/schedule/entries').where('objectId', found.ticket.id)].filter(
    (entry) => idOf(entry.type) === SERVICE,
  );
  const members = entries.map((entry) => identifierOf(entry.member, context)).filter((name) => name !== undefined);
  const owner = identifierOf(found.ticket.owner, context);
  const isListed = String(found.ticket.resources ?? '')
    .split(', ')
    .includes(String(owner));
  const hasLeft = isGone && identifierOf(record.member, context) === owner;
  const resources = [...new Set([...members, ...(isListed && !hasLeft ? [owner] : [])])].join(', ');
  context.store
    .collection(found.template)
    .put(
      { ...found.ticket, resources: resources === '' ? undefined : resources },
      { by: context.caller.identifier, at: context.now },
    );
}

/** What a type schedules, as far as it schedules something in particular; the other's id is not found. */
const OBJECTS: Readonly<Record<string, readonly [label: string, ...collections: string[]]>> = {
  S: ['Service Ticket', '/service/tickets', '/project/tickets'],
  C: ['Activity', '/sales/activities'],
};

function objectErrors(record: SandboxRecord, { store }: HookContext): FieldError[] {
  const type = store.collection('/schedule/types').get(idOf(record.type) ?? 0);
  const [label, ...collections] = OBJECTS[String(type?.identifier)] ?? [];
  if (label === undefined || collections.some((place) => store.collection(place).has(Number(record.objectId))))
    return [];
  return [{ code: 'NotFound', message: `${label} ${record.objectId ?? ''} not found`, field: 'objectId' }];
}

const TEAM = '/project/projects/{parentId}/teamMembers';

const isOnTeam = (project: number, member: number | undefined, { store }: HookContext): boolean =>
  [...store.collection(TEAM).all([project])].some((row) => idOf(row.member) === member);

/** Who is scheduled on a project's ticket is on its team, or is put there by the request. The words are this sandbox's own. */
function teamErrors(record: SandboxRecord, context: SaveContext): FieldError[] {
  const found = ticketOf(record, context);
  const project = found?.template === '/project/tickets' ? idOf(found.ticket.project) : undefined;
  const member = idOf(record.member);
  if (project === undefined || member === undefined || idOf(context.previous?.member) === member) return [];
  if (isOnTeam(project, member, context) || record.addMemberToProjectFlag === true) return [];
  return [
    {
      code: 'InvalidField',
      message: `Member ${identifierOf(record.member, context)} is not on the team of project ${project}.`,
      field: 'member/id',
    },
  ];
}

/** Puts somebody on the team whom the request wants there. */
function joinTeam(record: SandboxRecord, context: HookContext, project: number | undefined): void {
  if (record.addMemberToProjectFlag !== true || project === undefined) return;
  if (isOnTeam(project, idOf(record.member), context)) return;
  const { store, api } = context;
  const roles = store.collection('/project/securityRoles');
  const role = roles.get(Number(record.projectRoleId ?? 1)) ?? [...roles.all()][0];
  const projectRole = role && expand(role, 'ProjectRoleReference', '/project/securityRoles', api);
  store.collection(TEAM).put({ projectId: project, member: record.member, projectRole }, { parentIds: [project] });
}

function removeEntry(record: SandboxRecord, context: HookContext): void {
  context.store.collection('/schedule/entries').remove(record.id);
  deriveResources(record, context, true);
}

/** What a request tells the server to do, and no entry keeps. */
const COMMANDS = ['addMemberToProjectFlag', 'projectRoleId'] as const;

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
    const [error] = objectErrors(record, context);
    if (error !== undefined) return [error];
    if (record.member === undefined)
      return [{ code: 'MissingRequiredField', message: 'The member/id field is required.', field: 'member' }];
    const [outsider] = teamErrors(record, context);
    if (outsider !== undefined) return [outsider];
    const [start, end] = [Date.parse(String(record.dateStart)), Date.parse(String(record.dateEnd))];
    return end < start
      ? [{ code: 'InvalidField', message: 'The dateEnd must not be before the dateStart.', field: 'dateEnd' }]
      : [];
  },

  beforeSave(record, context) {
    joinTeam(record, context, idOf(ticketOf(record, context)?.ticket.project));
    for (const name of COMMANDS) delete record[name];
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
      const company = nameIn(found.ticket.company) ?? '';
      record.name = `${company} / Ticket# ${found.ticket.id} - ${found.ticket.summary}`.slice(0, 250);
    }
  },

  afterSave: (record, context) => deriveResources(record, context),

  actions: {
    // Whom it would notify is not known: the sandbox mails nobody.
    'DELETE /schedule/entries/{id}/{notifyResource}': ({ pathValues }, context) => {
      const record = context.store.collection('/schedule/entries').get(Number(pathValues.id));
      if (record === undefined) throw missing('Schedule Entry', pathValues.id);
      removeEntry(record, context);
      return { status: 204 };
    },
  },

  beforeDelete(record, context) {
    removeEntry(record, context);
    return 'keep';
  },
};

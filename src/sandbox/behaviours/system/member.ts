import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { shapedAs } from '../../operations/conform.ts';
import { expand, idOf } from '../../references.ts';
import { securityFailure } from '../../security-roles.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

/** What goes to somebody else: the part of the request, where it is, and the member of the record that names the person. */
const HANDED_OVER: readonly (readonly [part: string, collection: string, field: string])[] = [
  ['activity', '/sales/activities', 'assignTo'],
  ['opportunity', '/sales/opportunities', 'primarySalesRep'],
  ['projectManager', '/project/projects', 'manager'],
  ['serviceTeam', '/service/boards/{parentId}/teams', 'teamLeader'],
];

const partOf = (body: unknown, name: string): { reAssignToMember?: unknown } | undefined =>
  ((body ?? {}) as Record<string, { reAssignToMember?: unknown } | undefined>)[name];

/** Time sheets on which nothing was entered. */
function dropSheets(member: SandboxRecord, { store }: HookContext): void {
  const sheets = store.collection('/time/sheets');
  for (const sheet of [...sheets.where('member/id', member.id)])
    if (sheet.status === 'Open' && [...store.collection('/time/entries').where('timeSheet/id', sheet.id)].length === 0)
      sheets.remove(sheet.id);
}

/** Members cannot be deleted: they are switched off, and what the request names goes to others. */
export function deactivateMember({ pathValues, body }: ActionRequest, context: HookContext): ActionAnswer {
  const { store, api, caller, now } = context;
  const members = store.collection('/system/members');
  const found = members.get(Number(pathValues.id));
  if (found === undefined) throw notFound(`Member ${pathValues.id} not found`);
  for (const [part, collection, field] of HANDED_OVER) {
    const heir = members.get(idOf(partOf(body, part)?.reAssignToMember) ?? 0);
    if (heir === undefined) continue;
    const records = store.collection(collection);
    const reference = expand(heir, 'MemberReference', '/system/members', api);
    for (const record of [...records.all()])
      if (idOf(record[field]) === found.id && record.closedFlag !== true)
        records.put({ ...record, [field]: reference }, { by: caller.identifier, at: now });
  }
  if ((body as { deleteOpenTimeSheetsFlag?: unknown } | undefined)?.deleteOpenTimeSheetsFlag === true)
    dropSheets(found, context);
  members.put({ ...found, inactiveFlag: true, inactiveDate: stamp(now) }, { by: caller.identifier, at: now });
  return { status: 200, body: body ?? {} };
}

/** Zones of the sandbox's own time zone setups, as IANA names. */
const ZONES: Readonly<Record<string, string>> = {
  Eastern: 'America/New_York',
  Central: 'America/Chicago',
  Pacific: 'America/Los_Angeles',
  London: 'Europe/London',
  Sydney: 'Australia/Sydney',
  India: 'Asia/Kolkata',
};

/** The zone in which a member's calendar days are counted; the provider's own when the member has none. */
export function memberZone(store: Store, member: SandboxRecord | undefined, fallback: string): string {
  const setup = store
    .collection('/system/timeZoneSetups')
    .get(Number((member?.timeZone as { id?: number } | undefined)?.id));
  // The first setup is the provider's own zone, whatever the sandbox was started with.
  if (setup === undefined || setup.defaultFlag === true) return fallback;
  return ZONES[String(setup.name)] ?? fallback;
}

const MEMBERS = '/system/members';

/** Members that only sign in. Their keys are made on the screen, not over the API. */
export const apiMember: Behaviour = {
  collection: '/system/apiMembers',
  resource: 'apiMember',
  label: 'ApiMember',
  defaults(record) {
    record.name ??= record.identifier;
    record.inactiveFlag ??= false;
  },
};

function myMember({ operation }: ActionRequest, { store, api, caller }: HookContext): ActionAnswer {
  const found = store.collection(MEMBERS).get(caller.memberId);
  if (found === undefined) throw notFound(`Member ${caller.identifier} not found`);
  return { status: 200, body: shapedAs(api, operation.response.schema, found) };
}

/** People: never deleted, only deactivated. */
export const member: Behaviour = {
  collection: MEMBERS,
  resource: 'member',
  label: 'Member',
  defaults(record) {
    record.inactiveFlag ??= false;
  },
  // That identifiers are unique is the real server's, the words are not known.
  validate(record, { previous, store }) {
    const same = store.collection(MEMBERS).where('identifier', String(record.identifier));
    return previous === undefined && same.length > 0
      ? [{ code: 'ObjectExists', message: 'Member ID already in use.', field: 'identifier' }]
      : [];
  },
  // A member keeps the name that was given once.
  beforeSave(record, { previous }) {
    if (previous !== undefined) record.identifier = previous.identifier;
  },
  actions: {
    // The account of whoever asks; an integrator login has none.
    'GET /system/myMembers': myMember,
    'GET /system/myMembers/info': myMember,
    'POST /system/members/{id}/deactivate': deactivateMember,
    // Tokens are for integrator logins; API members, administrators included, are refused. What the body says is not read: the
    // member is in the path, and clients send it as JSON, as a form or not at all.
    'POST /system/members/{memberIdentifier}/tokens': ({ pathValues }, { store, impersonate }) => {
      if (impersonate === undefined) throw securityFailure();
      const given = pathValues.memberIdentifier ?? '';
      const members = store.collection(MEMBERS);
      const [found] = /^\d+$/.test(given) ? [members.get(Number(given))] : members.where('identifier', given);
      if (found === undefined) throw notFound(`Member ${given} not found`);
      // How Manage refuses this is not known.
      if (found.inactiveFlag === true) throw securityFailure();
      return { status: 200, body: impersonate(found) };
    },
  },
};

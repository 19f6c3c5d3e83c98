import { AUDIT_TRAIL, auditParents } from '../audit/trail.ts';
import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { badCondition, invalidObject, notFound } from '../failure.ts';
import { shapedAs } from '../operations/conform.ts';
import { securityFailure } from '../security-roles.ts';
import { listed } from './listed.ts';
import { deactivateMember } from './member-deactivation.ts';

const MEMBERS = '/system/members';

/** What is asked of the system as a whole. */
export const system: Behaviour = {
  collection: '/system/info',
  actions: {
    'GET /system/info': (_, { timeZone }) => ({
      status: 200,
      body: {
        version: 'v2022.1.90000',
        isCloud: false,
        serverTimeZone: timeZone,
        licenseBits: [
          { name: 'Sandbox', activeFlag: true },
          { name: 'Marketing', activeFlag: false },
        ],
        cloudRegion: 'NA',
      },
    }),
  },
};

/** Rows are asked for by the record that they tell of; a configuration by its device identifier as well. */
function trail(request: ActionRequest, context: HookContext): ActionAnswer {
  const { query, operation } = request;
  const given = new Map([...query].map(([name, value]): [string, string] => [name.toLowerCase(), value]));
  const type = given.get('type')?.toLowerCase() ?? '';
  // That the type is required is documented, how its absence is answered is not.
  if (type === '')
    throw invalidObject('auditTrail', [
      { code: 'MissingRequiredField', message: 'The type field is required.', field: 'type' },
    ]);
  const allowed = operation.queryParameters.find(({ name }) => name === 'type')?.enum ?? [];
  if (!allowed.some((known) => known.toLowerCase() === type)) throw badCondition('Enum value supplied was invalid');
  const device = given.get('deviceidentifier');
  const [configuration] =
    device === undefined ? [] : context.store.collection('/company/configurations').where('deviceIdentifier', device);
  return listed(request, context, {
    template: AUDIT_TRAIL,
    schema: 'AuditTrailEntry',
    parents: auditParents(type, configuration?.id ?? Number(given.get('id') ?? 0)),
    present: ({ _info: _, ...row }) => row,
  });
}

export const auditTrail: Behaviour = {
  collection: AUDIT_TRAIL,
  actions: { [`GET ${AUDIT_TRAIL}`]: trail, [`GET ${AUDIT_TRAIL}/count`]: trail },
};

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
  validate(record, previous, { store }) {
    const same = store.collection(MEMBERS).where('identifier', String(record.identifier));
    return previous === undefined && same.length > 0
      ? [{ code: 'ObjectExists', message: 'Member ID already in use.', field: 'identifier' }]
      : [];
  },
  // A member keeps the name that was given once.
  beforeSave(record, previous) {
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

/** Statuses of a board: one default, not deletable while tickets have them. */
export const boardStatus: Behaviour = {
  collection: '/service/boards/{parentId}/statuses',
  label: 'Service Status',
  afterSave(record, _, { store, parentIds }) {
    if (record.defaultFlag !== true) return;
    const statuses = store.collection('/service/boards/{parentId}/statuses');
    for (const other of [...statuses.all(parentIds)])
      if (other.id !== record.id && other.defaultFlag === true) statuses.put({ ...other, defaultFlag: false });
  },
  beforeDelete(record, { store, fail }) {
    const used = [...store.collection('/service/tickets').where('status/id', record.id)].length > 0;
    // The real server's words for this are not known.
    return used
      ? fail(409, { code: 'ObjectInUse', message: `Service Status ${record.id} is in use and cannot be deleted.` })
      : undefined;
  },
};

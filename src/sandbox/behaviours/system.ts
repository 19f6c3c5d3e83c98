import { AUDIT_TRAIL, auditParents } from '../audit.ts';
import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { notFound } from '../failure.ts';
import { securityFailure } from '../security-roles.ts';
import { listed } from './listed.ts';
import { deactivateMember } from './member-deactivation.ts';

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
  const { query } = request;
  const device = query.get('deviceIdentifier');
  const [configuration] =
    device === null ? [] : context.store.collection('/company/configurations').where('deviceIdentifier', device);
  const id = configuration?.id ?? Number(query.get('id') ?? 0);
  return listed(request, context, {
    template: AUDIT_TRAIL,
    schema: 'AuditTrailEntry',
    parents: auditParents(query.get('type') ?? '', id),
    present: ({ _info: _, ...row }) => row,
  });
}

export const auditTrail: Behaviour = {
  collection: AUDIT_TRAIL,
  actions: { [`GET ${AUDIT_TRAIL}`]: trail, [`GET ${AUDIT_TRAIL}/count`]: trail },
};

export const member: Behaviour = {
  collection: '/system/members',
  resource: 'member',
  label: 'Member',
  actions: {
    'POST /system/members/{id}/deactivate': deactivateMember,
    // Tokens are for integrator logins; API members, administrators included, are refused. What the body says is not read: the
    // member is in the path, and clients send it as JSON, as a form or not at all.
    'POST /system/members/{memberIdentifier}/tokens': ({ pathValues }, { store, impersonate }) => {
      if (impersonate === undefined) throw securityFailure();
      const given = pathValues.memberIdentifier ?? '';
      const members = store.collection('/system/members');
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

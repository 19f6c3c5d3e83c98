import type { Behaviour } from '../behaviour.ts';
import { notFound } from '../failure.ts';
import { securityFailure } from '../security-roles.ts';
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

export const auditTrail: Behaviour = {
  collection: '/system/audittrail',
  actions: {
    'GET /system/audittrail': ({ query }, { store }) => {
      const type = query.get('type') ?? '';
      const id = Number(query.get('id') ?? 0);
      const rows = [...store.collection('/system/audittrail').where('recordId', id)].filter(
        ({ auditType }) => String(auditType).toLowerCase() === type.toLowerCase(),
      );
      return { status: 200, body: rows.map(({ recordId: _, id: __, _info: ___, ...row }) => row) };
    },
  },
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

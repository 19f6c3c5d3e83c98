import { AUDIT_TRAIL, auditParents } from '../../audit/trail.ts';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { badCondition, invalidObject } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { listed } from '../../operations/rows.ts';

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
  const { link, ...answer } = listed({ ...request, forwardOnly: false }, context, {
    template: AUDIT_TRAIL,
    schema: 'AuditTrailEntry',
    parents: auditParents(type, configuration?.id ?? Number(given.get('id') ?? 0)),
    present: ({ _info: _, ...row }) => row,
  });
  // It has no forward-only paging; clients tell that by the missing header.
  return { ...answer, ...(!request.forwardOnly && link !== undefined && { link }) };
}

export const auditTrail: Behaviour = {
  collection: AUDIT_TRAIL,
  actions: { [`GET ${AUDIT_TRAIL}`]: trail, [`GET ${AUDIT_TRAIL}/count`]: trail },
};

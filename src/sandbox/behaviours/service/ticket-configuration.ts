import { matcher } from '../../../query/index.ts';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject, notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

type Side = 'service' | 'project';

/** A configuration can be on many tickets: a row has an id of its own, never shown, besides the configuration's. */
const shown = ({ configurationId, ...row }: SandboxRecord): SandboxRecord => ({ ...row, id: Number(configurationId) });

const rowsOf = (side: Side, { store }: Pick<HookContext, 'store'>) =>
  store.collection(`/${side}/tickets/{parentId}/configurations`);

function rowOf(side: Side, id: string | undefined, context: HookContext): SandboxRecord {
  const rows = [...rowsOf(side, context).all(context.parentIds)];
  const found = rows.find(({ configurationId }) => configurationId === Number(id));
  if (found === undefined) throw notFound(`Configuration ${id} not found`);
  return found;
}

/** A configuration is part of its ticket: the ticket was changed, too. */
function touch(side: Side, { store, parentIds, caller, now }: HookContext): void {
  const tickets = store.collection(`/${side}/tickets`);
  const ticket = tickets.get(parentIds[0] ?? 0);
  if (ticket !== undefined) tickets.put(ticket, { by: caller.identifier, at: now });
}

/** Attaches a configuration by `{id}` or `{deviceIdentifier}`; one that is on the ticket already stays there once. */
function attach(side: Side, { body }: ActionRequest, context: HookContext): ActionAnswer {
  const given = (body ?? {}) as { id?: number; deviceIdentifier?: string };
  const configurations = context.store.collection('/company/configurations');
  if (given.id === undefined && given.deviceIdentifier === undefined) {
    throw invalidObject('configuration', [
      { code: 'MissingRequiredField', message: 'id or deviceIdentifier is required.', field: 'id' },
    ]);
  }
  const found =
    given.id === undefined
      ? [...configurations.where('deviceIdentifier', given.deviceIdentifier ?? '')][0]
      : configurations.get(Number(given.id));
  if (found === undefined) throw notFound(`Configuration ${given.id ?? given.deviceIdentifier} not found`);
  const reference = expand(found, 'ConfigurationReference', '/company/configurations', context.api);
  const rows = rowsOf(side, context);
  const { parentIds } = context;
  if (![...rows.all(parentIds)].some(({ configurationId }) => configurationId === found.id)) {
    const { id, ...facts } = reference;
    rows.put({ ...facts, configurationId: found.id }, { parentIds });
  }
  touch(side, context);
  return { status: 201, body: reference };
}

/**
 * `configuration/id = 3` in the conditions of tickets: the tickets that such a configuration is attached to. It is not a member of a
 * ticket, so it becomes a list of ids.
 */
export const byConfiguration =
  (side: Side): NonNullable<Behaviour['rewrite']> =>
  (comparison, context) => {
    const [first = '', ...rest] = comparison.path;
    if (first.toLowerCase() !== 'configuration') return undefined;
    const test = matcher({ ...comparison, path: rest.length === 0 ? ['id'] : rest });
    const configurations = context.store.collection('/company/configurations');
    const rows = rowsOf(side, context);
    const values = [...rows.all()].flatMap(({ id, configurationId }) => {
      const found = configurations.get(Number(configurationId));
      const ticket = rows.parentsOf(id)[0];
      return found !== undefined && ticket !== undefined && test(found)
        ? [{ kind: 'number' as const, value: ticket }]
        : [];
    });
    return { kind: 'comparison', path: ['id'], operator: 'in', value: { kind: 'list', values } };
  };

/** Configurations of service and of project tickets. */
export const ticketConfigurations: readonly Behaviour[] = (['service', 'project'] as const).map((side) => {
  const list = `/${side}/tickets/{parentId}/configurations`;
  return {
    collection: list,
    present: shown,
    actions: {
      [`POST ${list}`]: (request, context) => attach(side, request, context),
      [`GET ${list}/{id}`]: ({ pathValues }, context) => ({
        status: 200,
        body: shown(rowOf(side, pathValues.id, context)),
      }),
      [`DELETE ${list}/{id}`]: ({ pathValues }, context) => {
        rowsOf(side, context).remove(rowOf(side, pathValues.id, context).id);
        touch(side, context);
        return { status: 204 };
      },
    },
  };
});

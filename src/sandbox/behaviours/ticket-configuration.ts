import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { invalidObject, notFound } from '../failure.ts';
import { expand } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';

type Side = 'service' | 'project';

/** A configuration can be on many tickets: a row has an id of its own, which nobody sees, beside the configuration's. */
const shown = ({ configurationId, ...row }: SandboxRecord): SandboxRecord => ({ ...row, id: Number(configurationId) });

const rowsOf = (side: Side, { store }: HookContext) => store.collection(`/${side}/tickets/{parentId}/configurations`);

function rowOf(side: Side, id: string | undefined, context: HookContext): SandboxRecord {
  const rows = [...rowsOf(side, context).all(context.parentIds)];
  const found = rows.find(({ configurationId }) => configurationId === Number(id));
  if (found === undefined) throw notFound(`Configuration ${id} not found`);
  return found;
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
  const reference = expand(found, 'ConfigurationReference', '/company/configurations', context.catalog);
  const rows = rowsOf(side, context);
  const { parentIds } = context;
  if (![...rows.all(parentIds)].some(({ configurationId }) => configurationId === found.id)) {
    const { id, ...facts } = reference;
    rows.put({ ...facts, configurationId: found.id }, { parentIds });
  }
  // A configuration is part of its ticket: the ticket was changed, too.
  const tickets = context.store.collection(`/${side}/tickets`);
  const ticket = tickets.get(parentIds[0] ?? 0);
  if (ticket !== undefined) tickets.put(ticket, { by: context.caller.identifier, at: context.now });
  return { status: 201, body: reference };
}

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
        return { status: 204 };
      },
    },
  };
});

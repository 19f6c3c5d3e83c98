import type { Behaviour } from '../../contract/behaviour.ts';

const FIELDS = '/system/workflows/userdefinedfields/events/{parentId}/actions';

/** Custom fields that a workflow's action sets: added to an event, listed by event and action, removed by action. */
export const workflowField: Behaviour = {
  collection: FIELDS,
  actions: {
    'POST /system/workflows/userdefinedfields/events/{grandparentId}': ({ pathValues, body }, context) => {
      const eventId = Number(pathValues.grandparentId);
      const stored = context.store
        .collection(FIELDS)
        .put({ ...(body as object), eventId }, { by: context.caller.identifier, at: context.now });
      return { status: 201, body: stored };
    },
    'GET /system/workflows/userdefinedfields/events/{grandparentId}/actions/{parentId}': (
      { pathValues, list },
      { store },
    ) =>
      list(
        store
          .collection(FIELDS)
          .where('eventId', Number(pathValues.grandparentId))
          .filter(({ actionId }) => actionId === Number(pathValues.parentId)),
      ),
    'DELETE /system/workflows/userdefinedfields/actions/{parentId}': ({ pathValues }, { store }) => {
      const fields = store.collection(FIELDS);
      for (const { id } of fields.where('actionId', Number(pathValues.parentId))) fields.remove(id);
      return { status: 204 };
    },
  },
};

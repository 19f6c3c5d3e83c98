import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { resolveReferences } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { fillCustomFields } from '../../write/custom-fields.ts';

/** Stores what a record is converted to, by the rules of what it becomes. */
export function become(
  { operation }: ActionRequest,
  context: HookContext,
  behaviour: Behaviour | undefined,
  template: string,
  draft: Record<string, unknown>,
): ActionAnswer {
  const { store, api } = context;
  const record = Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== undefined && value !== null),
  ) as SandboxRecord;
  behaviour?.defaults?.(record, context);
  const fields = api.schema(operation.response.schema ?? '')?.fields ?? new Map();
  const errors = [
    ...resolveReferences(record, fields, () => true, store, api),
    ...(behaviour?.validate?.(record, undefined, context) ?? []),
  ];
  if (errors.length > 0) throw invalidObject(behaviour?.resource ?? 'order', errors);
  behaviour?.beforeSave?.(record, undefined, context);
  fillCustomFields(record, template, store);
  const stored = store.collection(template).put(record, { by: context.caller.identifier, at: context.now });
  behaviour?.afterSave?.(stored, undefined, context);
  return { status: operation.response.status, body: store.collection(template).get(stored.id) ?? stored };
}

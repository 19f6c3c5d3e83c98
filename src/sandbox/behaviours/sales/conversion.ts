import { type Behaviour, type HookContext, saveContext } from '../../contract/behaviour.ts';
import { invalidObject } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { resolveReferences } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { fillCustomFields } from '../../write/custom-fields.ts';

/** Stores what a record is converted to, by the rules of what it becomes. */
export function become(
  { operation }: ActionRequest,
  context: HookContext,
  { template, behaviour }: { readonly template: string; readonly behaviour?: Behaviour },
  draft: Record<string, unknown>,
): ActionAnswer {
  const { store, api } = context;
  const record = Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== undefined && value !== null),
  ) as SandboxRecord;
  const saving = saveContext(context, undefined);
  behaviour?.defaults?.(record, saving);
  const fields = api.schema(operation.response.schema ?? '')?.fields ?? new Map();
  const errors = [...resolveReferences(record, fields, context), ...(behaviour?.validate?.(record, saving) ?? [])];
  if (errors.length > 0) throw invalidObject(behaviour?.resource ?? 'order', errors);
  behaviour?.beforeSave?.(record, saving);
  fillCustomFields(record, template, store);
  const stored = store.collection(template).put(record, { by: context.caller.identifier, at: context.now });
  behaviour?.afterSave?.(stored, saving);
  return { status: operation.response.status, body: store.collection(template).get(stored.id) ?? stored };
}

import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import type { Step, StepRequest, WritePlan } from './plan.ts';

/** Stands for the id of a record that a preview does not make: a number, so that what is made of it passes the checks of real requests. */
const NO_ID = 2_147_483_647;
const NOT_MADE: ManageRecord = { id: NO_ID };

/** A request of a preview with `new` for the ids that there are not yet. */
export function withoutMadeUpIds(value: unknown): unknown {
  if (value === NO_ID) return 'new';
  if (typeof value === 'string') return value.replaceAll(String(NO_ID), 'new');
  if (Array.isArray(value)) return value.map(withoutMadeUpIds);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutMadeUpIds(member)]));
}

export const requestOf = ({ request }: Step, made: readonly ManageRecord[]): StepRequest =>
  typeof request === 'function' ? request(made) : request;

/** The requests of a plan before any is sent, with a stand-in for the records that earlier steps make. */
export function plannedRequests({ steps }: WritePlan): { readonly step: Step; readonly request: StepRequest }[] {
  const made = steps.map(() => NOT_MADE);
  return steps.map((step) => ({ step, request: requestOf(step, made) }));
}

/** What tells two changes apart: all of their requests, with a stand-in for the records that they make. */
export const keyOf = (plan: WritePlan): string =>
  JSON.stringify(plannedRequests(plan).map(({ step, request }) => [step.operation, request]));

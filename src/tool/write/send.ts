import type { ApiDescription } from '../../api/index.ts';
import { isRecord } from '../../json.ts';
import { type ManageClient, type ManageRecord, WriteOutcomeUnknown } from '../../manage/index.ts';
import { type Clean, joined, lines, say } from '../../text/index.ts';
import type { Understood } from '../arguments/understood.ts';
import type { Confirmation } from '../context.ts';
import { ConfirmationNeeded, Declined, PartlyDone, ToolInputError } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';
import type { Consent } from './consent.ts';
import { type Effect, type EffectKind, effectsOf, HANDFUL, needsConsent } from './effects.ts';
import { ignoredMembers } from './ignored.ts';
import type { Step, StepRequest, WritePlan, Written } from './plan.ts';
import { type PreviewRequest, previewResult } from './preview.ts';

/** What the pipeline works with; tools see only `context.send`. */
export interface Writing {
  readonly manage: ManageClient;
  readonly api: ApiDescription;
  readonly understood: Understood;
  readonly signal: AbortSignal;
  /** Who has to agree to a change with these effects. */
  consent(effects: readonly EffectKind[]): Consent;
  /** Gives back when a person agreed. @throws {ConfirmationNeeded} {Declined} {Unanswered} */
  confirm(confirmation: Confirmation): void;
  /** What this call's error says of a failed step. */
  reason(error: unknown): Clean;
  /** Creations under way over all calls of this server, by their requests. */
  readonly running: Map<string, Promise<ToolResult<Record<string, unknown>>>>;
  /** How to look for what became of requests of earlier calls whose outcome stayed unknown, by request. */
  readonly unsettled: Unsettled;
}

/** A map, or a cache that forgets. */
export interface Unsettled {
  get(request: string): Look | undefined;
  set(request: string, look: Look): unknown;
  delete(request: string): unknown;
}

/** Looks for what a request made; fails where it cannot tell. */
export type Look = (signal: AbortSignal) => Promise<ManageRecord | undefined>;

/** Stands for the id of a record that a preview does not make: a number, so that what is made of it passes the checks of real requests. */
const NO_ID = 2_147_483_647;
const NOT_MADE: ManageRecord = { id: NO_ID };

/** A request of a preview with `new` for the ids that there are not yet. */
function withoutMadeUpIds(value: unknown): unknown {
  if (value === NO_ID) return 'new';
  if (typeof value === 'string') return value.replaceAll(String(NO_ID), 'new');
  if (Array.isArray(value)) return value.map(withoutMadeUpIds);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutMadeUpIds(member)]));
}

const requestOf = ({ request }: Step, made: readonly ManageRecord[]): StepRequest =>
  typeof request === 'function' ? request(made) : request;

/** The requests of a plan before any is sent, with a stand-in for the records that earlier steps make. */
function plannedRequests({ steps }: WritePlan): { readonly step: Step; readonly request: StepRequest }[] {
  const made = steps.map(() => NOT_MADE);
  return steps.map((step) => ({ step, request: requestOf(step, made) }));
}

/**
 * Carries out a change, the same way whichever tool asks for it: look for a duplicate, preview or consent, send, settle, compare
 * with what was stored, answer. Consent follows from the effect of the requests.
 * @throws {ToolInputError} for a duplicate or for nothing to do
 * @throws {ConfirmationNeeded} {Declined} when a person has to agree and did not
 * @throws {PartlyDone} when a step failed after others had succeeded
 */
export async function send(plan: WritePlan, writing: Writing): Promise<ToolResult<Record<string, unknown>>> {
  if (plan.steps.length === 0)
    throw new ToolInputError('arguments', say`Nothing to change: send at least one field with its new value.`);
  if (plan.dryRun || (plan.duplicate === undefined && !plan.once)) return carryOut(plan, writing);
  // The same change twice at once is one change: both callers get its answer.
  const key = keyOf(plan);
  const running = writing.running.get(key);
  if (running !== undefined) return running;
  const result = carryOut(plan, writing);
  writing.running.set(key, result);
  try {
    return await result;
  } finally {
    writing.running.delete(key);
  }
}

/** What tells two changes apart: all of their requests, with a stand-in for the records that they make. */
const keyOf = (plan: WritePlan): string =>
  JSON.stringify(plannedRequests(plan).map(({ step, request }) => [step.operation, request]));

async function carryOut(plan: WritePlan, writing: Writing): Promise<ToolResult<Record<string, unknown>>> {
  const { duplicate } = plan;
  const known = await duplicate?.find(writing.signal);
  if (duplicate !== undefined && known !== undefined)
    throw new ToolInputError(duplicate.argument, duplicate.says(known));
  const effects = effectsOfPlan(plan, writing);
  if (plan.dryRun) return preview(plan, effects, writing);
  const consent = consentOf(plan, effects, writing);
  if (consent !== 'never')
    writing.confirm({
      question: questionOf(plan, effects, writing),
      given: plan.confirm,
      consent,
      change: JSON.stringify(previewRequests(plan, writing)),
    });
  const written = await sendSteps(plan, writing);
  const answer = await plan.answer(written);
  const said = [...written.failed, ...written.ignored];
  return {
    ...answer,
    structured: {
      ...answer.structured,
      ...(said.length > 0 && { problems: said }),
    },
    text: lines([answer.text, ...said]),
  };
}

function effectsOfPlan(plan: WritePlan, { api }: Writing): Effect[] {
  const effects = plannedRequests(plan).flatMap(({ step, request }) => effectsOf(step, request, api));
  const { length } = plan.steps;
  return length > HANDFUL ? [...effects, { kind: 'many', says: say`makes ${length} changes at once` }] : effects;
}

/** Who has to agree to a plan. */
function consentOf(plan: WritePlan, effects: readonly Effect[], { consent }: Writing): Consent {
  return plan.asks || warningsOf(plan) !== '' || needsConsent(effects)
    ? consent(effects.map(({ kind }) => kind))
    : 'never';
}

const effectsSaid = (effects: readonly Effect[]): Clean => joined([...new Set(effects.map(({ says }) => says))], ', ');

const warningsOf = ({ warnings = [] }: WritePlan): Clean => joined(warnings, ' ');

function questionOf(plan: WritePlan, effects: readonly Effect[], { understood }: Writing): Clean {
  const { question, steps } = plan;
  const does = joined(
    steps.map((step) => step.does),
    '; ',
  );
  const because = effectsSaid(effects);
  const usual = joined([say`Do this: ${does}?`, because !== '' && say`It ${because}.`], ' ');
  const asked = joined([question ?? usual, warningsOf(plan)], ' ');
  return lines([asked, understood.records(asked)]);
}

/** The requests of a plan as they would be sent, with `new` for the ids that there are not yet. */
function previewRequests(plan: WritePlan, { manage, api }: Writing): PreviewRequest[] {
  return plannedRequests(plan).map(({ step, request: { path, query, body } }) => {
    const sent = manage.preview(step.operation, { path, query, body });
    const shown = typeof step.request === 'function' ? (withoutMadeUpIds(sent) as typeof sent) : sent;
    const { request, response } = api.find(step.operation) ?? {};
    return { ...shown, schema: request?.schema ?? response?.schema };
  });
}

function preview(plan: WritePlan, effects: readonly Effect[], writing: Writing) {
  const { steps, notes = [], changes = [] } = plan;
  const requests = previewRequests(plan, writing);
  const asks = consentOf(plan, effects, writing) !== 'never';
  const says = lines([
    ...notes,
    ...(steps.length > 1 ? steps.map(({ does }) => does) : []),
    asks
      ? say`A person has to agree: ${joined([plan.question ?? effectsSaid(effects), warningsOf(plan)], ' ')}`
      : undefined,
  ]);
  return previewResult(requests, changes, says);
}

/** What the same request of an earlier call made after its answer was lost: calling again finds it. */
async function madeBefore(key: string, { unsettled, signal }: Writing): Promise<ManageRecord | undefined> {
  const found = await unsettled
    .get(key)?.(signal)
    .catch((): undefined => undefined);
  if (found !== undefined) unsettled.delete(key);
  return found;
}

/** Sends the steps in order. What was done before a failure stays, so the error tells it. */
async function sendSteps({ steps, duplicate }: WritePlan, writing: Writing): Promise<Written> {
  const { manage, signal, api } = writing;
  const made: ManageRecord[] = [];
  const failed: Clean[] = [];
  const ignored: Clean[] = [];
  const done: Clean[] = [];
  for (const [index, step] of steps.entries()) {
    let request = requestOf(step, made);
    const find = step.settle ?? step.find ?? (index === 0 ? duplicate?.find : undefined);
    const settle = find && ((within: AbortSignal) => find(within, made));
    const key = JSON.stringify([step.operation, request]);
    try {
      const known = (await step.find?.(signal, made)) ?? (await madeBefore(key, writing));
      if (known === undefined && step.refresh !== undefined) request = await step.refresh(request, signal);
      const record = known ?? (await manage.write<ManageRecord>(step.operation, { ...request, signal, settle }));
      made.push(record ?? {});
      if (known === undefined) ignored.push(...ignoredMembers(step.operation, request.body, record, api));
      done.push(step.does);
    } catch (error) {
      if (error instanceof WriteOutcomeUnknown && step.settle !== undefined && settle !== undefined)
        writing.unsettled.set(key, settle);
      if (step.mayFail) {
        made.push({});
        failed.push(say`Not done: ${step.does}. ${writing.reason(error)}`);
        continue;
      }
      if (done.length === 0 || error instanceof ConfirmationNeeded || error instanceof Declined) throw error;
      throw new PartlyDone(done, step.does, error);
    }
  }
  return { made, failed, ignored };
}

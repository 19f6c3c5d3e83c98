import { type Clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';
import { changeLines, createdFacts, unsaid } from './changes.ts';
import type { Consent } from './consent.ts';
import { checkCurrency } from './currency.ts';
import { type Effect, effectsOf, HANDFUL, needsConsent, silenceOf } from './effects.ts';
import { keyOf, plannedRequests, type WritePlan, withoutMadeUpIds } from './plan.ts';
import { type PreviewRequest, previewResult } from './preview.ts';
import { firstRefreshed, type Sent, sendSteps, wasBegun } from './send-steps.ts';
import { oneAtOnce } from './under-way.ts';
import type { Writing } from './writing.ts';

/**
 * What to do where the only values of a call were empty ones.
 * @param takes whether the tool has an argument
 */
export function howToEmpty(takes: Writing['takes']): string {
  const ways = [
    takes('clear') ? 'clear empties fields' : '',
    takes('customFields') ? 'clear: true beside its caption empties a custom field' : '',
  ].filter((way) => way !== '');
  return `An empty value is one that was not given${ways.length === 0 ? '' : `: ${ways.join(', and ')}`}.`;
}

/**
 * Carries out a change, the same way whichever tool asks for it: look for a duplicate, preview or consent, send, settle, compare
 * with what was stored, answer. Consent follows from the effect of the requests.
 * @throws {ToolInputError} for a duplicate or for nothing to do
 * @throws {ConfirmationNeeded} {Declined} when a person has to agree and did not
 * @throws {PartlyDone} when a step failed after others had succeeded
 */
export async function send(plan: WritePlan, writing: Writing): Promise<ToolResult<Record<string, unknown>>> {
  if (plan.steps.length === 0 && writing.asked.length > 0) return alreadySo(writing.asked);
  if (plan.steps.length === 0)
    throw new ToolInputError('arguments', say`Nothing to change: send at least one field with its new value.`, {
      next: howToEmpty(writing.takes),
    });
  // Only a change of a record that is there can empty something.
  if (writing.clears && plan.steps.every(({ operation }) => operation.startsWith('POST ')))
    throw new ToolInputError(
      'clear',
      say`clear: a new record has nothing to empty. Name the record to change, or leave clear out.`,
    );
  if (plan.dryRun || writing.again) return carryOut(plan, writing);
  // The same change twice at once is one change: both callers get its answer.
  const key = `${writing.caller} ${keyOf(plan)}`;
  return oneAtOnce(writing.running, { key, signal: writing.signal }, () => carryOut(plan, writing));
}

/** The answer to a change of what is like that already. */
const alreadySo = (asked: readonly string[]): ToolResult<Record<string, unknown>> => ({
  structured: { changes: [], unchanged: asked.map(cleanLine) },
  text: say`Already so: ${joined(asked.map(cleanLine), ', ')}. Nothing was changed.`,
});

const answerTo = async (plan: WritePlan, written: Sent) => plan.answer(written);

/** The answer to a change that is done and whose records cannot be read back: what was written stays done. */
function unread(
  { steps }: WritePlan,
  { made: [first], failed }: Sent,
  reason: Clean,
): ToolResult<Record<string, unknown>> {
  const done = joined(
    steps.map(({ does }) => does),
    '; ',
  );
  const what = failed.length === 0 ? say`Done: ${done}.` : say`Tried: ${done}.`;
  const id = Number(first?.id);
  return {
    structured: { done: true, ...(Number.isInteger(id) && { id }) },
    text: say`${what} How it is stored could not be read: ${reason}`,
  };
}

async function carryOut(plan: WritePlan, writing: Writing): Promise<ToolResult<Record<string, unknown>>> {
  const { duplicate } = plan;
  await checkCurrency(plan, writing);
  const effects = effectsOfPlan(plan, writing);
  const consent = consentOf(plan, effects, writing);
  const looking = (await wasBegun(plan, writing)) ? undefined : duplicate?.find(writing.signal);
  // Where nobody is asked, nothing lies between this and the write: it is brought up to date beside the other checks.
  const ready = plan.dryRun || consent !== 'never' ? undefined : firstRefreshed(plan, writing);
  const [known] = await Promise.all([looking, writing.confirmed()]);
  if (duplicate !== undefined && known !== undefined)
    throw new ToolInputError(duplicate.argument, duplicate.says(known));
  if (plan.dryRun) return preview(plan, effects, writing);
  if (consent !== 'never')
    await writing.confirm({
      question: questionOf(plan, effects, writing),
      given: plan.confirm,
      consent,
      change: JSON.stringify(previewRequests(plan, writing)),
    });
  const written = await sendSteps(plan, writing, ready);
  const [answer, doubled] = await Promise.all([
    answerTo(plan, written).catch((error: unknown) => unread(plan, written, writing.reason(error))),
    written.doubled(),
  ]);
  // Too late to fail: an entry that stays open is of a change that is asked about again.
  await written.close().catch(() => undefined);
  const said = [...written.failed, ...written.ignored, ...doubled];
  // Tools that mail say themselves whom.
  const isTold = answer.structured?.mailed !== undefined || effects.some(({ kind }) => kind === 'mails');
  const silence = isTold ? undefined : silenceOf(plannedRequests(plan), writing.api);
  return {
    ...answer,
    structured: {
      ...answer.structured,
      ...(silence && { mailed: silence }),
      ...(said.length > 0 && { problems: said }),
    },
    text: lines([answer.text, silence && say`mailed: ${silence}`, ...said, ...written.joined]),
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
  const { question, steps, changes = [] } = plan;
  const does = joined(
    steps.map((step) => step.does),
    '; ',
  );
  const because = effectsSaid(effects);
  const usual = joined([say`Do this: ${does}?`, because !== '' && say`It ${because}.`], ' ');
  const asked = joined([question ?? usual, warningsOf(plan)], ' ');
  // Switches are in the question's own words.
  const facts = changes.filter(({ after }) => !/^(true|false)$/.test(after));
  const more = unsaid(
    facts.map((change) => changeLines([change])),
    asked,
  );
  const said = lines([asked, ...more]);
  return lines([said, understood.records(said)]);
}

/** The requests of a plan as they would be sent, with `new` for ids that do not exist yet. */
function previewRequests(plan: WritePlan, { manage, api }: Writing): PreviewRequest[] {
  return plannedRequests(plan).map(({ step, request: { path, query, body } }) => {
    const sent = manage.preview(step.operation, { path, query, body });
    const shown = typeof step.request === 'function' ? (withoutMadeUpIds(sent) as typeof sent) : sent;
    const { request, response } = api.find(step.operation) ?? {};
    return { ...shown, schema: request?.schema ?? response?.schema };
  });
}

/** What a plan creates, as far as the tool's own notes do not say it. */
async function creates(
  requests: readonly PreviewRequest[],
  { notes = [], currency }: WritePlan,
  { api, zone }: Writing,
): Promise<Clean[]> {
  const local = await zone();
  const facts = requests.flatMap(({ method, body, schema }) =>
    method === 'POST' && schema !== undefined ? createdFacts(body, { api, schema, zone: local, currency }) : [],
  );
  return unsaid(facts, lines(notes));
}

async function preview(plan: WritePlan, effects: readonly Effect[], writing: Writing) {
  const { steps, notes = [], changes = [] } = plan;
  const requests = previewRequests(plan, writing);
  const asks = consentOf(plan, effects, writing) !== 'never';
  const asked = asks ? joined([plan.question ?? effectsSaid(effects), warningsOf(plan)], ' ') : say``;
  const says = lines([
    // What the question says is not said twice.
    ...notes.filter((note) => note === undefined || !asked.includes(note)),
    ...(await creates(requests, plan, writing)),
    ...(steps.length > 1 ? steps.map(({ does }) => does) : []),
    asks ? say`A person has to agree: ${asked}` : undefined,
  ]);
  return previewResult(requests, changes, says);
}

import { isRecord } from '../../json.ts';
import { type ManageRecord, WriteOutcomeUnknown } from '../../manage/index.ts';
import { type Clean, say } from '../../text/index.ts';
import { ConfirmationNeeded, Declined, PartlyDone } from '../errors.ts';
import type { Sent as Entry } from './guard.ts';
import { ignoredMembers } from './ignored-members.ts';
import { keepDays } from './kept-days.ts';
import { keyOf, requestOf, type Step, type StepRequest, type WritePlan, type Written } from './plan.ts';
import { type Posted, sendOnce } from './send-once.ts';
import { type Writing, writeWithin } from './writing.ts';

/** What was written, and what is found out about it afterwards. */
export interface Sent extends Written {
  /** Steps that an earlier call did and that were not done again, a line each. */
  readonly joined: readonly Clean[];
  /** Looks for requests that made more than one record, which a gateway can do; a line each. */
  doubled(): Promise<readonly Clean[]>;
  /**
   * Ends the change, once its answer is ready. One that is not finished, or that its caller did not stay for, is open: the same
   * change is a repetition then, whatever it allows.
   */
  close(): Promise<void>;
}

/** Under what a step is remembered: the same one of the same change by the same caller is the same request. */
const stepKey = (change: string, index: number, { caller }: Writing): string => `${caller} ${index} ${change}`;

const posts = ({ operation }: Step): boolean => operation.startsWith('POST ');

/** Whether an earlier call began this very change and did not finish it: then what it left is no duplicate. */
export async function wasBegun(plan: WritePlan, writing: Writing): Promise<boolean> {
  const first = plan.steps.findIndex(posts);
  const entry = first < 0 ? undefined : await writing.guard.entries.peek(stepKey(keyOf(plan), first, writing));
  return entry !== undefined && entry.state !== 'done';
}

/** One step, as it ended. */
interface Ended extends Posted {
  /** As it was sent in the end. */
  readonly request: StepRequest;
}

/** The request of a step as it is to be sent now; `undefined` where everything is as it is to be. */
type Refreshed = Promise<StepRequest | undefined>;

/**
 * The first request of a plan, brought up to date; nothing where that step looks for something else before, or needs no such thing.
 * What goes wrong is said when the step's turn comes.
 */
export function firstRefreshed({ steps: [first] }: WritePlan, { signal }: Writing): Refreshed | undefined {
  if (first?.refresh === undefined || first.find !== undefined) return undefined;
  const refreshed = first.refresh(requestOf(first, []), signal);
  refreshed.catch(() => undefined);
  return refreshed;
}

interface At {
  readonly plan: WritePlan;
  /** The change that the step is of, as `keyOf` tells it. */
  readonly change: string;
  readonly index: number;
  readonly made: readonly ManageRecord[];
  /** The request, where it was brought up to date already. */
  readonly ready: Refreshed | undefined;
}

async function sendStep(step: Step, { plan, change, index, made, ready }: At, writing: Writing): Promise<Ended> {
  const { signal, api } = writing;
  let request = requestOf(step, made);
  const { duplicate } = plan;
  const find = step.settle ?? step.find ?? (index === 0 ? duplicate?.find : undefined);
  const known = await step.find?.(signal, made);
  if (known !== undefined) return { record: known, joined: false, request };
  if (step.refresh !== undefined) {
    const refreshed = await (ready ?? step.refresh(request, signal));
    if (refreshed === undefined) return { record: undefined, joined: false, looked: true, request };
    request = refreshed;
  }
  const operation = api.find(step.operation);
  if (operation?.method !== 'POST') {
    const record = await writeWithin<ManageRecord>(writing, step.operation, request);
    // What the caller changed they know.
    if (isRecord(record) && record.id !== undefined)
      writing.seen.remember(step.operation.replace(/^\w+/, 'GET'), request.path ?? {}, record);
    return { record, joined: false, request };
  }
  const isNew = step.find !== undefined || (index === 0 && duplicate !== undefined);
  const look = find && ((within: AbortSignal) => find(within, made));
  const isWhole = plan.steps.length === 1;
  const key = stepKey(change, index, writing);
  const { alike } = step;
  const read = alike && ((within: AbortSignal) => alike(within, made));
  const posted = await sendOnce({ operation, request, find: look, alike: read, isNew, isWhole, key }, writing);
  return { ...posted, request };
}

/**
 * Sends the steps in order. What was done before a failure stays, so the error tells it.
 * @param ready the request of the first step, where it was brought up to date already
 */
export async function sendSteps(plan: WritePlan, writing: Writing, ready?: Refreshed): Promise<Sent> {
  const { api, signal } = writing;
  const made: ManageRecord[] = [];
  const failed: Clean[] = [];
  const ignored: Clean[] = [];
  const joined: Clean[] = [];
  const done: Clean[] = [];
  const ended: Ended[] = [];
  const change = keyOf(plan);
  for (const [index, step] of plan.steps.entries()) {
    try {
      const end = await sendStep(step, { plan, change, index, made, ready: index === 0 ? ready : undefined }, writing);
      const days = end.joined
        ? undefined
        : await keepDays({ operation: step.operation, request: end.request, record: end.record }, writing);
      made.push(days?.record ?? end.record ?? {});
      if (end.joined) joined.push(say`An earlier call did this, and it was not done again: ${step.does}.`);
      else if (!end.looked) ignored.push(...ignoredMembers(step.operation, end.request, end.record, api));
      ignored.push(...(days?.lines ?? []));
      done.push(step.does);
      ended.push(end);
    } catch (error) {
      if (step.mayFail) {
        made.push({});
        const what = error instanceof WriteOutcomeUnknown ? say`Not known whether done` : say`Not done`;
        failed.push(say`${what}: ${step.does}. ${writing.reason(error)}`);
        continue;
      }
      if (done.length === 0 || error instanceof ConfirmationNeeded || error instanceof Declined) throw error;
      throw new PartlyDone(done, step.does, error);
    }
  }
  const doubled = async (): Promise<Clean[]> => {
    const lines = await Promise.all(ended.map((end) => doubledLine(end, signal)));
    return lines.filter((line) => line !== undefined);
  };
  const close = async (): Promise<void> => {
    const state = failed.length === 0 && writing.isHeard() ? 'done' : 'open';
    const keys = plan.steps.flatMap((step, index) => (posts(step) ? [stepKey(change, index, writing)] : []));
    await Promise.all(keys.map((key) => closeAs(state, key, writing)));
  };
  return { made, failed, ignored, joined, doubled, close };
}

/** Says of a POST that was made whether its change is finished. */
async function closeAs(state: 'done' | 'open', key: string, { guard, signal }: Writing): Promise<void> {
  const isOther = (entry: Entry | undefined): entry is Entry =>
    (entry?.state === 'done' || entry?.state === 'open') && entry.state !== state;
  if (!isOther(await guard.entries.peek(key))) return;
  await guard.entries.alone(key, signal, async ({ entry, save }) => {
    if (isOther(entry)) await save({ ...entry, state });
  });
}

/** What to say when one request made several records. A look that fails says nothing: the record itself is there. */
async function doubledLine({ together }: Ended, signal: AbortSignal): Promise<Clean | undefined> {
  const [record, other] = (await together?.(signal).catch((): [] => [])) ?? [];
  if (record === undefined || other === undefined) return undefined;
  return say`Something between this server and Manage delivered the request twice: beside record ${Number(record.id)} there is ${Number(other.id)} with the same content. Delete one of them.`;
}

import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import type { Clean } from '../../text/index.ts';
import type { ToolResult } from '../tool-result.ts';

/** What is sent to one operation. */
export interface StepRequest {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** The id of the write in the journal that this one takes back; not sent. */
  readonly undoes?: string;
  /** As in the client's options; not sent. */
  readonly stood?: boolean;
}

/** One request of a change. */
export interface Step {
  /** As `POST /company/companies/{parentId}/teams`. */
  readonly operation: string;
  /** What is sent; a function where it needs records that earlier steps made. Previews give it records with the id `new`. */
  readonly request: StepRequest | ((made: readonly ManageRecord[]) => StepRequest);
  /** What it does, for previews, answers and partial failures: `type Vendor added`. */
  readonly does: Clean;
  /**
   * Looks for what this step makes. Asked before it is sent, so that calling again finishes a change without doubling it, and after
   * a lost answer. Gives `undefined` when it is provably not there.
   */
  readonly find?: (signal: AbortSignal, made: readonly ManageRecord[]) => Promise<ManageRecord | undefined>;
  /** Looks for what this step made after a lost answer only; `find` when left out. */
  readonly settle?: Step['find'];
  /**
   * Reads every record that looks like what this step makes, for one that makes what is not listed under its own path: out of
   * another record, a file, a line inside a record. What is newer than those that stood there before it was sent is of it: so a lost
   * answer is looked up, and a second delivery noticed.
   */
  readonly alike?: (signal: AbortSignal, made: readonly ManageRecord[]) => Promise<readonly ManageRecord[]>;
  /**
   * Brings the request up to date right before it is sent, after a person agreed: for lists that go back whole and that somebody
   * else may have changed since they were read. Gives `undefined` where everything is as it is to be: then nothing is sent.
   */
  readonly refresh?: ((request: StepRequest, signal: AbortSignal) => Promise<StepRequest | undefined>) | undefined;
  /** It only links or unlinks two records, and this change could set the link again: that alone asks nobody. */
  readonly link?: boolean;
  /** When it fails the change stands without it, and the answer says so. */
  readonly mayFail?: boolean;
}

/** The record that a creation would double. */
export interface Duplicate {
  /** Finds it: before the change, which is refused then, and after a lost answer. */
  find(signal: AbortSignal): Promise<ManageRecord | undefined>;
  /** The argument that makes it the same. */
  readonly argument: string;
  /** The refusal: which record it is and what to do instead. */
  says(duplicate: ManageRecord): Clean;
}

/** A member before and after, as it is shown. */
export type Change = {
  readonly field: Clean;
  readonly before: Clean;
  readonly after: Clean;
};

/** What was written. */
export interface Written {
  /** What each step gave, in order; an empty record for a step that gave none or failed. */
  readonly made: readonly ManageRecord[];
  /** Steps that failed and may, each with its reason. */
  readonly failed: readonly Clean[];
  /** Members that Manage did not store as they were sent, a line each. */
  readonly ignored: readonly Clean[];
}

/** One change as a person would describe it: what is sent, what it would double, who has to agree, what is answered. */
export interface WritePlan {
  readonly steps: readonly Step[];
  readonly dryRun: boolean | undefined;
  /** The tool's own `confirm` argument. */
  readonly confirm?: boolean | undefined;
  readonly duplicate?: Duplicate | undefined;
  /**
   * What a person is asked: everything that will happen, recipients and text included. It is asked when the requests have an effect
   * that needs a yes; see `effectsOf`.
   */
  readonly question?: Clean | undefined;
  /** Asks although no request tells the effect, such as a cancellation that ends billing. */
  readonly asks?: boolean;
  /** What somebody may not expect of the change, a sentence each, such as a date that has passed. A person is asked, and reads them. */
  readonly warnings?: readonly (Clean | undefined)[];
  /** Lines of the preview beside the requests: what was understood, what Manage will fill in. */
  readonly notes?: readonly (Clean | undefined)[];
  /** What the amounts of records without a currency of their own are in: a reference to it, its code, or the unit that they count. */
  readonly currency?: unknown;
  /** Before and after, for the preview. */
  readonly changes?: readonly Change[];
  answer(written: Written): ToolResult<Record<string, unknown>> | Promise<ToolResult<Record<string, unknown>>>;
}

/** Stands for the id of a record that a preview does not make: a number, so that what is made of it passes the checks of real requests. */
const NO_ID = 2_147_483_647;
const NOT_MADE: ManageRecord = { id: NO_ID };

/** A request of a preview with `new` for ids that do not exist yet. */
export function withoutMadeUpIds(value: unknown): unknown {
  if (value === NO_ID) return 'new';
  if (typeof value === 'string') return value.replaceAll(String(NO_ID), 'new');
  if (Array.isArray(value)) return value.map(withoutMadeUpIds);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutMadeUpIds(member)]));
}

/** The request of a step. @param made the records of the steps before it */
export const requestOf = ({ request }: Step, made: readonly ManageRecord[]): StepRequest =>
  typeof request === 'function' ? request(made) : request;

/** A step and what it would send. */
export interface Planned {
  readonly step: Step;
  readonly request: StepRequest;
}

/** The requests of a plan before any is sent, with a stand-in for the records that earlier steps make. */
export function plannedRequests({ steps }: WritePlan): Planned[] {
  const made = steps.map(() => NOT_MADE);
  return steps.map((step) => ({ step, request: requestOf(step, made) }));
}

/** What tells two changes apart: all of their requests, with a stand-in for the records that they make. */
export const keyOf = (plan: WritePlan): string =>
  JSON.stringify(plannedRequests(plan).map(({ step, request }) => [step.operation, request]));

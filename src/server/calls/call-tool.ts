import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { isRecord } from '../../json.ts';
import { ManageError, settingsOf } from '../../manage/index.ts';
import { type Clean, cleanLine, lines, say } from '../../text/index.ts';
import {
  argumentElsewhere,
  ConfirmationNeeded,
  lookedUp,
  NamesChanged,
  type Picture,
  type ResultFile,
  readArguments,
  resolveArguments,
  structuredWithinBudget,
  type ToolContext,
  type ToolDefinition,
  ToolInputError,
  toChoose,
  Understood,
  withinBudget,
} from '../../tool/index.ts';
import { viewAside } from '../views.ts';
import { CallMoment } from './call-moment.ts';
import { CallTime } from './call-time.ts';
import { OUTSIDE_ARGUMENT, OutsideText } from './lockdown.ts';
import { type Ending, observedCall } from './observed-call.ts';
import { Round } from './questions.ts';
import { callerOf, expectWrite, type ToolCall, toolContext, wordsOf } from './tool-context.ts';

/** A file inside an answer. */
interface EmbeddedFile {
  readonly type: 'resource';
  readonly resource: { readonly uri: string; readonly mimeType: string; readonly blob: string };
}

/** What a `tools/call` is answered with. */
export interface CallResult {
  readonly content: (
    | { type: 'text'; text: string }
    | { type: 'image'; mimeType: string; data: string }
    | EmbeddedFile
  )[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
  readonly [key: string]: unknown;
}

const imageOf = ({ contentType, bytes }: Picture) =>
  ({ type: 'image', mimeType: contentType, data: Buffer.from(bytes).toString('base64') }) as const;

const resourceOf = ({ uri, contentType, bytes }: ResultFile): EmbeddedFile => ({
  type: 'resource',
  resource: { uri, mimeType: contentType, blob: Buffer.from(bytes).toString('base64') },
});

const causes = new WeakMap<object, unknown>();

/** Why a call failed, for whoever in this process made it. */
export const causeOf = (result: object): unknown => causes.get(result);

function failed(text: Clean, cause?: unknown, question?: Clean): CallResult {
  const result: CallResult = {
    content: [{ type: 'text', text }],
    isError: true,
    // Views show a person the question alone.
    ...(question !== undefined && { _meta: { 'cwm-mcp/question': question } }),
  };
  causes.set(result, cause);
  return result;
}

/** The setup tables that a call with these arguments is likely to read. */
function tablesOf({ tables = [] }: ToolDefinition, given: unknown) {
  return typeof tables === 'function' ? tables(isRecord(given) ? given : {}) : tables;
}

/** What all runs of one call share. */
type Call = Pick<ToolCall, 'services' | 'context' | 'options'>;
/** What each run of it has for itself: it is made again where a name turns out to mean another record. */
type Attempt = Pick<ToolCall, 'understood' | 'beforeSending'>;

/**
 * Runs a tool with its arguments; where a name fits several records and the client can be asked, with the record that the person
 * chose. Names are resolved before anything is written, so running again repeats nothing.
 */
async function runWithChoices(
  tool: ToolDefinition,
  given: unknown,
  common: Call & Attempt & Pick<ToolCall, 'round' | 'time' | 'moment'>,
): Promise<{ result: Awaited<ReturnType<ToolDefinition['run']>> } | { question: InputRequiredResult }> {
  const { services, round, understood, time, moment } = common;
  const choices: Record<string, string> = { ...round.choices };
  expectWrite(tool, given, services);
  for (;;) {
    const elsewhere = (name: string): Clean | undefined =>
      argumentElsewhere(name, tool, [...new Set([...services.tools, ...services.reachable])]);
    const { values: input, ...unread } = readArguments(tool.input, given, tool.aliases, {
      elsewhere,
      remark: (text) => understood.remark(text),
      amount: (amount) => understood.amounts.push(amount),
    });
    try {
      const contextOf = async (outside: OutsideText | undefined): Promise<ToolContext> =>
        toolContext({ ...common, tool, input, site: await services.manage.site(), outside });
      const outsideFor = (asked: boolean) => (services.config.limits.lockdown ? new OutsideText(asked) : undefined);
      const read = await resolveArguments(
        tool.input,
        { ...input, ...choices },
        {
          understood,
          unread,
          now: moment.now,
          signal: time.signal,
          alsoLookedUp: async (some, refused) =>
            lookedUp(tool, some, { context: await contextOf(outsideFor(false)), refused }),
        },
      );
      const { [OUTSIDE_ARGUMENT]: asked, ...own } = read as Record<string, unknown>;
      const outside = outsideFor(asked === true);
      const running = tool.run(own as never, await contextOf(outside));
      // Behind the first requests of the call itself, and beside them: who waits for one of these tables later has it checked by then.
      services.names.renew(tablesOf(tool, given));
      const result = await running;
      return { result: { ...result, text: lines([outside?.remark, result.text]) } };
    } catch (error) {
      if (!round.canAsk) throw error;
      if (error instanceof ConfirmationNeeded) return { question: await round.askToConfirm(error, choices) };
      const unclear = toChoose(error);
      if (unclear === undefined || typeof input[unclear.argument] !== 'string') throw error;
      if (choices[unclear.argument] !== undefined) throw error;
      const choice = await round.chosen(unclear);
      if (!round.canAsk) throw error;
      if (choice === undefined) return { question: await round.askToChoose(unclear, choices) };
      choices[unclear.argument] = choice;
    }
  }
}

/** People's time and calendars are seen in part by a server that is confined: said with everything that counts them. */
function partOfWork(
  { name, toolset, effect }: ToolDefinition,
  { config: { limits } }: ToolCall['services'],
): Clean | undefined {
  const settings = settingsOf(limits);
  const counts = effect === 'read' && (toolset === 'time' || toolset === 'schedule' || name === 'report');
  if (settings === '' || !counts) return undefined;
  return say`Only work within ${cleanLine(settings)} is seen: hours, gaps and free time leave out everything else.`;
}

/** Calls that are made again because a name means another record than was remembered; the last goes by what it has read. */
const MOST_RUNS = 3;

type Ended = Awaited<ReturnType<typeof runWithChoices>>;

/**
 * Runs a tool, and again where something that it took from memory has changed in Manage meanwhile. That shows before a write is
 * sent, or at the end of a call that sends none.
 */
async function runConfirmed(begin: () => Understood, run: (attempt: Attempt) => Promise<Ended>): Promise<Ended> {
  for (let runs = 1; ; runs += 1) {
    const understood = begin();
    let isConfirmed = runs === MOST_RUNS;
    const beforeSending = async (): Promise<void> => {
      isConfirmed ||= await understood.names.confirmed();
      if (!isConfirmed) throw new NamesChanged();
    };
    try {
      const ended = await run({ understood, beforeSending });
      await beforeSending();
      return ended;
    } catch (error) {
      isConfirmed ||= await understood.names.confirmed();
      if (isConfirmed) throw error;
    }
  }
}

/** A write that Manage refused because something does not exist (any more): what is remembered of names may be out of date. */
function mayBeStale(error: unknown): boolean {
  return error instanceof ManageError && error.fieldErrors.some(({ code }) => code === 'NotFound');
}

interface Calling {
  /** The name that the client called it by. */
  readonly calledAs?: string;
  /** Milliseconds of its time that the call has waited for others. */
  readonly waited?: number;
}

/** Runs a tool, and says how that ended. */
async function answer(
  tool: ToolDefinition,
  given: unknown,
  { services, context, options, calledAs, waited, ended }: Call & Required<Calling> & { ended(ending: Ending): void },
): Promise<CallResult | InputRequiredResult> {
  const { logger } = services;
  const round = await Round.of(services.questions, { tool: tool.name, given, canAsk: options.canAsk, context });
  // Most answers need the zone; it is looked up beside what the tool asks first.
  void services.zone().catch(() => undefined);
  void services.manage.site();
  services.names.ahead(tablesOf(tool, given));
  const use = tool.effect === 'read' ? 'read' : 'write';
  let understood: Understood | undefined;
  const begin = (): Understood => {
    understood = new Understood(services.names.forCall(use));
    return understood;
  };
  const ends = [context.mcpReq.signal, services.stopping];
  const time = new CallTime(ends, services.config.manage.deadlineMs - waited, tool.name);
  try {
    const moment = await CallMoment.of(tool, given, { services, caller: callerOf({ services, context }) });
    const run = await runConfirmed(begin, (attempt) =>
      runWithChoices(tool, given, { services, context, options, round, time, moment, ...attempt }),
    );
    if ('question' in run) {
      ended({ outcome: 'asked' });
      return run.question;
    }
    const { structured, text, picture, file, aside } = run.result;
    const checked = tool.output.safeParse(structured);
    // Too late to fail: what was to be written has been written.
    if (!checked.success)
      logger.warn(
        { tool: tool.name, issues: checked.error.issues.map(({ path, code }) => ({ path, code })) },
        'a result does not fit its schema',
      );
    ended({ outcome: 'done' });
    const [own, part] = [withinBudget(text), partOfWork(tool, services)];
    const { before = [], after = [] } = understood?.beside(own, tool.effect) ?? {};
    const remarks = [...before, ...after, ...(part === undefined ? [] : [part])];
    return {
      content: [
        { type: 'text', text: lines([...before, own, ...after, part]) },
        ...(picture === undefined ? [] : [imageOf(picture)]),
        ...(file === undefined ? [] : [resourceOf(file)]),
      ],
      // Some hosts show a model nothing else.
      structuredContent: {
        ...structuredWithinBudget(structured),
        ...(remarks.length > 0 && { understood: remarks }),
      },
      ...((tool.view ?? aside) !== undefined && {
        _meta: viewAside(tool.view, {
          own: aside,
          listed: services.tools,
          reachable: services.reachable,
          ...services.config.manage,
        }),
      }),
    };
  } catch (error) {
    if (error instanceof ConfirmationNeeded) {
      ended({ outcome: 'asked', error: error.name });
      const question = understood?.around(error.question, tool.effect) ?? error.question;
      // Run by name, a tool has a place for it in its own arguments and one beside them; both count.
      const where = calledAs === tool.name ? say`` : say` beside operation`;
      return failed(
        say`${question}\nNothing was done. Ask the person; if they agree, call ${cleanLine(calledAs)} again with the same arguments and confirm: true${where}.`,
        undefined,
        question,
      );
    }
    if (mayBeStale(error)) services.names.refresh();
    if (context.mcpReq.signal.aborted) {
      ended({ outcome: 'cancelled' });
      return failed(say`The call was cancelled.`);
    }
    const said = wordsOf(error, services);
    if (said !== undefined) {
      ended({ outcome: 'refused', error: error instanceof Error ? error.name : 'unknown' });
      const text = lines([said, ...(understood?.corrections ?? [])]);
      return failed(text, error, error instanceof ToolInputError ? error.question : undefined);
    }
    const logId = randomUUID().slice(0, 8);
    logger.error({ tool: tool.name, logId, err: error }, 'tool call failed');
    ended({ outcome: 'failed' });
    return failed(
      say`${cleanLine(tool.name)} failed inside the server (log id ${cleanLine(logId)}). Nothing is wrong with the arguments; report the log id to the administrator.`,
    );
  } finally {
    time.end();
  }
}

/**
 * Runs a tool. Every error becomes our own text here, and nowhere else; what is not ours is logged and not shown.
 * @throws {ProtocolError} only for state of an earlier round that is not ours
 */
export const callTool = (
  tool: ToolDefinition,
  given: unknown,
  { calledAs = tool.name, waited = 0, ...call }: Call & Calling,
): Promise<CallResult | InputRequiredResult> =>
  observedCall({ tool: tool.name, ...call, waited }, (ended) =>
    answer(tool, given, { ...call, calledAs, waited, ended }),
  );

import { createHash, randomUUID } from 'node:crypto';
import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import {
  type Confirmation,
  ConfirmationNeeded,
  cleanLine,
  Declined,
  errorText,
  quoter,
  readArguments,
  structuredWithinBudget,
  type ToolContext,
  type ToolDefinition,
  withinBudget,
} from '../tool/index.ts';
import { declaredOperations } from './declared-operations.ts';
import type { Services } from './services.ts';

/** What a `tools/call` is answered with. */
export interface CallResult {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
  readonly [key: string]: unknown;
}

export interface CallOptions {
  /** Whether this client, over this connection, can be asked something in the middle of a call. */
  readonly canAsk: boolean;
  readonly progressToken: string | number | undefined;
}

const failed = (text: string): CallResult => ({ content: [{ type: 'text', text }], isError: true });

/** The key under which the answer to a question comes back: another question is another key, so an old "yes" fits nothing new. */
const keyOf = (question: string): string =>
  `confirm-${createHash('sha256').update(question).digest('hex').slice(0, 16)}`;

function confirmer(context: ServerContext, canAsk: boolean) {
  return async ({ question, given }: Confirmation): Promise<void> => {
    if (given === true) return;
    if (given === false) throw new Declined();
    if (!canAsk) throw new ConfirmationNeeded(question);
    const answer = inputResponse(context.mcpReq.inputResponses, keyOf(question));
    if (answer.kind !== 'elicit') throw new ConfirmationNeeded(question);
    if (answer.action !== 'accept' || answer.content?.confirm !== true) throw new Declined();
  };
}

function ask(question: string): InputRequiredResult {
  return inputRequired({
    inputRequests: {
      [keyOf(question)]: inputRequired.elicit({
        message: question,
        requestedSchema: {
          type: 'object',
          properties: { confirm: { type: 'boolean', title: 'Yes, do it' } },
          required: ['confirm'],
        },
      }),
    },
  });
}

function contextOf(
  tool: ToolDefinition,
  services: Services,
  context: ServerContext,
  { canAsk, progressToken }: CallOptions,
): ToolContext {
  const { catalog, manage, names, me, zone, now } = services;
  return {
    manage: declaredOperations(manage, tool, catalog),
    names,
    catalog,
    me,
    zone,
    now,
    signal: context.mcpReq.signal,
    confirm: confirmer(context, canAsk),
    progress(done, total, message) {
      if (progressToken === undefined) return;
      const params = {
        progressToken,
        progress: done,
        ...(total !== undefined && { total }),
        ...(message !== undefined && { message }),
      };
      // A client that does not listen any more is no failure of the call.
      void context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
    directTools: (operation) =>
      services.tools
        .filter(({ uses }) => uses.some((own) => own === operation && uses[0] === own))
        .map(({ name }) => name),
    quote: quoter(),
    plain: cleanLine,
    server: {
      readOnly: services.config.manage.readOnly,
      sandbox: services.config.sandbox,
      site: new URL(services.config.manage.baseUrl).host,
      apiVersion: services.config.manage.apiVersion ?? catalog.version,
      toolsets: [...services.config.toolsets],
    },
  };
}

/** Runs a tool. Every error becomes our own text here, and nowhere else; what is none of ours is logged and not shown. */
export async function callTool(
  tool: ToolDefinition,
  given: unknown,
  services: Services,
  context: ServerContext,
  options: CallOptions,
): Promise<CallResult | InputRequiredResult> {
  const { logger } = services;
  try {
    const input = readArguments(tool.input, given, tool.aliases);
    const { structured, text } = await tool.run(input as never, contextOf(tool, services, context, options));
    const checked = tool.output.safeParse(structured);
    // Too late to fail: what was to be written has been written.
    if (!checked.success)
      logger.warn(
        { tool: tool.name, issues: checked.error.issues.map(({ path, code }) => ({ path, code })) },
        'a result does not fit its schema',
      );
    logger.info({ tool: tool.name }, 'tool call');
    return {
      content: [{ type: 'text', text: withinBudget(text) }],
      structuredContent: structuredWithinBudget(structured),
    };
  } catch (error) {
    if (error instanceof ConfirmationNeeded) {
      if (options.canAsk) return ask(error.question);
      return failed(
        `${error.question}\nNothing was done. Ask the person; if they agree, call ${tool.name} again with the same arguments and confirm: true.`,
      );
    }
    if (context.mcpReq.signal.aborted) return failed('The call was cancelled.');
    const said = errorText(error);
    if (said !== undefined) {
      logger.info({ tool: tool.name, error: error instanceof Error ? error.name : 'unknown' }, 'tool call refused');
      return failed(said);
    }
    const logId = randomUUID().slice(0, 8);
    logger.error({ tool: tool.name, logId, err: error }, 'tool call failed');
    return failed(
      `${tool.name} failed inside the server (log id ${logId}). Nothing is wrong with the arguments; report the log id to the administrator.`,
    );
  }
}

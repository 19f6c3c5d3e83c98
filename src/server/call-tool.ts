import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import { ManageError } from '../manage/index.ts';
import { AmbiguousName, type CallNames } from '../names/index.ts';
import { cleanLine, quoter } from '../text/index.ts';
import {
  ConfirmationNeeded,
  checkedCaptions,
  errorText,
  type Picture,
  type ResultFile,
  readArguments,
  structuredWithinBudget,
  type ToolContext,
  type ToolDefinition,
  withinBudget,
} from '../tool/index.ts';
import type { CallOptions } from './create-server.ts';
import { declaredOperations } from './declared-operations.ts';
import { askToChoose, askToConfirm, choicesBefore, chosen, confirmer } from './questions.ts';
import type { Services } from './services.ts';
import { takenLines } from './taken-names.ts';

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

const failed = (text: string): CallResult => ({ content: [{ type: 'text', text }], isError: true });

/** The services as one call has them. */
type CallServices = Omit<Services, 'names'> & { readonly names: CallNames };

function contextOf(
  tool: ToolDefinition,
  services: CallServices,
  context: ServerContext,
  { canAsk, progressToken }: CallOptions,
): ToolContext {
  const { api, search, manage, names, me, zone, now } = services;
  return {
    manage: checkedCaptions(declaredOperations(manage, tool, api)),
    names,
    api,
    search,
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
        total,
        message,
      };
      // A client that does not listen any more is no failure of the call.
      void context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
    directTools: (operation) =>
      services.tools
        .filter(({ uses }) => uses.some((own) => own === operation && uses[0] === own))
        .map(({ name }) => name),
    offered: services.tools,
    quote: quoter(),
    plain: cleanLine,
    server: {
      readOnly: services.config.manage.readOnly,
      sandbox: services.config.sandbox,
      site: new URL(services.config.manage.baseUrl).host,
      apiVersion: services.config.manage.apiVersion ?? api.version,
      toolsets: [...services.config.toolsets],
      requestsPerMinute: services.config.manage.requestsPerMinute,
      files: services.config.files,
    },
  };
}

/**
 * Runs a tool with its arguments; where a name fits several records and the client can be asked, with the record that the person
 * chose. Names are resolved before anything is written, so running again repeats nothing.
 */
async function runWithChoices(
  tool: ToolDefinition,
  given: unknown,
  services: CallServices,
  context: ServerContext,
  options: CallOptions,
): Promise<{ result: Awaited<ReturnType<ToolDefinition['run']>> } | { question: InputRequiredResult }> {
  const names = Object.keys(tool.input.shape);
  const choices = options.canAsk ? choicesBefore(context, names) : {};
  for (;;) {
    const input = readArguments(tool.input, given, tool.aliases) as Record<string, unknown>;
    try {
      const result = await tool.run({ ...input, ...choices } as never, contextOf(tool, services, context, options));
      return { result };
    } catch (error) {
      if (!options.canAsk) throw error;
      if (error instanceof ConfirmationNeeded) return { question: askToConfirm(error.question, choices) };
      if (!(error instanceof AmbiguousName) || typeof input[error.argument] !== 'string') throw error;
      if (choices[error.argument] !== undefined) throw error;
      const choice = chosen(context, error);
      if (choice === undefined) return { question: askToChoose(error, choices) };
      choices[error.argument] = choice;
    }
  }
}

/** A write that Manage refused because something does not exist (any more): what is remembered of names may be out of date. */
function mayBeStale(error: unknown): boolean {
  return error instanceof ManageError && error.fieldErrors.some(({ code }) => code === 'NotFound');
}

/** Runs a tool. Every error becomes our own text here, and nowhere else; what is not ours is logged and not shown. */
export async function callTool(
  tool: ToolDefinition,
  given: unknown,
  services: Services,
  context: ServerContext,
  options: CallOptions,
): Promise<CallResult | InputRequiredResult> {
  const { logger } = services;
  const names = services.names.forCall(tool.effect === 'read' ? 'read' : 'write');
  const withTaken = (text: string): string => [text, ...takenLines(tool, text, names.taken)].join('\n');
  try {
    const ended = await runWithChoices(tool, given, { ...services, names }, context, options);
    if ('question' in ended) return ended.question;
    const { structured, text, picture, file } = ended.result;
    const checked = tool.output.safeParse(structured);
    // Too late to fail: what was to be written has been written.
    if (!checked.success)
      logger.warn(
        { tool: tool.name, issues: checked.error.issues.map(({ path, code }) => ({ path, code })) },
        'a result does not fit its schema',
      );
    logger.info({ tool: tool.name }, 'tool call');
    return {
      content: [
        { type: 'text', text: withTaken(withinBudget(text)) },
        ...(picture === undefined ? [] : [imageOf(picture)]),
        ...(file === undefined ? [] : [resourceOf(file)]),
      ],
      structuredContent: structuredWithinBudget(structured),
    };
  } catch (error) {
    if (error instanceof ConfirmationNeeded)
      return failed(
        `${withTaken(error.question)}\nNothing was done. Ask the person; if they agree, call ${tool.name} again with the same arguments and confirm: true.`,
      );
    if (mayBeStale(error)) services.names.refresh();
    if (context.mcpReq.signal.aborted) return failed('The call was cancelled.');
    const said = errorText(error, { api: services.api, offered: services.tools.map(({ name }) => name) });
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

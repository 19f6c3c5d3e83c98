import { prompts } from '../../tools/prompts.ts';
import { closest } from '../api/closest.ts';
import { cleanLine } from '../text/index.ts';
import {
  annotationsOf,
  executorOf,
  inputJsonSchema,
  outputJsonSchema,
  type ToolDefinition,
  tooLarge,
} from '../tool/index.ts';
import type { Prompt } from '../tool/prompt.ts';
import { callerOf } from './caller.ts';
import { callTool } from './calls/call-tool.ts';
import { directCall, toolNamedIn } from './calls/direct-call.ts';
import { turnedAway } from './calls/observed-call.ts';
import { ASK_AGAIN, askAgain } from './calls/questions.ts';
import { TooManyCalls, WaitedTooLong } from './calls/running-calls.ts';
import { type CompletionQuestion, complete } from './completions.ts';
import type { Handlers } from './create-server.ts';
import { refuse } from './refuse.ts';
import { lastsOf, readResource, resourcesOf, resourceTemplatesOf } from './resources.ts';
import type { Services } from './services.ts';
import { readView, viewMeta, viewResources } from './views.ts';

/** A tool as a client sees it. */
export function toolEntry(
  tool: ToolDefinition,
): Record<string, unknown> & { name: string; inputSchema: { type: 'object' } } {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputJsonSchema(tool.input) as { type: 'object' },
    outputSchema: outputJsonSchema(tool.output),
    annotations: annotationsOf(tool),
    ...(tool.view && { _meta: viewMeta(tool.view) }),
  };
}

const entries = new WeakMap<ToolDefinition, ReturnType<typeof toolEntry>>();

/** The same for all callers, whatever else each of them sees, made once. */
function entryOf(tool: ToolDefinition): ReturnType<typeof toolEntry> {
  const known = entries.get(tool) ?? toolEntry(tool);
  entries.set(tool, known);
  return known;
}

/** Tools of one answer: more only where somebody chose operations by the hundred, and not every client asks for a second page. */
const TOOLS_PER_PAGE = 500;

/** A page of the tools; the cursor is the index of its first one. */
function pageOf(
  tools: readonly ToolDefinition[],
  cursor: string | undefined,
): { tools: unknown[]; nextCursor?: string } {
  const start = cursor === undefined ? 0 : Number(cursor);
  const isOurs = /^[1-9]\d*$/.test(cursor ?? '1') && start % TOOLS_PER_PAGE === 0 && start < tools.length;
  if (!isOurs) return refuse('The cursor is not one of this server.');
  const end = start + TOOLS_PER_PAGE;
  return {
    tools: tools.slice(start, end).map(entryOf),
    ...(end < tools.length && { nextCursor: String(end) }),
  };
}

/** A prompt with its arguments filled in. @throws {ProtocolError} for an unknown prompt or argument, or a missing one */
function promptMessages(
  offered: readonly Prompt[],
  params: { name: string; arguments?: Record<string, string> | undefined },
) {
  const prompt = offered.find(({ name }) => name === params.name);
  if (prompt === undefined)
    return refuse(
      `There is no prompt "${cleanLine(params.name.slice(0, 80))}". There are: ${offered.map(({ name }) => name).join(', ')}.`,
    );
  const given = Object.fromEntries(Object.entries(params.arguments ?? {}).filter(([, value]) => value.trim() !== ''));
  const known = prompt.arguments.map(({ name }) => name);
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong !== undefined)
    refuse(
      `${prompt.name} has no argument ${cleanLine(wrong.slice(0, 80))}${known.length > 0 ? `; it takes ${known.join(', ')}` : ''}.`,
    );
  const missing = prompt.arguments.find(({ name, required }) => required === true && given[name] === undefined);
  if (missing !== undefined) refuse(`${prompt.name} needs ${missing.name}: ${missing.description}.`);
  return {
    description: prompt.description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.text(given) } }],
  };
}

/** Characters of a name, an address or a value of a request that is no call of a tool. */
const LONGEST_PARAMETER = 10_000;

/** Refuses what is looked up, compared and said back, and is longer than anybody means. @throws {ProtocolError} */
function refuseLong(...texts: readonly unknown[]): void {
  const long = texts.find((text): text is string => typeof text === 'string' && text.length > LONGEST_PARAMETER);
  if (long !== undefined)
    refuse(`A text of this request has ${long.length} characters; ${LONGEST_PARAMETER} are allowed.`);
}

/** How long a view stands: as long as the server's version does, and a client may not hear of a new one. */
const VIEW_MS = 3_600_000;

const RAW_WRITES =
  'The administrator switched off writing operations (CWM_WRITE=off); nothing was sent. Direct tools still write; search_operations finds them.';

/** What a protocol server answers with, over shared services. */
export function handlersOf(services: Services): Handlers {
  const { tools } = services;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const reachable = new Map(services.reachable.map((tool) => [tool.name, tool]));
  const offered = prompts.filter(({ needs }) => needs.every((name) => byName.has(name)));
  const canRefuse = tools.some(({ effect }) => effect !== 'read');
  const toolNamed = (name: string): ToolDefinition => {
    const tool = byName.get(name);
    if (tool !== undefined) return tool;
    const near = closest(name, byName.keys());
    const unlisted = reachable.get(name);
    const did = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    const withheld = services.withheld(name);
    if (withheld !== undefined) return refuse(withheld);
    return refuse(
      unlisted === undefined
        ? `There is no tool "${cleanLine(name.slice(0, 80))}".${did}`
        : `The tool ${name} is not in this list. ${executorOf(unlisted)} runs it: {"operation": "${name}", "arguments": {...}}.`,
    );
  };
  return {
    listTools: (cursor) => pageOf(tools, cursor),
    async callTool({ name, arguments: given }, context, options) {
      const asked = toolNamed(name);
      const large = tooLarge(given);
      if (large !== undefined) return { content: [{ type: 'text', text: large }], isError: true };
      const withheld = services.withheld(toolNamedIn(asked, given) ?? '');
      if (withheld !== undefined) return { content: [{ type: 'text', text: withheld }], isError: true };
      const call = await directCall(asked, given, reachable);
      if ('refusal' in call) return { content: [{ type: 'text', text: call.refusal }], isError: true };
      if (call.tool.name === 'call_write_operation' && !services.config.limits.rawWrites)
        return { content: [{ type: 'text', text: RAW_WRITES }], isError: true };
      try {
        return await services.calls.track(callerOf(context, options.client), (waited) =>
          callTool(call.tool, call.given, { services, context, options, calledAs: asked.name, waited }),
        );
      } catch (error) {
        if (!(error instanceof TooManyCalls || error instanceof WaitedTooLong)) throw error;
        turnedAway({ tool: call.tool.name, services, context, options }, error);
        return { content: [{ type: 'text', text: error.message }], isError: true };
      }
    },
    listPrompts: (canAsk) => ({
      prompts: [...offered, ...(canAsk && canRefuse ? [ASK_AGAIN] : [])].map(
        ({ name, title, description, arguments: list }) => ({
          name,
          title,
          description,
          arguments: list.map(({ completes: _, ...argument }) => argument),
        }),
      ),
    }),
    async getPrompt(params, context) {
      refuseLong(params.name, ...Object.entries(params.arguments ?? {}).flat());
      const messages = promptMessages([...offered, ASK_AGAIN], params);
      if (params.name === ASK_AGAIN.name) await askAgain(services.questions, context);
      return messages;
    },
    listResources: () => ({ resources: [...resourcesOf(services), ...viewResources(tools)] }),
    listResourceTemplates: () => ({ resourceTemplates: resourceTemplatesOf(services) }),
    async readResource(uri, context) {
      refuseLong(uri);
      const isView = viewResources(tools).some((view) => view.uri === uri);
      const content = (isView ? await readView(uri) : undefined) ?? {
        mimeType: 'text/plain',
        text: await services.calls.track(callerOf(context), () => readResource(uri, services, context)),
      };
      // Ignored by clients of handshake revisions, who know nothing of it.
      return { contents: [{ uri, ...content }], ttlMs: isView ? VIEW_MS : lastsOf(uri), cacheScope: 'private' };
    },
    async complete(asked) {
      const question = asked as CompletionQuestion;
      refuseLong(...Object.values(question.ref), ...Object.values(question.argument));
      return { completion: await complete(question, services) };
    },
  };
}

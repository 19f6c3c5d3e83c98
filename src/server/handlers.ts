import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { prompts } from '../../tools/prompts.ts';
import { closest } from '../api/closest.ts';
import type { ToolDefinition } from '../tool/index.ts';
import { callTool } from './call-tool.ts';
import { type CompletionQuestion, complete } from './completions.ts';
import type { Handlers } from './create-server.ts';
import { promptMessages } from './prompt-messages.ts';
import { readResource, resourcesOf, resourceTemplatesOf } from './resources.ts';
import { TooManyCalls } from './running-calls.ts';
import type { Services } from './services.ts';
import { entriesOf } from './tool-entry.ts';
import { readView, viewResources } from './views.ts';

/** Tools of one answer: more only where somebody chose operations by the hundred, and not every client asks for a second page. */
const TOOLS_PER_PAGE = 500;

/** A page of the tools; the cursor is the index of its first one. */
function pageOf(
  tools: readonly ToolDefinition[],
  cursor: string | undefined,
): { tools: unknown[]; nextCursor?: string } {
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(start) || start < 0 || start > tools.length)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The cursor is not one of this server.');
  const end = start + TOOLS_PER_PAGE;
  return {
    tools: entriesOf(tools).slice(start, end),
    ...(end < tools.length && { nextCursor: String(end) }),
  };
}

/** What a protocol server answers with, over shared services. */
export function handlersOf(services: Services): Handlers {
  const { tools } = services;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const offered = prompts.filter(({ needs }) => needs.every((name) => byName.has(name)));
  const toolNamed = (name: string): ToolDefinition => {
    const tool = byName.get(name);
    if (tool !== undefined) return tool;
    const near = closest(name, byName.keys());
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      `There is no tool ${JSON.stringify(name.slice(0, 80))}.${hint}`,
    );
  };
  return {
    listTools: (cursor) => pageOf(tools, cursor),
    async callTool({ name, arguments: given }, context, options) {
      const tool = toolNamed(name);
      try {
        return await services.calls.track(() => callTool(tool, given, services, context, options));
      } catch (error) {
        if (!(error instanceof TooManyCalls)) throw error;
        return { content: [{ type: 'text', text: error.message }], isError: true };
      }
    },
    listPrompts: () => ({
      prompts: offered.map(({ name, title, description, arguments: list }) => ({
        name,
        title,
        description,
        arguments: list.map(({ completes: _, ...argument }) => argument),
      })),
    }),
    getPrompt: (params) => promptMessages(offered, params),
    listResources: () => ({ resources: [...resourcesOf(services), ...viewResources(tools)] }),
    listResourceTemplates: () => ({ resourceTemplates: resourceTemplatesOf(services) }),
    async readResource(uri, context) {
      const content = (await readView(uri)) ?? {
        mimeType: 'text/plain',
        text: await services.calls.track(() => readResource(uri, services, context)),
      };
      return { contents: [{ uri, ...content }] };
    },
    async complete(question) {
      return { completion: await complete(question as CompletionQuestion, services) };
    },
  };
}

import {
  CLIENT_CAPABILITIES_META_KEY,
  type McpRequestContext,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { closest } from '../catalog/closest.ts';
import { prompts } from '../prompts/index.ts';
import { annotationsOf, inputJsonSchema, outputJsonSchema, type ToolDefinition } from '../tool/index.ts';
import { callTool } from './call-tool.ts';
import { type CompletionQuestion, complete } from './completions.ts';
import { instructions } from './instructions.ts';
import { promptMessages } from './prompt-messages.ts';
import { RESOURCE_TEMPLATES, RESOURCES, readResource } from './resources.ts';
import type { Services } from './services.ts';
import { readView, viewMeta, viewResources } from './views.ts';

export const PRODUCT = { name: 'manage-mcp', title: 'ConnectWise Manage', version: '0.1.0' } as const;

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

const entries = new WeakMap<readonly ToolDefinition[], ReturnType<typeof toolEntry>[]>();

function listOf(tools: readonly ToolDefinition[]): ReturnType<typeof toolEntry>[] {
  const known = entries.get(tools) ?? tools.map(toolEntry);
  entries.set(tools, known);
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
  if (!Number.isInteger(start) || start < 0 || start > tools.length)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The cursor is not one of this server.');
  const end = start + TOOLS_PER_PAGE;
  return {
    tools: listOf(tools).slice(start, end),
    ...(end < tools.length && { nextCursor: String(end) }),
  };
}

/** Whether the client can be asked in the middle of a call. A handshake client over stateless HTTP has no way back to it. */
function canAsk(server: Server, context: ServerContext, era: McpRequestContext['era']): boolean {
  const envelope = context.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const declared = era === 'modern' ? envelope?.[CLIENT_CAPABILITIES_META_KEY] : server.getClientCapabilities();
  const elicits = (declared as { elicitation?: unknown } | undefined)?.elicitation !== undefined;
  return elicits && !(era === 'legacy' && context.http !== undefined);
}

/** One protocol server over shared services: for a stdio connection, or for a single HTTP request. */
export function createServer(services: Services, { era }: Pick<McpRequestContext, 'era'>): Server {
  const { tools, config } = services;
  const server = new Server(PRODUCT, {
    capabilities: { tools: {}, prompts: {}, resources: {}, completions: {} },
    instructions: instructions(config.timeZone),
  });
  const byName = new Map(tools.map((tool) => [tool.name, tool]));

  server.setRequestHandler('tools/list', ({ params }) => pageOf(tools, params?.cursor) as never);

  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const tool = byName.get(params.name);
    if (tool === undefined) {
      const near = closest(params.name, byName.keys());
      const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `There is no tool ${JSON.stringify(params.name.slice(0, 80))}.${hint}`,
      );
    }
    const progressToken = context.mcpReq._meta?.progressToken;
    const options = { canAsk: canAsk(server, context, era), progressToken };
    return (await services.calls.track(() => callTool(tool, params.arguments, services, context, options))) as never;
  });

  const offered = prompts.filter(({ needs }) => needs.every((name) => byName.has(name)));
  server.setRequestHandler('prompts/list', () => ({
    prompts: offered.map(({ name, title, description, arguments: list }) => ({
      name,
      title,
      description,
      arguments: list.map(({ completes: _, ...argument }) => argument),
    })),
  }));
  server.setRequestHandler('prompts/get', ({ params }) => promptMessages(offered, params));
  server.setRequestHandler('resources/list', () => ({ resources: [...RESOURCES, ...viewResources(tools)] }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [...RESOURCE_TEMPLATES] }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    const content = (await readView(uri)) ?? {
      mimeType: 'text/plain',
      text: await readResource(uri, services, context),
    };
    return { contents: [{ uri, ...content }] };
  });
  server.setRequestHandler('completion/complete', async ({ params }) => ({
    completion: await complete(params as CompletionQuestion, services),
  }));
  return server;
}

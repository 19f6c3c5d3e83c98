import type { ServerContext } from '@modelcontextprotocol/server';
import { type Clean, cleanLine, quoter } from '../text/index.ts';
import {
  checkedCaptions,
  consentFor,
  errorText,
  send,
  type ToolContext,
  type ToolDefinition,
  type Understood,
} from '../tool/index.ts';
import type { CallOptions } from './create-server.ts';
import { declaredOperations } from './declared-operations.ts';
import type { Round } from './questions.ts';
import type { Services } from './services.ts';

/** One call of one tool. */
export interface ToolCall {
  readonly tool: ToolDefinition;
  readonly services: Services;
  readonly context: ServerContext;
  readonly options: CallOptions;
  readonly round: Round;
  readonly understood: Understood;
}

/** What a client reads of an error of ours; hints name only tools that this server offers. */
export const wordsOf = (error: unknown, { api, tools }: Services): Clean | undefined =>
  errorText(error, { api, offered: tools.map(({ name }) => name) });

/** What a tool's `run` gets beside its input. */
export function toolContext({ tool, services, context, options, round, understood }: ToolCall): ToolContext {
  const { api, search, me, zone, now, config } = services;
  const { signal } = context.mcpReq;
  const declared = declaredOperations(services.manage, tool, api);
  const reason = (error: unknown) => cleanLine(wordsOf(error, services) ?? 'It failed inside the server.');
  return {
    manage: checkedCaptions(declared),
    names: understood.names,
    api,
    search,
    me,
    zone,
    now,
    signal,
    send: (plan) =>
      send(plan, {
        manage: declared,
        api,
        understood,
        signal,
        consent: (effects) => consentFor(effects, config.confirm),
        confirm: (asked) => round.confirm(asked),
        reason,
        running: services.creations,
        unsettled: services.unsettled,
      }),
    progress(done, total, message) {
      const { progressToken } = options;
      if (progressToken === undefined) return;
      // A client that no longer listens is not a failure of the call.
      const params = { progressToken, progress: done, total, message };
      void context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
    directTools: (operation) =>
      services.tools
        .filter(({ uses }) => uses.some((own) => own === operation && uses[0] === own))
        .map(({ name }) => name),
    reachable: services.reachable,
    searchTools: services.searchTools,
    offered: services.tools,
    quote: quoter(),
    server: {
      readOnly: config.manage.readOnly,
      sandbox: config.sandbox,
      site: new URL(config.manage.baseUrl).host,
      apiVersion: config.manage.apiVersion ?? api.version,
      toolsets: [...config.toolsets],
      requestsPerMinute: config.manage.requestsPerMinute,
      files: config.files,
    },
  };
}

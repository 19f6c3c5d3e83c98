import type { ServerContext } from '@modelcontextprotocol/server';
import { ConfigError } from '../../config/config.ts';
import type { Services } from '../services.ts';
import { type CallResult, callTool } from './call-tool.ts';

/**
 * Runs a reading tool once, for a command instead of a client: nobody can be asked, and nobody follows the progress.
 * @throws {ConfigError} when the configuration does not allow the tool
 */
export async function runOnce(
  services: Services,
  name: string,
  given: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallResult> {
  const tool = services.reachable.find((one) => one.name === name && one.effect === 'read');
  if (tool === undefined) throw new ConfigError([`CWM_ALLOW and CWM_DENY leave no tool ${name}.`]);
  const mcpReq = { signal, notify: async (): Promise<void> => undefined, requestState: (): undefined => undefined };
  const context = { mcpReq } as unknown as ServerContext;
  const answer = await callTool(tool, given, { services, context, options: { canAsk: false } as never });
  return answer as CallResult;
}

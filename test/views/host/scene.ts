import type { AppBridge, McpUiHostCapabilities, McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';

/** What a tool answered, as a host hands it to a view. */
export type Result = Parameters<AppBridge['sendToolResult']>[0];

/** What the page of the host has to show; the MCP session is on the test's side of it. */
export interface Scene {
  readonly html: string;
  /** Address of the sandbox. */
  readonly sandbox: string;
  readonly input: Record<string, unknown>;
  readonly result: Result;
  readonly capabilities: McpUiHostCapabilities;
  readonly context: McpUiHostContext;
}

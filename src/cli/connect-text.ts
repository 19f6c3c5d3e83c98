/** What to paste where, so that a client finds a server over HTTP. */
export function connectText(url: string): string {
  const servers = (key: string, entry: Record<string, string>): string => JSON.stringify({ [key]: { manage: entry } });
  return [
    `The tools are served at ${url}`,
    '',
    `Claude Code:     claude mcp add --transport http manage ${url}`,
    `VS Code:         .vscode/mcp.json   ${servers('servers', { type: 'http', url })}`,
    `Cursor:          .cursor/mcp.json   ${servers('mcpServers', { url })}`,
    `Claude Desktop:  Settings > Connectors > Add custom connector, or the stdio entry of mcp.config.example.json`,
    '',
  ].join('\n');
}

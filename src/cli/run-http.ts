import { startHttp } from '../server/http/http.ts';
import { secretOf } from '../server/secret.ts';
import { createServices, findVersionSoon } from '../server/services.ts';
import { openStore } from '../shared-store/index.ts';
import { type OpenFlags, open, outliveRejections } from './open.ts';

export interface HttpFlags extends OpenFlags {
  readonly port?: number;
  readonly host?: string;
}

/** What to paste where, so that a client finds a server over HTTP. */
function connectText(url: string): string {
  const servers = (key: string, entry: Record<string, string>): string => JSON.stringify({ [key]: { manage: entry } });
  return [
    `The tools are served at ${url}`,
    '',
    `Claude Code:     claude mcp add --transport http manage ${url}`,
    `VS Code:         .vscode/mcp.json   ${servers('servers', { type: 'http', url })}`,
    `Cursor:          .cursor/mcp.json   ${servers('mcpServers', { url })}`,
    'Claude Desktop:  Settings > Connectors > Add custom connector, for a public https address;',
    '                 on this machine it starts a server of its own: npx -y cwm-mcp setup --client claude-desktop',
    '',
  ].join('\n');
}

/** `cwm-mcp http`: serves the tools over HTTP until it is told to stop. */
export async function runHttp(
  { port, host, ...flags }: HttpFlags,
  variables: NodeJS.ProcessEnv,
  print: (text: string) => void,
  untilStopped: () => Promise<void>,
): Promise<void> {
  const environment = {
    ...variables,
    ...(port !== undefined && { CWM_HTTP_PORT: String(port) }),
    ...(host !== undefined && { CWM_HTTP_HOST: host }),
  };
  const { config, logger: log, close } = await open(environment, flags);
  outliveRejections(log);
  const logger = await log();
  const store = await openStore(config.replica.redisUrl, {
    space: `${config.manage.baseUrl} ${config.manage.companyId} ${config.manage.publicKey}`,
    secret: secretOf(config, 'shared-store'),
    changed: (isUp, why) =>
      isUp
        ? logger.info({ isUp }, 'Redis is there')
        : logger.warn({ isUp, why }, 'Redis is away: this replica goes on by itself'),
  });
  try {
    const services = createServices(config, logger, { store });
    const server = await startHttp(services);
    findVersionSoon(services);
    const stopped = untilStopped();
    print(connectText(server.url));
    await stopped;
    await server.close();
  } finally {
    // A connection that stays open would keep a server that could not start from ending.
    await store.close();
    await close();
  }
}

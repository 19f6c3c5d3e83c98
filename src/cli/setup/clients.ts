import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What decides where programs of this user keep their settings. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** A full path. */
  readonly home: string;
}

/** A program that starts MCP servers, and how it is told of them. */
export interface Client {
  /** As `--client` takes it. */
  readonly id: string;
  readonly title: string;
  /** Where its configuration can be, the likeliest first. Each begins with a root of `rootsOf`. */
  readonly places: Readonly<Record<'darwin' | 'win32' | 'linux', readonly string[]>>;
  /** Member of the configuration that holds the servers by their names. */
  readonly key: string;
  /** `json` is read by a strict parser; `jsonc` may hold comments and trailing commas. */
  readonly format: 'json' | 'jsonc';
  /** Members that an entry needs beside command and arguments. */
  readonly entry?: Readonly<Record<string, string>>;
  /** What makes the client read its configuration again. */
  readonly restart: string;
}

const everywhere = (...places: readonly string[]): Client['places'] => ({
  darwin: places,
  win32: places,
  linux: places,
});

/** From the clients' own documentation, looked at in November 2026. */
export const CLIENTS: readonly Client[] = [
  {
    id: 'claude-desktop',
    title: 'Claude Desktop',
    places: {
      darwin: ['SUPPORT/Claude/claude_desktop_config.json'],
      // What comes from the store, or as MSIX, lives in a folder of its own.
      win32: [
        'ROAMING/Claude/claude_desktop_config.json',
        'LOCAL/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude/claude_desktop_config.json',
      ],
      linux: ['CONFIG/Claude/claude_desktop_config.json'],
    },
    key: 'mcpServers',
    format: 'json',
    restart: 'Quit Claude Desktop, from its tray or menu bar icon, and start it again.',
  },
  {
    id: 'claude-code',
    title: 'Claude Code',
    places: everywhere('CLAUDE/.claude.json'),
    key: 'mcpServers',
    format: 'json',
    entry: { type: 'stdio' },
    restart: 'Start a new session; /mcp shows the server.',
  },
  {
    id: 'vscode',
    title: 'VS Code',
    places: {
      darwin: ['SUPPORT/Code/User/mcp.json'],
      win32: ['ROAMING/Code/User/mcp.json'],
      linux: ['CONFIG/Code/User/mcp.json'],
    },
    key: 'servers',
    format: 'jsonc',
    entry: { type: 'stdio' },
    restart: 'Run "MCP: List Servers" and start the server.',
  },
  {
    id: 'cursor',
    title: 'Cursor',
    places: everywhere('HOME/.cursor/mcp.json'),
    key: 'mcpServers',
    format: 'json',
    restart: 'Restart Cursor; Settings > MCP shows the server.',
  },
  {
    id: 'windsurf',
    title: 'Windsurf',
    places: everywhere('HOME/.codeium/windsurf/mcp_config.json'),
    key: 'mcpServers',
    format: 'json',
    restart: 'Refresh the MCP servers in the Cascade panel.',
  },
  {
    id: 'zed',
    title: 'Zed',
    places: {
      darwin: ['HOME/.config/zed/settings.json'],
      win32: ['ROAMING/Zed/settings.json'],
      linux: ['CONFIG/zed/settings.json'],
    },
    key: 'context_servers',
    format: 'jsonc',
    entry: { source: 'custom' },
    restart: 'Zed starts the server by itself; the Agent panel shows it.',
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    places: everywhere('HOME/.gemini/settings.json'),
    key: 'mcpServers',
    format: 'jsonc',
    restart: 'Start Gemini CLI again; /mcp shows the server.',
  },
];

/** How paths are written on a machine. */
const pathsOf = ({ platform }: Machine): typeof posix => (platform === 'win32' ? win32 : posix);

/** Where each root is on a machine. */
function rootsOf(machine: Machine): Readonly<Record<string, string>> {
  const { environment, home } = machine;
  const { join, isAbsolute } = pathsOf(machine);
  // Clients start in another folder than this one: a place that depends on it is none. XDG has it ignored, too.
  const set = (name: string, fallback: string): string => {
    const place = environment[name]?.trim() ?? '';
    return isAbsolute(place) ? place : fallback;
  };
  return {
    HOME: home,
    CONFIG: set('XDG_CONFIG_HOME', join(home, '.config')),
    SUPPORT: join(home, 'Library', 'Application Support'),
    ROAMING: set('APPDATA', join(home, 'AppData', 'Roaming')),
    LOCAL: set('LOCALAPPDATA', join(home, 'AppData', 'Local')),
    CLAUDE: set('CLAUDE_CONFIG_DIR', home),
  };
}

const platformOf = ({ platform }: Machine): keyof Client['places'] =>
  platform === 'win32' || platform === 'darwin' ? platform : 'linux';

function placesOf(client: Client, machine: Machine): string[] {
  const roots = rootsOf(machine);
  const { join } = pathsOf(machine);
  return client.places[platformOf(machine)].map((place) => {
    const [root = '', ...rest] = place.split('/');
    return join(roots[root] ?? root, ...rest);
  });
}

/** The client's configuration: the file that is there, else where the client would look first. */
export function configurationOf(client: Client, machine: Machine): string {
  const places = placesOf(client, machine);
  const { dirname } = pathsOf(machine);
  return places.find(existsSync) ?? places.find((place) => existsSync(dirname(place))) ?? places[0] ?? '';
}

/** Whether a client is likely to be here: its configuration, or the folder for it, is. */
export function isInstalled(client: Client, machine: Machine): boolean {
  const { dirname } = pathsOf(machine);
  return placesOf(client, machine).some((place) =>
    existsSync(dirname(place) === machine.home ? place : dirname(place)),
  );
}

/** Where settings of ours are kept. */
export function settingsFolder(machine: Machine): string {
  const { join } = pathsOf(machine);
  const root = { darwin: 'SUPPORT', win32: 'ROAMING', linux: 'CONFIG' }[platformOf(machine)];
  return join(rootsOf(machine)[root] ?? machine.home, 'cwm-mcp');
}

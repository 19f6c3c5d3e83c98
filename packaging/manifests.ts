import type { Variable } from '../src/config/variables.ts';
import { PRODUCT } from '../src/product.ts';
import type { ToolDefinition } from '../src/tool/define-tool.ts';
import { SETTINGS } from './settings.ts';
import type { PackageManifest } from './version.ts';

// What each way to install the server is told about it. The forms ask for what the server needs and for the few settings that a
// newcomer has a wish about; everything else is left to docs/operators.md.

const REQUIRED = [
  'CWM_SITE',
  'CWM_COMPANY_ID',
  'CWM_PUBLIC_KEY',
  'CWM_PRIVATE_KEY',
  'CWM_CLIENT_ID',
] as const satisfies readonly Variable[];

/** Asked for in forms, too. A limit that is set and empty stops the start, so limits are asked for only with a default. */
const OPTIONAL = ['CWM_MEMBER', 'CWM_TIME_ZONE'] as const satisfies readonly Variable[];

/** What a form starts with: a server that cannot write until somebody wants it to. */
const DEFAULTS = { CWM_READ_ONLY: 'true', CWM_TOOLSETS: 'core' } as const satisfies Partial<Record<Variable, string>>;

type Asked = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number] | keyof typeof DEFAULTS;

export const ASKED: readonly Asked[] = [...REQUIRED, ...OPTIONAL, 'CWM_READ_ONLY', 'CWM_TOOLSETS'];
export const isRequired = (variable: Variable): boolean => (REQUIRED as readonly Variable[]).includes(variable);
const defaultOf = (variable: Asked): string | undefined => (DEFAULTS as Partial<Record<Asked, string>>)[variable];

/** Markdown as a form shows it. */
export const plain = (markdown: string): string =>
  markdown.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, (_, words: string) => words.replace(/\.md$/, ''));

/** `CWM_SITE` as forms name it: `site`. */
const field = (variable: Variable): string => variable.slice('CWM_'.length).toLowerCase();

function userConfig(variable: Asked): object {
  const { title, text, unset, secret = false } = SETTINGS[variable];
  const isSwitch = variable === 'CWM_READ_ONLY';
  const required = isRequired(variable);
  const usual = defaultOf(variable);
  return {
    type: isSwitch ? 'boolean' : 'string',
    title,
    description: required || usual !== undefined ? plain(text) : `${plain(text)} Default: ${plain(unset)}.`,
    required,
    sensitive: isSwitch ? undefined : secret,
    default: isSwitch ? usual === 'true' : usual,
  };
}

const authorOf = ({ homepage }: PackageManifest): object => ({ name: 'The cwm-mcp contributors', url: homepage });

/** What the model is told of a tool, as far as a form has room for it. */
const firstSentence = ({ description }: ToolDefinition): string =>
  description.split(/(?<=[a-z)]\.)\s(?=[A-Z])/)[0] ?? description;

/** The manifest of the bundle for Claude Desktop. */
export function mcpb(manifest: PackageManifest, tools: readonly ToolDefinition[]): object {
  return {
    manifest_version: '0.3',
    name: manifest.name,
    display_name: PRODUCT.title,
    version: manifest.version,
    description: manifest.description,
    long_description:
      'Tickets, time, customers, assets and schedules of ConnectWise Manage in plain words. Names in, names out; local time; a preview of every change; nothing written twice, and nobody mailed unless you ask for it. It starts read-only: switch that off when you trust it.',
    author: authorOf(manifest),
    repository: { type: 'git', url: `${manifest.homepage}.git` },
    homepage: manifest.homepage,
    documentation: `${manifest.homepage}/blob/main/docs/clients/claude-desktop.md`,
    support: `${manifest.homepage}/issues`,
    icon: 'icon.png',
    server: {
      type: 'node',
      entry_point: 'dist/main.js',
      mcp_config: {
        command: 'node',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the host fills it in
        args: ['${__dirname}/dist/main.js'],
        env: Object.fromEntries(ASKED.map((variable) => [variable, `\${user_config.${field(variable)}}`])),
      },
    },
    tools: tools
      .filter(({ core }) => core === true)
      .map((tool) => ({ name: tool.name, description: firstSentence(tool) })),
    tools_generated: true,
    prompts_generated: true,
    keywords: manifest.keywords,
    license: manifest.license,
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: manifest.engines.node } },
    user_config: Object.fromEntries(ASKED.map((variable) => [field(variable), userConfig(variable)])),
  };
}

/** The entry of the MCP registry, `server.json`. */
export function registryEntry(manifest: PackageManifest): object {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: manifest.mcpName,
    title: PRODUCT.title,
    description: 'ConnectWise Manage: tickets, time, companies and the whole REST API, safe on a live system.',
    websiteUrl: manifest.homepage,
    repository: { url: manifest.homepage, source: 'github' },
    version: manifest.version,
    packages: [
      {
        registryType: 'npm',
        registryBaseUrl: 'https://registry.npmjs.org',
        identifier: manifest.name,
        version: manifest.version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        environmentVariables: ASKED.map((variable) => ({
          name: variable,
          description: plain(SETTINGS[variable].text),
          isRequired: isRequired(variable),
          isSecret: SETTINGS[variable].secret ?? false,
          default: defaultOf(variable),
        })),
      },
    ],
  };
}

/** The plugin for Claude Code. It takes the settings from the environment in which Claude Code was started. */
export function claudePlugin(manifest: PackageManifest): { readonly plugin: object; readonly servers: object } {
  return {
    plugin: {
      name: manifest.name,
      version: manifest.version,
      description: manifest.description,
      author: authorOf(manifest),
      homepage: manifest.homepage,
      repository: manifest.homepage,
      license: manifest.license,
      keywords: manifest.keywords,
    },
    servers: {
      mcpServers: {
        manage: {
          command: 'npx',
          args: ['-y', `${manifest.name}@${manifest.version}`],
          env: Object.fromEntries(ASKED.map((variable) => [variable, `\${${variable}:-${defaultOf(variable) ?? ''}}`])),
        },
      },
    },
  };
}

/** The marketplace by which Claude Code finds the plugin in this repository. */
export const marketplace = (manifest: PackageManifest): object => ({
  name: manifest.name,
  owner: authorOf(manifest),
  plugins: [{ name: manifest.name, source: './packaging/claude-plugin', description: manifest.description }],
});

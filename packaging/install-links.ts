import { PRODUCT } from '../src/product.ts';
import { ASKED, isRequired, plain } from './manifests.ts';
import { SETTINGS } from './settings.ts';

/** The name that clients show for the server. */
const NAME = 'manage';

/** What a newcomer has to give. */
const NEEDED = ASKED.filter((variable) => isRequired(variable) || variable === 'CWM_MEMBER');

/** Part of an address, with the brackets encoded as well, at which a Markdown link would end. */
const part = (value: unknown): string =>
  encodeURIComponent(JSON.stringify(value)).replaceAll('(', '%28').replaceAll(')', '%29');

/** VS Code asks for what a newcomer has to give, and keeps secrets in its own store. */
function vsCodeLink(): string {
  const id = (variable: string): string => variable.toLowerCase();
  const config = {
    type: 'stdio',
    command: 'npx',
    args: ['-y', PRODUCT.name],
    env: { ...Object.fromEntries(NEEDED.map((name) => [name, `\${input:${id(name)}}`])), CWM_READ_ONLY: 'true' },
  };
  const inputs = NEEDED.map((name) => ({
    type: 'promptString',
    id: id(name),
    description: `${SETTINGS[name].title}: ${plain(SETTINGS[name].text)}`,
    password: SETTINGS[name].secret ?? false,
  }));
  return `https://insiders.vscode.dev/redirect/mcp/install?name=${NAME}&inputs=${part(inputs)}&config=${part(config)}`;
}

/** A server on the sandbox needs no settings. */
const sandboxConfig = { command: 'npx', args: ['-y', PRODUCT.name, '--sandbox'] } as const;

const vsCodeSandboxLink = (): string =>
  `https://insiders.vscode.dev/redirect/mcp/install?name=${NAME}-sandbox&config=${part({ type: 'stdio', ...sandboxConfig })}`;

const base64 = (value: unknown): string => encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64'));

/** Cursor asks for nothing; it takes the values from its own environment where they are set there. */
function cursorLink(): string {
  const env = Object.fromEntries(NEEDED.map((name) => [name, `\${env:${name}}`]));
  const config = { command: 'npx', args: ['-y', PRODUCT.name], env: { ...env, CWM_READ_ONLY: 'true' } };
  return `https://cursor.com/en/install-mcp?name=${NAME}&config=${base64(config)}`;
}

const cursorSandboxLink = (): string =>
  `https://cursor.com/en/install-mcp?name=${NAME}-sandbox&config=${base64(sandboxConfig)}`;

/** The README's links that install the server in editors, as a table. */
export const installLinks = (): string =>
  [
    `| | your Manage, read-only | the sandbox |`,
    `| --- | --- | --- |`,
    `| VS Code | [Install](${vsCodeLink()}) | [Install](${vsCodeSandboxLink()}) |`,
    `| Cursor | [Install](${cursorLink()}) | [Install](${cursorSandboxLink()}) |`,
  ].join('\n');

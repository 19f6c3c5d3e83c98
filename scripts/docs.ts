import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installLinks } from '../packaging/install-links.ts';
import { claudePlugin, marketplace, mcpb, registryEntry } from '../packaging/manifests.ts';
import { between } from '../packaging/markdown.ts';
import { settingsTables } from '../packaging/settings-table.ts';
import { manifestOf, productSource } from '../packaging/version.ts';
import { tools } from '../tools/index.ts';
import { conversation } from './conversation.ts';
import { measuresDocument } from './measure-table.ts';
import { rightsTable } from './rights-table.ts';
import { readmeTables, toolsDocument } from './tool-table.ts';
import { troubleshootingTables } from './troubleshooting.ts';

// npm run docs (and `npm version`): writes what readers, clients and registries are told, each from the one place that knows it:
// package.json the version, packaging/settings.ts the settings, tools/ the tools, src/api/rights.ts the rights.

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every file that is made from another one, wholly or in part, by its path, as it has to be. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const manifest = manifestOf(root);
  const { plugin, servers } = claudePlugin(manifest);
  return new Map([
    ['src/product.ts', productSource(root, manifest)],
    ['packaging/mcpb/manifest.json', json(mcpb(manifest, tools))],
    ['packaging/server.json', json(registryEntry(manifest))],
    ['packaging/claude-plugin/.claude-plugin/plugin.json', json(plugin)],
    ['packaging/claude-plugin/.mcp.json', json(servers)],
    ['.claude-plugin/marketplace.json', json(marketplace(manifest))],
    ['README.md', between(between(read('README.md'), 'links', installLinks()), 'tools', readmeTables(tools))],
    ['docs/tools.md', toolsDocument(tools)],
    ['docs/reports.md', measuresDocument()],
    ['docs/operators.md', between(read('docs/operators.md'), 'settings', settingsTables())],
    ['docs/troubleshooting.md', between(read('docs/troubleshooting.md'), 'errors', troubleshootingTables())],
    ['docs/administrators.md', between(read('docs/administrators.md'), 'rights', rightsTable(tools))],
  ]);
}

/** What is recorded on the sandbox: the conversation, whole and in README.md, which has its other parts already. */
export async function recordedFiles(readme: string): Promise<ReadonlyMap<string, string>> {
  const { first, document } = await conversation();
  return new Map([
    ['docs/conversation.md', document],
    ['README.md', between(readme, 'conversation', first)],
  ]);
}

if (process.argv[1] === import.meta.filename) {
  const files = generatedFiles();
  for (const [file, text] of [...files, ...(await recordedFiles(files.get('README.md') ?? ''))])
    writeFileSync(join(root, file), text);
  // The sandbox of the record stays open for whoever would borrow it next.
  process.exit();
}

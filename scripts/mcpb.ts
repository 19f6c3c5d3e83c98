import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packExtension } from '@anthropic-ai/mcpb';
import { manifestOf } from '../packaging/version.ts';

// npm run mcpb: the bundle that Claude Desktop installs, `cwm-mcp.mcpb`: the same program as the npm package, with a form for its
// settings. Claude Desktop brings its own Node.js.

/** Puts the parts of the bundle into a folder. The program has to be built. */
function stage(root: string, folder: string): void {
  const { name, version } = manifestOf(root);
  mkdirSync(folder, { recursive: true });
  for (const part of ['manifest.json', 'icon.png']) cpSync(join(root, 'packaging/mcpb', part), join(folder, part));
  for (const part of ['dist', 'LICENSE', 'CHANGELOG.md'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  // What makes Node read the program as modules.
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, type: 'module' }, null, 2)}\n`);
}

/** Packs the bundle. Its manifest is validated by Anthropic's own schema on the way. @throws when it is not valid */
export async function packBundle(root: string, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-bundle-'));
  try {
    stage(root, folder);
    if (!(await packExtension({ extensionPath: folder, outputPath: file, silent: true })))
      throw new Error('The bundle could not be packed; `npx mcpb validate packaging/mcpb/manifest.json` says why.');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(import.meta.dirname, '..');
  const file = join(root, 'cwm-mcp.mcpb');
  await packBundle(root, file);
  process.stdout.write(`${file}\n`);
}

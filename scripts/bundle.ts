import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { toolEntry } from '../src/server/handlers.ts';
import type { PreparedTool } from '../src/server/prepared-list.ts';
import { tools } from '../tools/index.ts';
import { notices } from './bundle/notices.ts';
import { bundleOptions } from './bundle/options.ts';
import { bundleViews } from './bundle/views.ts';

// Writes dist/main.js and its chunks, and dist/tools.json, the tools as clients see them: the whole product without node_modules.
// What a command imports dynamically becomes a chunk of its own, so that a stdio server does not read the sandbox or the demo. The
// reader of PDFs runs in a thread of its own and is therefore a program of its own. The views are pages of their own beside them.

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const entry = resolve(process.argv[2] ?? join(root, 'src/main.ts'));

/** Not written by this step, and never removed by it. */
const KEPT = new Set(['catalog.json']);

const result = await build({
  ...bundleOptions(root),
  entryPoints: { main: entry, 'pdf-worker': join(root, 'src/files/pdf/pdf-worker.ts') },
  outdir: dist,
  legalComments: 'external',
  metafile: true,
  write: false,
});

const isLegal = (path: string): boolean => path.endsWith('.LEGAL.txt');
const written = new Set<string>();
const save = (name: string, text: string): void => {
  writeFileSync(join(dist, name), text);
  written.add(name);
};

const preparedOf = (tool: (typeof tools)[number]): PreparedTool => {
  const { toolset, core, effect } = tool;
  return { toolset, core, effect, entry: toolEntry(tool) };
};

mkdirSync(dist, { recursive: true });
for (const file of result.outputFiles.filter(({ path }) => !isLegal(path))) {
  const name = relative(dist, file.path);
  const shebang = name === 'main.js' && !file.text.startsWith('#!') ? '#!/usr/bin/env node\n' : '';
  save(name, `${shebang}${file.text}`);
}
chmodSync(join(dist, 'main.js'), 0o755);
save('tools.json', JSON.stringify(tools.map(preparedOf)));
const legal = result.outputFiles.filter(({ path }) => isLegal(path)).map(({ text }) => text);
const views = await bundleViews(root, dist);
const bundled = [...Object.keys(result.metafile.inputs), ...views.inputs];
save('THIRD-PARTY-NOTICES.txt', notices(root, bundled, [...legal, ...views.legal]));

// Chunks of earlier builds; only after the new ones are in place, so that a build that fails leaves a working bundle.
for (const name of readdirSync(dist)) {
  if (!written.has(name) && !KEPT.has(name) && basename(name).match(/\.(js|map|txt)$/)) rmSync(join(dist, name));
}

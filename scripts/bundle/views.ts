import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { englishOnly } from './english-only.ts';

/** Folders of `views/` that are a view; the others are what views share. */
const VIEWS = ['timesheet', 'ticket', 'report', 'tickets', 'dispatch'] as const;

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * A page whole in itself. Its policy allows its own script alone, whatever a host allows: a ticket that carried markup could
 * still run nothing and reach nobody.
 */
function page(title: string, script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${sha256(script)}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main id="view"></main>',
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Writes `dist/views/NAME.html` for every view. @returns what was bundled, relative to `root`, and its legal comments */
export async function bundleViews(root: string, dist: string): Promise<{ inputs: string[]; legal: string[] }> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const result = await build({
    absWorkingDir: root,
    entryPoints: VIEWS.map((name) => ({ in: `views/${name}/main.ts`, out: name })),
    outdir: join(dist, 'views'),
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    minify: true,
    define: { PRODUCT_VERSION: JSON.stringify(version) },
    plugins: [englishOnly],
    legalComments: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const outputs = new Map(result.outputFiles.map(({ path, text }) => [path, text]));
  const folder = join(dist, 'views');
  const part = (name: string): string => outputs.get(join(folder, name)) ?? '';
  const pages = VIEWS.map((name) => [name, page(name, part(`${name}.js`), part(`${name}.css`))] as const);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, `${name}.html`), text);
  return {
    inputs: Object.keys(result.metafile.inputs),
    legal: [...outputs].filter(([path]) => path.endsWith('.LEGAL.txt')).map(([, text]) => text),
  };
}

import type { BuildOptions } from 'esbuild';
import { englishOnly } from './english-only.ts';
import { ownValidator } from './own-validator.ts';

/** How a program is bundled, whatever its entry: a single tree of ES modules for Node, without node_modules. */
export const bundleOptions = (root: string): BuildOptions => ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  splitting: true,
  // Beside main.js: the API's description is found by its place beside the running file.
  chunkNames: '[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  // Its CommonJS form requires its parts by a function of its own, which is not followed.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [englishOnly, ownValidator],
  logLevel: 'warning',
  // CommonJS packages ask for Node's own modules through `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
  },
});

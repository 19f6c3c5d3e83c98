import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/** Zod carries its messages in some fifty languages, half of its size; ours are English. */
export const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: dirname(path),
    }));
  },
};

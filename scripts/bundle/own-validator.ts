import type { Plugin } from 'esbuild';

/**
 * The protocol library's own validator of JSON schemas is a third of it, and evaluated with it. Servers of ours are given another
 * one (`src/server/create-server.ts`), so it is left out; a server that was not given one does not start.
 */
export const ownValidator: Plugin = {
  name: 'own-validator',
  setup({ onLoad }) {
    onLoad({ filter: /@modelcontextprotocol\/server\/dist\/shimsNode\.mjs$/ }, () => ({
      contents: [
        "export { default as process } from 'node:process';",
        'export class DefaultJsonSchemaValidator {',
        "  constructor() { throw new Error('A server needs the option jsonSchemaValidator: this build has no other.'); }",
        '}',
      ].join('\n'),
    }));
  },
};

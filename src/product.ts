/**
 * Who we are, in one place. `npm version` keeps `version` as package.json has it (`scripts/docs.ts`); `home` is where the
 * source, the issues and the releases are.
 */
export const PRODUCT = {
  name: 'cwm-mcp',
  title: 'ConnectWise Manage',
  version: '0.1.0',
  home: 'https://github.com/cwm-mcp/cwm-mcp',
} as const;

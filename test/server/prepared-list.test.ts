import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { handlersOf } from '../../src/server/handlers.ts';
import { preparedList } from '../../src/server/prepared-list.ts';
import { createServices } from '../../src/server/services.ts';

// The list that a stdio server sends before it loads its tools. The file is the build's: after a change of a tool, `npm run bundle`.
describe('the prepared list of tools', () => {
  const FILE = pathToFileURL('dist/tools.json');
  const configOf = (environment: Record<string, string>) =>
    readConfig({
      CWM_SITE: 'https://manage.invalid',
      CWM_COMPANY_ID: 'acme',
      CWM_PUBLIC_KEY: 'public',
      CWM_PRIVATE_KEY: 'private',
      CWM_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
      ...environment,
    });

  it.each<[string, Record<string, string>]>([
    ['the default tools', {}],
    ['every toolset', { CWM_TOOLSETS: 'all' }],
    ['some toolsets', { CWM_TOOLSETS: 'core,time,sales' }],
    ['read-only mode', { CWM_TOOLSETS: 'all', CWM_READ_ONLY: 'true' }],
    ['some companies', { CWM_COMPANIES: 'Acme', CWM_BOARDS: '1' }],
  ])('is what the loaded tools say: %s', async (_, environment) => {
    const config = configOf(environment);
    const services = createServices(config, createLogger('silent'));
    const { tools } = JSON.parse(JSON.stringify(await handlersOf(services).listTools(undefined)));
    await services.close();
    expect(preparedList(config, FILE)).toEqual(tools);
  });

  it.each<Record<string, string>>([
    { CWM_LOCKDOWN: 'true' },
    { CWM_WRITE: 'off' },
    { CWM_DENY: 'delete_record' },
    { CWM_ALLOW: 'core' },
    { CWM_OPERATIONS: 'GET /system/info' },
    { CWM_TOOLSETS: 'time' },
  ])('is not used where %o decides what is listed, or how', (environment) => {
    expect(preparedList(configOf(environment), FILE)).toBeUndefined();
  });

  it('is done without where there is none', () => {
    expect(preparedList(configOf({}), pathToFileURL('dist/nothing.json'))).toBeUndefined();
  });
});

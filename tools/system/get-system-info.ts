import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { defineLegacyTool as defineTool } from '../../src/tool/index.ts';

/** Lengths that Manage refuses to exceed, of the texts that people write most. */
const LIMITS = [
  ['Ticket', 'summary'],
  ['Company', 'name'],
  ['Company', 'identifier'],
  ['Contact', 'firstName'],
  ['Member', 'identifier'],
] as const;

interface LicenceBit {
  readonly name?: string;
  readonly activeFlag?: boolean;
}

export default defineTool({
  name: 'get_system_info',
  title: 'Get system information',
  toolset: 'system',
  effect: 'read',
  uses: ['GET /system/info'],
  description: 'Version, hosting, time zone, licensed parts and limits of this Manage.',
  input: z.strictObject({}),
  output: z.looseObject({ version: z.string() }),
  async run(_, { manage, api, signal, plain, server }) {
    const info = await manage.get<ManageRecord>('GET /system/info', { signal });
    const bits = (info.licenseBits ?? []) as readonly LicenceBit[];
    const named = (active: boolean): string[] =>
      bits.filter(({ activeFlag }) => (activeFlag === true) === active).map(({ name }) => plain(name));
    const limits = LIMITS.flatMap(([schema, field]) => {
      const most = api.schema(schema)?.fields.get(field)?.maxLength;
      return most === undefined ? [] : [`${schema} ${field} ${most}`];
    });
    const facts = {
      version: plain(info.version),
      hosting: info.isCloud === true ? `cloud${info.cloudRegion ? `, ${plain(info.cloudRegion)}` : ''}` : 'own server',
      site: `${server.site}${server.sandbox ? ' (sandbox: made-up data)' : ''}`,
      timeZone: plain(info.serverTimeZone),
      licensed: named(true).join(', '),
      notLicensed: named(false).join(', '),
      api: `${server.apiVersion}; catalog ${api.version} with ${api.operations.length} operations`,
      rate: `at most ${server.requestsPerMinute} requests a minute from here; pages of at most 1000 records`,
      lengths: `at most so many characters: ${limits.join(', ')}`,
      writing: server.readOnly ? 'not allowed (read-only mode)' : 'allowed',
    };
    const known = Object.entries(facts).filter(([, value]) => value !== '');
    return {
      structured: { ...Object.fromEntries(known), version: facts.version },
      text: known.map(([label, value]) => `${label}: ${value}`).join('\n'),
    };
  },
});

import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { caption, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool } from '../../src/tool/index.ts';

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
  async run(_, { manage, api, signal, server }) {
    const info = await manage.get<ManageRecord>('GET /system/info', { signal });
    const bits = (info.licenseBits ?? []) as readonly LicenceBit[];
    const named = (active: boolean) =>
      joined(
        bits.filter(({ activeFlag }) => (activeFlag === true) === active).map(({ name }) => cleanLine(name)),
        ', ',
      );
    const lengths = LIMITS.flatMap(([schema, field]) => {
      const most = api.schema(schema)?.fields.get(field)?.maxLength;
      return most === undefined ? [] : [say`${schema} ${field} ${most}`];
    });
    const apiVersions = say`${cleanLine(server.apiVersion)}; description ${cleanLine(api.version)} with ${api.operations.length} operations`;
    const version = cleanLine(info.version);
    const facts = {
      hosting: info.isCloud === true ? joined([say`cloud`, cleanLine(info.cloudRegion)], ', ') : say`own server`,
      site: say`${cleanLine(server.site)}${server.sandbox ? ' (sandbox: made-up data)' : ''}`,
      timeZone: cleanLine(info.serverTimeZone),
      licensed: named(true),
      notLicensed: named(false),
      api: apiVersions,
      rate: say`at most ${server.requestsPerMinute} requests a minute from here; pages of at most 1000 records`,
      lengths: say`at most so many characters: ${joined(lengths, ', ')}`,
      writing: server.readOnly ? say`not allowed (read-only mode)` : say`allowed`,
    };
    const known = Object.entries({ version, ...facts }).filter(([, value]) => value !== '');
    return {
      structured: { ...Object.fromEntries(known), version },
      text: lines(known.map(([label, value]) => say`${caption(label)}: ${value}`)),
    };
  },
});

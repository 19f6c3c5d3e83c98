import { closest } from '../../../src/api/closest.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** `CPU speed` and `cpu_speed` are `cpuSpeed`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Members that the tool has an argument for, which may look for a record, read a day, or check for a double. */
const OWN_ARGUMENTS: Readonly<Record<string, string>> = {
  name: 'name',
  type: 'type',
  status: 'status',
  company: 'company',
  contact: 'contact',
  site: 'site',
  serialNumber: 'serialNumber',
  tagNumber: 'tagNumber',
  manufacturer: 'manufacturer',
  vendor: 'vendor',
  parentConfigurationId: 'partOf',
  purchaseDate: 'purchased',
  warrantyExpirationDate: 'warrantyEnds',
  notes: 'notes',
  activeFlag: 'active',
  questions: 'answers',
  customFields: 'customFields',
};

/**
 * Members of a configuration that have no argument of their own, by the names that people give them.
 * @throws {ToolInputError} for a name that is none of them, with the closest, and for one with an argument of its own
 */
export function otherFields(given: JsonObject | undefined, { api }: Pick<ToolContext, 'api'>): ManageRecord {
  const members = [...(api.schema('Company.Configuration')?.fields.keys() ?? [])];
  const read = Object.entries(given ?? {}).map(([name, value]) => {
    const member = members.find((one) => plain(one) === plain(name));
    const own = member === undefined ? undefined : OWN_ARGUMENTS[member];
    if (own !== undefined)
      throw new ToolInputError(
        'fields',
        say`fields: "${cleanLine(name)}" has an argument of its own: send ${cleanLine(own)}.`,
      );
    if (member !== undefined) return [member, value] as const;
    const near = closest(name, members).map(cleanLine);
    const hint = near.length === 0 ? say`` : say` Did you mean ${joined(near, ' or ')}?`;
    throw new ToolInputError('fields', say`fields: a configuration has no "${cleanLine(name)}".${hint}`);
  });
  return Object.fromEntries(read);
}

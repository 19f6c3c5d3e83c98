import { closest } from '../../../src/api/closest.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** `CPU speed` and `cpu_speed` are `cpuSpeed`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Members of a configuration that have no argument of their own, by the names that people give them.
 * @throws {ToolInputError} for a name that is none of them, with the closest
 */
export function otherFields(given: JsonObject | undefined, { api }: Pick<ToolContext, 'api'>): ManageRecord {
  const members = [...(api.schema('Company.Configuration')?.fields.keys() ?? [])];
  const read = Object.entries(given ?? {}).map(([name, value]) => {
    const member = members.find((one) => plain(one) === plain(name));
    if (member !== undefined) return [member, value] as const;
    const near = closest(name, members).map(cleanLine);
    const hint = near.length === 0 ? say`` : say` Did you mean ${joined(near, ' or ')}?`;
    throw new ToolInputError('fields', say`fields: a configuration has no "${cleanLine(name)}".${hint}`);
  });
  return Object.fromEntries(read);
}

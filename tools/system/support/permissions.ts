import type { Right, RightLevel, Verdict } from '../../../src/api/rights.ts';
import type { ManageReader, ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';

/** What a security role lets its bearer do with a function: nothing, with own records, with all. */
export type Extent = 'None' | 'My' | 'All';

export interface Permission {
  readonly module: string;
  readonly name: string;
  readonly levels: Readonly<Record<RightLevel, Extent>>;
}

const extent = (value: unknown): Extent => (value === 'All' || value === 'My' ? value : 'None');

/** The functions of the security role of these keys, and whose keys they are. */
export async function readPermissions(
  manage: ManageReader,
  signal: AbortSignal,
): Promise<{ readonly permissions: readonly Permission[]; readonly member: string | undefined }> {
  const rows = await manage.all<ManageRecord>('GET /system/mySecurity', { signal });
  const permissions = rows.map((row) => ({
    module: String(row.moduleName ?? row.moduleDescription ?? ''),
    name: String(row.moduleFunctionName ?? row.moduleFunctionDescription ?? ''),
    levels: {
      inquire: extent(row.inquireLevel),
      add: extent(row.addLevel),
      edit: extent(row.editLevel),
      delete: extent(row.deleteLevel),
    },
  }));
  return { permissions, member: nameOf(rows[0]?.member) };
}

/** `Time & Expense > Time Entry` and `TimeEntry` of module `Time and Expense` are one function. */
const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\band\b/g, '')
    .replace(/[^a-z]/g, '')
    .replace(/s$/, '');

/** The function of a role that a right names; `undefined` where the role's list does not tell. */
function permissionFor(permissions: readonly Permission[], right: Right): Permission | undefined {
  const [module = '', name = ''] = right.name.split(' > ');
  const named = permissions.filter((permission) => letters(permission.name) === letters(name));
  return named.find((permission) => letters(permission.module) === letters(module)) ?? named[0];
}

/** Whether a role grants a right. */
export function verdictOn(permissions: readonly Permission[], right: Right): Verdict {
  const found = permissionFor(permissions, right);
  if (found === undefined) return 'not listed';
  const given = found.levels[right.level];
  if (given === 'All') return 'granted';
  return given === 'My' ? 'own records only' : 'missing';
}

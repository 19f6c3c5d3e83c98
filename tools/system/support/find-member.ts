import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { type Names, UnknownName } from '../../../src/names/index.ts';
import { all, any, field } from '../../../src/query/index.ts';

/** A member that a name means, also one who has left: names of the others stay free of them. */
export async function findMember(
  { manage, names, signal }: { manage: ManageClient; names: Names; signal: AbortSignal },
  given: string,
): Promise<number> {
  try {
    return (await names.resolve('member', given, { argument: 'member' })).id;
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    const text = given.trim();
    const [first = '', ...rest] = text.split(/\s+/);
    const named = /^#?\d+$/.test(text)
      ? field('id', '=', Number(text.replace('#', '')))
      : any(
          field('identifier', '=', text),
          rest.length > 0 ? all(field('firstName', '=', first), field('lastName', '=', rest.join(' '))) : undefined,
        );
    const conditions = all(field('inactiveFlag', '=', true), named);
    const { rows } = await manage.page<ManageRecord>('GET /system/members', {
      conditions,
      fields: ['id'],
      pageSize: 2,
      signal,
    });
    const [only, other] = rows;
    if (only === undefined || other !== undefined) throw error;
    return Number(only.id);
  }
}

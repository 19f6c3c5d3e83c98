import type { ApiDescription } from '../../../src/api/index.ts';
import { meaningOf } from '../../../src/api/meanings.ts';
import { isRecord } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine } from '../../../src/text/index.ts';
import { referencesOf, type ToolContext } from '../../../src/tool/index.ts';
import { changesOf } from '../../../src/tool/write/changes.ts';
import { membersSet } from '../../../src/tool/write/effects.ts';
import type { Change } from '../../../src/tool/write/plan.ts';
import { membersAfter } from './members-after.ts';
import { namedReferences } from './named-references.ts';

/** What Manage works out or takes back by itself, whatever a body holds. */
const OWN = /^(_info|id|mobileGuid|.*Guid)$/;

/** Members with a value that a body leaves out: a PUT empties them. Switches that are off and zeros hold nothing. */
export function leftOut(
  body: unknown,
  record: ManageRecord,
  { schema = '', api }: { schema: string | undefined; api: ApiDescription },
): Clean[] {
  const sent = new Set(Object.keys(membersSet(body)).map((member) => member.toLowerCase()));
  const fields = api.schema(schema)?.fields;
  return Object.entries(record).flatMap(([member, value]) => {
    const isKept =
      OWN.test(member) || meaningOf(schema, member)?.onWrite !== undefined || fields?.has(member) === false;
    const isEmpty = value === undefined || value === null || value === '' || value === false || value === 0;
    const holdsNothing =
      isEmpty ||
      (Array.isArray(value) && value.every((item) => isRecord(item) && 'caption' in item && (item.value ?? '') === ''));
    return isKept || holdsNothing || sent.has(member.toLowerCase()) ? [] : [cleanLine(member)];
  });
}

/** What a body changes of a record, for the preview. */
export async function changesBy(
  body: unknown,
  record: ManageRecord,
  { schema = '', context }: { schema: string | undefined; context: ToolContext },
): Promise<readonly Change[]> {
  const set = membersAfter(membersSet(body), record);
  const members = await namedReferences(set, record, { schema, context });
  const showing = { api: context.api, schema, zone: await context.zone(), members: Object.keys(members) };
  return changesOf(record, { ...record, ...members }, showing);
}

/** The records that a new one refers to by their ids, for the preview. */
export async function referredTo(
  body: unknown,
  { schema = '', context }: { schema: string | undefined; context: ToolContext },
): Promise<Clean | undefined> {
  if (!isRecord(body)) return undefined;
  return referencesOf(await namedReferences(body, {}, { schema, context }));
}

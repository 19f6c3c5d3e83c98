import type { ActionAnswer, ActionRequest, HookContext } from '../behaviour.ts';
import { notFound } from '../failure.ts';
import { expand } from '../references.ts';
import { stamp } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
import { idOf } from './board-scope.ts';

/** What goes to somebody else: the part of the request, where it is, and the member of the record that names the person. */
const HANDED_OVER: readonly (readonly [part: string, collection: string, field: string])[] = [
  ['activity', '/sales/activities', 'assignTo'],
  ['opportunity', '/sales/opportunities', 'primarySalesRep'],
  ['projectManager', '/project/projects', 'manager'],
  ['serviceTeam', '/service/boards/{parentId}/teams', 'teamLeader'],
];

const partOf = (body: unknown, name: string): { reAssignToMember?: unknown } | undefined =>
  ((body ?? {}) as Record<string, { reAssignToMember?: unknown } | undefined>)[name];

/** Time sheets on which nothing was entered. */
function dropSheets(member: SandboxRecord, { store }: HookContext): void {
  const sheets = store.collection('/time/sheets');
  for (const sheet of [...sheets.where('member/id', member.id)])
    if (sheet.status === 'Open' && [...store.collection('/time/entries').where('timeSheet/id', sheet.id)].length === 0)
      sheets.remove(sheet.id);
}

/** Members cannot be deleted: they are switched off, and what the request names goes to others. */
export function deactivateMember({ pathValues, body }: ActionRequest, context: HookContext): ActionAnswer {
  const { store, api, caller, now } = context;
  const members = store.collection('/system/members');
  const found = members.get(Number(pathValues.id));
  if (found === undefined) throw notFound(`Member ${pathValues.id} not found`);
  for (const [part, collection, field] of HANDED_OVER) {
    const heir = members.get(idOf(partOf(body, part)?.reAssignToMember) ?? 0);
    if (heir === undefined) continue;
    const records = store.collection(collection);
    const reference = expand(heir, 'MemberReference', '/system/members', api);
    for (const record of [...records.all()])
      if (idOf(record[field]) === found.id && record.closedFlag !== true)
        records.put({ ...record, [field]: reference }, { by: caller.identifier, at: now });
  }
  if ((body as { deleteOpenTimeSheetsFlag?: unknown } | undefined)?.deleteOpenTimeSheetsFlag === true)
    dropSheets(found, context);
  members.put({ ...found, inactiveFlag: true, inactiveDate: stamp(now) }, { by: caller.identifier, at: now });
  return { status: 200, body: body ?? {} };
}

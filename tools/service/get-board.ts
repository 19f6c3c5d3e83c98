import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { say } from '../../src/text/index.ts';
import {
  billingWords,
  choiceWords,
  defineTool,
  fragments,
  readable,
  readablePart,
  recordView,
  ToolInputError,
} from '../../src/tool/index.ts';
import { LEVEL_OPERATIONS, serviceLevels } from './support/service-levels.ts';

/** The last one since 2025.1. */
const PARTS = ['statuses', 'types', 'subtypes', 'items', 'teams', 'skillMappings'] as const;

const yes = (value: unknown): string => (value === true ? 'yes' : '');

/** Members of the board that say how it works, by what people call them. */
const FLAGS: readonly (readonly [label: string, member: string])[] = [
  ['project board', 'projectFlag'],
  ['inactive', 'inactiveFlag'],
  ['time entry locked', 'timeEntryLockedFlag'],
  ['discussions locked', 'discussionsLockedFlag'],
  ['assigns new tickets by itself', 'autoAssignNewTicketsFlag'],
  ['mails the contact', 'sendToContactFlag'],
  ['mails the resources', 'sendToResourceFlag'],
  ['reopens closed tickets by mail', 'emailConnectorAllowReopenClosedFlag'],
];

export default defineTool({
  name: 'get_board',
  title: 'Get board',
  toolset: 'service',
  effect: 'read',
  uses: [
    'GET /service/boards/{id}',
    ...LEVEL_OPERATIONS,
    ...PARTS.map((part) => `GET /service/boards/{parentId}/${part}`),
  ],
  description:
    'How a board is set up: statuses (closed, no time entry), types, items, teams, defaults; or what an SLA promises by priority.',
  input: z.strictObject({
    board: fragments.filterName('board').optional(),
    sla: fragments.nameWithin('sla', 'Or all', { inactive: true }).optional(),
  }),
  aliases: { id: 'board', boardId: 'board', name: 'board' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ board, sla }, context) {
    const { manage, names, signal } = context;
    if (sla !== undefined && board !== undefined)
      throw new ToolInputError('sla', say`Send board, or sla for what a service level promises, not both.`);
    if (sla !== undefined) return serviceLevels(sla, context);
    if (board === undefined)
      throw new ToolInputError('board', say`Send board, or sla for what a service level promises.`);
    const { id } = board;
    const rowsOf = (name: (typeof PARTS)[number]) =>
      manage.all<ManageRecord>(`GET /service/boards/{parentId}/${name}`, { path: { parentId: id }, signal });
    const part = (name: (typeof PARTS)[number]) => readable(rowsOf(name));
    const [record, statuses, types, subtypes, items, teams, skills, members] = await Promise.all([
      manage.get<ManageRecord>('GET /service/boards/{id}', { path: { id }, signal }),
      part('statuses'),
      part('types'),
      part('subtypes'),
      part('items'),
      part('teams'),
      readablePart(rowsOf('skillMappings')),
      names.list('member', { signal }).catch((): readonly Named[] => []),
    ]);
    const active = (rows: readonly ManageRecord[] = []) =>
      rows.filter(({ inactiveFlag, inactive }) => inactiveFlag !== true && inactive !== true);
    const titled = (title: string, rows: readonly ManageRecord[] = []): string => {
      const left = rows.length - active(rows).length;
      return left === 0 ? title : `${title} (without ${left} inactive)`;
    };
    const order = ({ sortOrder }: ManageRecord): number => Number(sortOrder ?? 0);
    const called = new Map(members.map((member) => [member.id, member.label]));
    const typeNames = new Map((types ?? []).map((type) => [Number(type.id), String(type.name)]));
    const list = (ids: unknown, from: ReadonlyMap<number, string>): string =>
      (Array.isArray(ids) ? ids : []).map((one) => from.get(Number(one)) ?? `id ${one}`).join(', ');
    const ofTypes = ({ typeAssociationIds }: ManageRecord): string => {
      const ids = Array.isArray(typeAssociationIds) ? typeAssociationIds : [];
      return active(types).every((type) => ids.includes(type.id)) ? 'all' : list(ids, typeNames);
    };
    return recordView({
      id,
      title: `Board ${id}: ${record.name}`,
      facts: [
        ['location', nameOf(record.location)],
        ['department', nameOf(record.department)],
        ['dispatcher', nameOf(record.dispatchMember)],
        ['service manager', nameOf(record.serviceManagerMember)],
        ['duty manager', nameOf(record.dutyManagerMember)],
        ['on call', nameOf(record.oncallMember)],
        ['work role', nameOf(record.workRole)],
        ['work type', nameOf(record.workType)],
        ['bills time', billingWords(record.billTime)],
        ['bills expenses', billingWords(record.billExpense)],
        ['bills products', billingWords(record.billProduct)],
        ['closes by itself to', nameOf(record.autoCloseStatus)],
        ['mail from', record.notifyEmailFrom],
        ...FLAGS.map(([label, member]): [string, string] => [label, yes(record[member])]),
      ],
      sections: [
        {
          key: 'statuses',
          title: titled('Statuses', statuses),
          columns: ['id', 'name', 'closed', 'no time', 'default', 'escalation'],
          rows:
            statuses &&
            active(statuses)
              .sort((a, b) => order(a) - order(b))
              .map((row) => [
                row.id,
                row.name,
                yes(row.closedStatus),
                yes(row.timeEntryNotAllowed),
                yes(row.defaultFlag),
                choiceWords(row.escalationStatus),
              ]),
        },
        {
          key: 'types',
          title: titled('Types', types),
          columns: ['id', 'name', 'category', 'default'],
          rows: types && active(types).map((row) => [row.id, row.name, row.category, yes(row.defaultFlag)]),
        },
        {
          key: 'subtypes',
          title: titled('Subtypes', subtypes),
          columns: ['id', 'name', 'of types'],
          rows: subtypes && active(subtypes).map((row) => [row.id, row.name, ofTypes(row)]),
        },
        {
          key: 'items',
          title: titled('Items', items),
          columns: ['id', 'name'],
          rows: items && active(items).map((row) => [row.id, row.name]),
        },
        {
          key: 'teams',
          title: titled('Teams', teams),
          columns: ['id', 'name', 'leader', 'members', 'default'],
          rows:
            teams &&
            active(teams).map((row) => [
              row.id,
              row.name,
              called.get(idOf(row.teamLeader) ?? 0) ?? nameOf(row.teamLeader),
              list(row.members, called),
              yes(row.defaultFlag),
            ]),
        },
        {
          key: 'skills',
          title: 'Skills that tickets need',
          columns: ['id', 'type', 'subtype', 'item', 'category', 'skill'],
          rows: skills.map((row) => [
            row.id,
            ...[row.type, row.subType, row.item, row.skillCategory, row.skill].map((reference) => nameOf(reference)),
          ]),
        },
      ],
    });
  },
});

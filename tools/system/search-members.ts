import { z } from 'zod';
import { Forbidden } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, any, field, narrow, WhereSchema } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, tableOutput, tableResult } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_members',
  title: 'Search members',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: [
    'GET /system/members',
    'GET /system/members/count',
    'GET /system/info/members',
    'GET /system/info/members/count',
  ],
  description: 'Find members (employees, technicians) by name, identifier, e-mail or title.',
  input: z.strictObject({
    text: z.string().optional().describe('In name, identifier, e-mail or title'),
    includeInactive: z.boolean().optional(),
    where: WhereSchema.optional(),
    conditions: fragments.conditions,
    page: fragments.page,
    limit: fragments.limit,
  }),
  aliases: { name: 'text', query: 'text', search: 'text', member: 'text', identifier: 'text', email: 'text' },
  output: tableOutput,
  async run(input, { manage, api, signal }) {
    const limit = input.limit ?? 25;
    const contains = (members: readonly string[], word: string) =>
      any(...members.map((member) => field(member, 'contains', word)));
    const words = (input.text ?? '').split(/\s+/).filter((word) => word !== '');
    const options = (members: readonly string[], schema: string) => {
      const conditions = all(
        input.includeInactive ? undefined : field('inactiveFlag', '=', false),
        ...words.map((word) => contains(members, word)),
      );
      const query = narrow({ conditions }, input, { api, schema });
      return { ...query, signal };
    };
    const read = async (list: string, members: readonly string[], schema: string) => {
      const query = options(members, schema);
      return Promise.all([
        manage.page(list, { ...query, orderBy: ['lastName asc'], page: input.page ?? 1, pageSize: limit }),
        manage.count(`${list}/count`, query),
      ]);
    };
    const [{ rows }, total] = await read(
      'GET /system/members',
      ['firstName', 'lastName', 'identifier', 'officeEmail', 'title'],
      'Member',
    ).catch((error: unknown) => {
      // The list for callers with few rights knows less of each member.
      if (error instanceof Forbidden)
        return read('GET /system/info/members', ['firstName', 'lastName', 'identifier'], 'MemberInfo');
      throw error;
    });
    const cells = rows.map((row) => [
      row.id,
      row.identifier,
      [row.firstName, row.lastName].filter(Boolean).join(' '),
      row.title,
      row.officeEmail,
      nameOf(row.workRole),
      nameOf(row.timeZone),
    ]);
    return tableResult({
      noun: 'members',
      columns: ['id', 'identifier', 'name', 'title', 'e-mail', 'work role', 'zone'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});

import { z } from 'zod';
import { joined, say } from '../../src/text/index.ts';
import { defineTool, listOutput, tableResult } from '../../src/tool/index.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { ACCRUAL_OPERATIONS, readAccruals } from './support/accruals.ts';

export default defineTool({
  name: 'get_accruals',
  title: 'Get accruals',
  toolset: 'time',
  effect: 'read',
  uses: [...ACCRUAL_OPERATIONS, ...PEOPLE_OPERATIONS],
  description: 'Paid leave of members this year (vacation, sick): hours allowed, used, left.',
  input: z.strictObject({ who: z.array(z.string()).optional().describe('Members or a team; default me') }),
  aliases: { member: 'who', members: 'who', team: 'who' },
  output: listOutput,
  looksUp: ({ who }, context) => [who && readPeople(who, context)],
  async run(input, context) {
    const now = await context.now();
    const people = await readPeople(input.who ?? ['me'], context);
    const balances = await readAccruals(people, now, context);
    const rows = people.flatMap((person, index) =>
      (balances[index] ?? []).map((balance) => [
        person.name,
        balance.type,
        `${balance.from} to ${balance.to}`,
        balance.allowance,
        balance.adjusted,
        balance.used,
        balance.planned,
        balance.left,
      ]),
    );
    const without = people.filter((_, index) => balances[index]?.length === 0).map(({ name }) => name);
    const lacking = joined(without, ', ');
    return tableResult({
      noun: 'accruals',
      head: lacking === '' ? say`hours` : say`hours; no accruals are set up for the location of ${lacking}`,
      columns: ['member', 'type', 'year', 'allowed', 'adjusted', 'used', 'planned', 'left'],
      rows,
      total: rows.length,
      pageSize: Math.max(1, rows.length),
    });
  },
});

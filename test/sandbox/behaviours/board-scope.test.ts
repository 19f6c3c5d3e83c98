import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** What of a ticket belongs to its board: the member, its table under the board, and Manage's word for it. */
const SCOPED = [
  ['status', 'statuses', 'Service Status'],
  ['type', 'types', 'Service Type'],
  ['subType', 'subtypes', 'Service SubType'],
  ['item', 'items', 'Service Item'],
  ['team', 'teams', 'Service Team'],
] as const;

const TICKETS = {
  service: { path: '/service/tickets', bare: { summary: 'New', company: { id: 2 } } },
  project: { path: '/project/tickets', bare: { summary: 'New', phase: { id: 1 } } },
};
type Side = keyof typeof TICKETS;

const KINDS = (['service', 'project'] as const).flatMap((side) =>
  // Project tickets have no team.
  SCOPED.filter(([member]) => side === 'service' || member !== 'team').map(([member, table, word]) => ({
    side,
    member,
    table,
    word,
  })),
);

/** A new ticket, and a row of the table for its own board and one for another board. */
async function setUp(side: Side, table: string) {
  const { path, bare } = TICKETS[side];
  const ticket = (await rest('POST', path, bare)).body;
  const board: number = ticket.board.id;
  const rowOn = async (boardId: number): Promise<number> => {
    const rows = `/service/boards/${boardId}/${table}`;
    const [first] = (await rest('GET', rows)).body;
    if (first !== undefined) return first.id;
    return (await rest('POST', rows, { name: 'Own', ...(table === 'teams' && { teamLeader: { id: 2 } }) })).body.id;
  };
  const other = (await rest('POST', '/service/boards/copy', { id: board, name: 'Elsewhere' })).body.id;
  return { ticket, board, path, bare, own: await rowOn(board), foreign: await rowOn(other) };
}

describe('a ticket on its board', () => {
  it.each(KINDS)('takes no $member of another board ($side ticket)', async ({ side, member, table, word }) => {
    const { ticket, board, path, bare, own, foreign } = await setUp(side, table);
    const refusal = {
      code: 'InvalidObject',
      errors: [
        {
          code: 'NotFound',
          message: `${word} ${foreign} not found for Service Board ${board}`,
          field: `${member}/id`,
        },
      ],
    };
    const patch = (id: number) =>
      rest('PATCH', `${path}/${ticket.id}`, [{ op: 'replace', path: member, value: { id } }]);
    const put = (id: number) => rest('PUT', `${path}/${ticket.id}`, { ...ticket, [member]: { id } });
    const count = (await rest('GET', `${path}/count`)).body.count;

    for (const answer of [
      await rest('POST', path, { ...bare, [member]: { id: foreign } }),
      await patch(foreign),
      await put(foreign),
    ])
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 400, body: refusal });
    expect((await rest('GET', `${path}/count`)).body.count).toBe(count);
    expect((await rest('GET', `${path}/${ticket.id}`)).body).toEqual(ticket);

    for (const [answer, status] of [
      [await rest('POST', path, { ...bare, [member]: { id: own } }), 201],
      [await patch(own), 200],
      [await put(own), 200],
    ] as const)
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { [member]: { id: own } } });
  });
});

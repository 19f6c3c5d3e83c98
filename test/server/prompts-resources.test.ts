import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../tools/index.ts';
import { prompts } from '../../tools/prompts.ts';
import { type Session, startHttpSession } from '../support/session.ts';

describe.each(['modern', 'handshake'] as const)('a %s client', (era) => {
  let session: Session;
  beforeAll(async () => {
    session = await startHttpSession({ era });
  });
  afterAll(() => session.close());

  const read = async (uri: string): Promise<string> => {
    const { contents } = await session.client.readResource({ uri });
    const [first] = contents as { text?: string }[];
    return first?.text ?? '';
  };
  const completed = async (
    ref: { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string },
    name: string,
    value: string,
  ): Promise<string[]> => (await session.client.complete({ ref, argument: { name, value } })).completion.values;

  it('is offered the prompts with their arguments', async () => {
    const { prompts: offered } = await session.client.listPrompts();
    expect(offered.map(({ name }) => name)).toEqual(prompts.map(({ name }) => name));
    const { messages } = await session.client.getPrompt({ name: 'triage_board', arguments: { board: 'Help Desk' } });
    expect(messages[0]?.content).toMatchObject({ type: 'text', text: expect.stringContaining('"Help Desk"') });
  });

  it.each([
    ['start_the_day', {}, /no prompt.*start_my_day/],
    ['triage_board', {}, /needs board/],
    ['log_my_day', { day: 'today' }, /no argument day; it takes date/],
  ])('is told what is wrong with %s %j', async (name, given, message) => {
    await expect(session.client.getPrompt({ name, arguments: given })).rejects.toThrow(message);
  });

  it('reads a ticket, a company, a schema and a reference table', async () => {
    const { body } = await session.rest('GET', '/service/tickets?pageSize=1');
    expect(await read(`cwm://tickets/${body[0].id}`)).toContain(body[0].summary);
    expect(await read('cwm://companies/Acme')).toContain('Acme Corporation');
    expect(await read('cwm://companies/Blockbuster')).toMatch(/^Blockbuster Rentals.*status: Inactive/s);
    expect(await read('cwm://schemas/ticket')).toMatch(/^summary: string \(at most 100 characters, required\)$/m);
    expect(await read('cwm://reference/boards')).toMatch(/\d+: Help Desk/);
    const { resources } = await session.client.listResources();
    for (const { uri } of resources) expect((await read(uri)).length).toBeGreaterThan(0);
    expect((await session.client.listResourceTemplates()).resourceTemplates).toHaveLength(4);
  });

  it.each([
    ['cwm://tickets/99999999', /no ticket 99999999/],
    ['cwm://schemas/Tiket', /no schema "Tiket".*Ticket/],
    ['cwm://reference/borads', /no table.*boards/],
    ['cwm://weather/today', /no resource.*cwm:\/\/tickets/],
  ])('is told what there is in place of %s', async (uri, message) => {
    await expect(session.client.readResource({ uri })).rejects.toThrow(message);
  });

  it('completes names as they are typed', async () => {
    expect(await completed({ type: 'ref/prompt', name: 'triage_board' }, 'board', 'he')).toContain('Help Desk');
    const companies = await completed({ type: 'ref/prompt', name: 'prepare_customer_meeting' }, 'company', 'acme');
    expect(companies).toEqual(expect.arrayContaining(['Acme Corporation', 'Acme Dental Group']));
    const unaccented = await completed({ type: 'ref/prompt', name: 'prepare_customer_meeting' }, 'company', 'mul');
    expect(unaccented).toEqual(['Müller & Söhne GmbH']);
    expect(await completed({ type: 'ref/resource', uri: 'cwm://schemas/{name}' }, 'name', 'timeent')).toContain(
      'TimeEntry',
    );
    expect(await completed({ type: 'ref/resource', uri: 'cwm://reference/{table}' }, 'table', '')).toContain('boards');
    expect(await completed({ type: 'ref/resource', uri: 'cwm://companies/{id}' }, 'id', 'glob')).not.toEqual([]);
  });
});

describe('prompts', () => {
  it('name tools and arguments that exist', () => {
    const known = new Map(tools.map((tool) => [tool.name, Object.keys(tool.input.shape)]));
    for (const prompt of prompts) {
      const text = prompt.text(Object.fromEntries(prompt.arguments.map(({ name }) => [name, 'x'])));
      for (const name of prompt.needs) expect(known.has(name), `${prompt.name}: ${name}`).toBe(true);
      for (const [name] of text.matchAll(/\b(?:search|get|log|update|lookup)_[a-z_]+\b/g))
        expect(known.has(name), `${prompt.name}: ${name}`).toBe(true);
      const shapes = prompt.needs.flatMap((name) => known.get(name) ?? []);
      for (const [, argument = ''] of text.matchAll(/\b([a-z]+[A-Za-z]*):? (?=["[]|true\b)/g))
        if (argument !== 'than' && /^(only|mine|groupBy|propose|assignedTo|staleDays|state)$/.test(argument))
          expect(shapes).toContain(argument);
    }
  });

  it('are offered only with their tools', async () => {
    const session = await startHttpSession({ toolsets: 'company' });
    const { prompts: offered } = await session.client.listPrompts();
    expect(offered).toEqual([]);
    await session.close();
  });
});

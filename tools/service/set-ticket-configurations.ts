import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, fitting, idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import { defineTool, fragments, type Step, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import {
  ATTACHED_OPERATIONS,
  type AttachedConfiguration,
  attachedConfigurations,
} from './support/attached-configurations.ts';

const LISTS = {
  service: '/service/tickets/{parentId}/configurations',
  project: '/project/tickets/{parentId}/configurations',
};
const below = (...methods: string[]): string[] =>
  Object.values(LISTS).flatMap((list) =>
    methods.map((method) => `${method} ${list}${method === 'POST' ? '' : '/{id}'}`),
  );

/** Configurations of the ticket's company; an id is of any company. */
async function toAttach(
  given: readonly string[],
  companyId: number | undefined,
  { names }: ToolContext,
): Promise<readonly Named[]> {
  const argument = 'attach';
  const isId = (text: string): boolean => /^#?\d+$/.test(text.trim());
  const [byId, byName] = await Promise.all([
    names.resolveAll('configuration', given.filter(isId), { argument }),
    names.resolveAll(
      'configuration',
      given.filter((text) => !isId(text)),
      { argument, companyId },
    ),
  ]);
  return [...byName, ...byId.filter(({ id }) => byName.every((one) => one.id !== id))];
}

function toDetach(given: string, attached: readonly AttachedConfiguration[]): AttachedConfiguration {
  const text = given.trim();
  const byId = attached.find(({ id }) => String(id) === text.replace('#', ''));
  if (byId !== undefined) return byId;
  const fits = fitting(
    text,
    attached.map(({ id, name }) => ({ id, label: name, record: {} })),
  ).records;
  const [only] = attached.filter(({ id }) => id === fits[0]?.id);
  if (only !== undefined && fits.length === 1) return only;
  const said = cleanLine(JSON.stringify(given));
  throw new ToolInputError(
    'detach',
    fits.length > 1
      ? say`detach: several configurations are called ${said}.`
      : say`detach: no configuration on the ticket is called ${said}.`,
    { allowed: attached.map(({ id, name }) => say`${cleanLine(name)} (${id})`) },
  );
}

/** "FW-01, FW-02" is two; a name that holds a comma itself is one. */
const eachOf = (given: readonly string[], attached: readonly AttachedConfiguration[]): readonly string[] =>
  given.flatMap((text) =>
    attached.some(({ name }) => name.toLowerCase() === text.trim().toLowerCase()) ? [text] : text.split(/\s*[,;]\s*/),
  );

export default defineTool({
  name: 'set_ticket_configurations',
  title: 'Set ticket configurations',
  toolset: 'service',
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...below('POST', 'GET', 'DELETE'),
    ...ATTACHED_OPERATIONS,
  ],
  description: 'Put configurations (assets) on a ticket, or take them off.',
  input: z.strictObject({
    ticketId: z.int(),
    attach: z.array(z.string()).optional().describe('Names, serial numbers or ids'),
    detach: z.array(z.string()).optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    add: 'attach',
    configuration: 'attach',
    configurations: 'attach',
    assets: 'attach',
    remove: 'detach',
  },
  output: z.looseObject({ ticketId: z.int().optional() }),
  async run({ ticketId, attach = [], detach = [], dryRun, confirm }, context) {
    const { manage, signal } = context;
    if (attach.length + detach.length === 0)
      throw new ToolInputError('attach', say`Send attach or detach: which configurations.`);
    const { kind, record } = await findTicket(manage, ticketId, signal);
    refuseMerged(record);
    const before = await attachedConfigurations(manage, kind, ticketId, signal);
    const gone = eachOf(detach, before).map((given) => toDetach(given, before));
    const wanted = await toAttach(attach, idOf(record.company), context);
    const both = wanted.find(({ id }) => gone.some((one) => one.id === id));
    if (both !== undefined)
      throw new ToolInputError(
        'detach',
        say`${cleanLine(both.label)} is in attach and in detach; send it in one of them.`,
      );
    const there = wanted.filter(({ id }) => before.some((one) => one.id === id));
    const added = wanted.filter((one) => !there.includes(one));
    const path = { parentId: ticketId };
    const list = LISTS[kind];
    const elsewhere = (one: Named): Clean => {
      const { company } = one.record;
      return idOf(company) === idOf(record.company) ? say`` : say` of ${cleanLine(nameOf(company))}`;
    };
    const isOn = async (id: number, until: AbortSignal): Promise<ManageRecord | undefined> =>
      (await manage.all<ManageRecord>(`GET ${list}`, { path, signal: until })).find((row) => Number(row.id) === id);
    const steps: Step[] = [
      ...gone.map(({ id, name }) => ({
        operation: `DELETE ${list}/{id}`,
        request: { path: { ...path, id } },
        does: say`${cleanLine(name)} (${id}) taken off`,
        link: true,
      })),
      ...added.map((one) => ({
        operation: `POST ${list}`,
        request: { path, body: { id: one.id } },
        does: say`${cleanLine(one.label)} (${one.id})${elsewhere(one)} put on`,
        settle: (until: AbortSignal) => isOn(one.id, until),
      })),
    ];
    const label = say`Ticket ${ticketId}, ${cleanLine(record.summary)}`;
    const already = there.map(({ id, label: name }) => say`${cleanLine(name)} (${id}) was already on it`);
    const answer = async () => {
      const after = await attachedConfigurations(manage, kind, ticketId, signal);
      const configurations = after.map(({ id, name, type }) => ({ id, name: cleanLine(name), type: cleanLine(type) }));
      const now = configurations.map(({ id, name, type }) =>
        type === '' ? say`${id}: ${name}` : say`${id}: ${name} (${type})`,
      );
      const says = joined([...steps.map(({ does }) => does), ...already], '; ');
      return {
        structured: { ticketId, configurations: [...configurations] },
        text: lines([
          say`${label}: ${says}.`,
          say`Configurations now: ${now.length === 0 ? say`none` : joined(now, ', ')}`,
        ]),
      };
    };
    // The state that was asked for is the state that there is.
    if (steps.length === 0) return answer();
    return context.send({
      steps,
      dryRun,
      confirm,
      question: say`${label}: ${joined(
        steps.map(({ does }) => does),
        '; ',
      )}?`,
      notes: [label, ...(steps.length === 1 ? steps.map(({ does }) => does) : []), ...already],
      answer,
    });
  },
});

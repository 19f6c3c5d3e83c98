import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, idOf, type Named, nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  type LegacyStep as Step,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  writeSteps,
} from '../../src/tool/index.ts';
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
  const text = given.trim().toLowerCase();
  const fits = attached.filter(({ id, name }) => String(id) === text.replace('#', '') || name.toLowerCase() === text);
  const [only] = fits;
  if (only !== undefined && fits.length === 1) return only;
  throw new ToolInputError(
    'detach',
    `detach: ${fits.length > 1 ? 'several configurations are' : 'no configuration on the ticket is'} called ${JSON.stringify(given)}.`,
    { allowed: attached.map(({ id, name }) => `${name} (${id})`) },
  );
}

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
  async run({ ticketId, attach = [], detach = [], dryRun }, context) {
    const { manage, signal, plain } = context;
    if (attach.length + detach.length === 0)
      throw new ToolInputError('attach', 'Send attach or detach: which configurations.');
    const { kind, record } = await findTicket(manage, ticketId, signal);
    const before = await attachedConfigurations(manage, kind, ticketId, signal);
    const gone = detach.map((given) => toDetach(given, before));
    const wanted = await toAttach(attach, idOf(record.company), context);
    const added = wanted.filter(({ id }) => before.every((one) => one.id !== id));
    const there = wanted.filter(({ id }) => before.some((one) => one.id === id));
    const list = LISTS[kind];
    const path = { parentId: ticketId };
    const elsewhere = (one: Named): string => {
      const company = one.record.company;
      return idOf(company) === idOf(record.company) ? '' : ` of ${plain(nameOf(company))}`;
    };
    const steps: Step[] = [
      ...gone.map(
        ({ id, name }): Step => ({
          operation: `DELETE ${list}/{id}`,
          request: { path: { ...path, id } },
          does: `${plain(name)} (${id}) taken off`,
        }),
      ),
      ...added.map(
        (one): Step => ({
          operation: `POST ${list}`,
          request: {
            path,
            body: { id: one.id },
            settle: async (late) =>
              (
                await manage.page<ManageRecord>(`GET ${list}`, { path, pageSize: 200, ...(late && { signal: late }) })
              ).rows.find(({ id }) => id === one.id),
          },
          does: `${plain(one.label)} (${one.id})${elsewhere(one)} put on`,
        }),
      ),
    ];
    const says = [
      ...steps.map(({ does }) => does),
      ...there.map(({ id, label }) => `${plain(label)} (${id}) was on it already`),
    ];
    if (dryRun)
      return legacyPreview(
        steps.map(({ operation, request }) => manage.preview(operation, request)),
        [],
        says.join('; '),
      );
    await writeSteps(context, steps);
    const after = await attachedConfigurations(manage, kind, ticketId, signal);
    const configurations = after.map(({ id, name, type }) => ({ id, name: plain(name), type: plain(type) }));
    const now = configurations.map(({ id, name, type }) => `${id}: ${name}${type === '' ? '' : ` (${type})`}`);
    return {
      structured: { ticketId, configurations },
      text: `Ticket ${ticketId}, ${plain(record.summary)}: ${says.join('; ')}.\nConfigurations now: ${now.join(', ') || 'none'}`,
    };
  },
});

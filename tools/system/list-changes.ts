import { DateTime } from 'luxon';
import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { type Asked, type Entry, type Journal, OUTCOMES } from '../../src/journal/index.ts';
import { type Clean, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  listOutput,
  loosened,
  type ToolContext,
  tableResult,
  type Without,
} from '../../src/tool/index.ts';
import { recordAsked } from '../../src/tool/named-record.ts';
import { askedBy, deedOf, endOf, entryChanges, whyNoUndo } from '../../src/tool/results/journal-entry.ts';

const more = (total: number, limit: number) =>
  total > limit ? say`limit shows up to 200 of them; period, record and tool narrow them.` : undefined;

/** How many writes there would be without each filter. */
async function without(asked: Asked, journal: Journal): Promise<Without[]> {
  const filters = [
    { argument: 'period', value: asked.since, fewer: { ...asked, since: undefined, until: undefined } },
    { argument: 'record', value: asked.record, fewer: { ...asked, record: undefined } },
    { argument: 'tool', value: asked.tool, fewer: { ...asked, tool: undefined } },
    { argument: 'outcome', value: asked.outcome, fewer: { ...asked, outcome: undefined } },
  ];
  const given = filters.filter(({ value }) => value !== undefined);
  return Promise.all(
    given.map(async ({ argument, fewer }) => {
      let total = 0;
      for await (const _ of journal.newestFirst(fewer)) total += 1;
      return { argument, total };
    }),
  );
}

/** How a write ended, and why it cannot be taken back. */
function ended(entry: Entry, api: ToolContext['api']): Clean {
  const why = whyNoUndo(entry, api);
  return why === undefined ? endOf(entry) : say`${endOf(entry)}, cannot be undone: ${why}`;
}

export default defineTool({
  name: 'list_changes',
  title: 'List changes',
  toolset: 'system',
  effect: 'read',
  searchWords:
    'what have I changed written done today recent last writes my changes undo session journal log of the assistant server activity',
  uses: [],
  description: 'What you changed today or before, newest first.',
  input: z.strictObject({
    period: fragments.period('past').optional(),
    record: z.string().optional().describe('"ticket 4711"'),
    tool: z.string().optional(),
    outcome: z.enum(OUTCOMES).optional(),
    limit: fragments.list.limit,
  }),
  aliases: { ticketId: 'record', ticket: 'record', id: 'record', when: 'period', since: 'period', status: 'outcome' },
  output: listOutput,
  async run({ period, record: said, tool, outcome, limit = 25 }, context) {
    const { journal, site, api, zone } = context;
    const columns = ['id', 'when', 'who', 'tool', 'what', 'changes', 'outcome'];
    if (!journal.isOn)
      return tableResult({
        noun: 'changes',
        columns,
        rows: [],
        total: 0,
        hint: say`The journal is off (CWM_JOURNAL), so nothing is known of earlier changes. get_change_history asks Manage's audit trail.`,
      });
    const local = await zone();
    const entries: Entry[] = [];
    const record = said === undefined ? undefined : await recordAsked(said, context);
    const asked = { site, since: period?.start.toJSDate(), until: period?.end.toJSDate(), record, tool, outcome };
    let total = 0;
    for await (const entry of journal.newestFirst(asked)) {
      total += 1;
      if (entries.length < limit) entries.push(entry);
    }
    return tableResult({
      noun: 'changes',
      columns,
      rows: (await context.foundOut(entries)).map((entry) => [
        entry.id,
        showMoment(DateTime.fromISO(entry.at, { zone: local }) as DateTime<true>),
        askedBy(entry),
        entry.tool,
        deedOf(entry),
        entryChanges(entry, { api, zone: local }),
        ended(entry, api),
      ]),
      total,
      pageSize: Math.max(total, 1),
      hint: total === 0 ? loosened(await without(asked, journal)) : more(total, limit),
    });
  },
});

import { DateTime } from 'luxon';
import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { type Entry, OUTCOMES } from '../../src/journal/index.ts';
import { say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, loosened, tableResult, type Without } from '../../src/tool/index.ts';
import { recordAsked } from '../../src/tool/named-record.ts';
import { askedBy, deedOf, endOf, entryChanges } from '../../src/tool/results/journal-entry.ts';

const more = (total: number, limit: number) =>
  total > limit ? say`limit shows up to 200 of them; period, record and tool narrow them.` : undefined;

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
    const within = { since: period?.start.toJSDate(), until: period?.end.toJSDate() };
    const asked = { site, ...within, record, tool, outcome };
    const without = async (): Promise<Without[]> => {
      const filters = {
        period: period && within,
        record: record && { record },
        tool: tool && { tool },
        outcome: outcome && { outcome },
      };
      const given = Object.entries(filters).filter(([, filter]) => filter !== undefined);
      return Promise.all(
        given.map(async ([argument]) => {
          const kept = given.filter(([name]) => name !== argument).map(([, filter]) => filter);
          let found = 0;
          for await (const _ of journal.newestFirst(Object.assign({ site }, ...kept))) found += 1;
          return { argument, total: found };
        }),
      );
    };
    let total = 0;
    for await (const entry of journal.newestFirst(asked)) {
      total += 1;
      if (entries.length < limit) entries.push(entry);
    }
    return tableResult({
      noun: 'changes',
      columns,
      rows: entries.map((entry) => [
        entry.id,
        showMoment(DateTime.fromISO(entry.at, { zone: local }) as DateTime<true>),
        askedBy(entry),
        entry.tool,
        deedOf(entry),
        entryChanges(entry, { api, zone: local }),
        endOf(entry),
      ]),
      total,
      pageSize: Math.max(total, 1),
      hint: total === 0 ? loosened(await without()) : more(total, limit),
    });
  },
});

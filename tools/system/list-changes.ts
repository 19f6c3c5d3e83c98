import { DateTime } from 'luxon';
import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { type Asked, callOf, type Entry, type Journal, OUTCOMES, recordPlaceOf } from '../../src/journal/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  type Alias,
  defineTool,
  fragments,
  listOutput,
  loosened,
  type ToolContext,
  ToolInputError,
  tableResult,
  type Without,
} from '../../src/tool/index.ts';
import { recordAsked } from '../../src/tool/named-record.ts';
import { askedBy, deedOf, endOf, entryChanges, whyNoUndo } from '../../src/tool/results/journal-entry.ts';
import { wholeCall } from './support/undoing.ts';

const more = (total: number, limit: number) =>
  total > limit ? say`limit shows up to 200 of them; period, record and tool narrow them.` : undefined;

/** How far back the journal knows: what is older is not in an empty list, whether or not it was. */
function reach({ settings: { place } }: Journal): Clean | undefined {
  if (place.kind === 'memory') return say`The journal begins with this server's start.`;
  return place.kind === 'folder' ? say`The journal is kept ${place.days} days.` : undefined;
}

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

/** By place, the write that removed the record which others of these made or changed. One that was taken back removed nothing. */
async function removals(entries: readonly Entry[], journal: Journal): Promise<ReadonlyMap<string, Entry>> {
  const oldest = entries.at(-1);
  const found = new Map<string, Entry>();
  if (oldest === undefined) return found;
  for await (const entry of journal.newestFirst({ site: oldest.site, since: new Date(oldest.at), outcome: 'done' }))
    if (entry.operation.startsWith('DELETE ') && entry.undoneBy === undefined) found.set(recordPlaceOf(entry), entry);
  return found;
}

interface Ended {
  readonly api: ToolContext['api'];
  readonly removed: ReadonlyMap<string, Entry>;
  /** All writes of the call that one is of. */
  readonly ofCall: (entry: Entry) => Promise<readonly Entry[]>;
}

/** Reads the writes of calls from the journal, each call once. */
function callsIn(journal: Journal): Ended['ofCall'] {
  const calls = new Map<string, Promise<readonly Entry[]>>();
  return async (entry) => {
    const call = callOf(entry.id);
    const found = calls.get(call) ?? journal.find(call);
    calls.set(call, found);
    return (await found).filter(({ site }) => site === entry.site);
  };
}

/** How a write ended, whether its record is gone since, and why it cannot be taken back. */
async function ended(entry: Entry, { api, removed, ofCall }: Ended): Promise<Clean> {
  const gone = removed.get(recordPlaceOf(entry));
  if (gone !== undefined && gone.id !== entry.id && entry.undoneBy === undefined)
    return say`${endOf(entry)}; the record was deleted since by ${cleanLine(gone.id)}`;
  const why = whyNoUndo(entry, api);
  if (why === undefined) return endOf(entry);
  const whole = wholeCall(entry, await ofCall(entry), api);
  return whole === undefined
    ? say`${endOf(entry)}, cannot be undone: ${why}`
    : say`${endOf(entry)}, undone with its whole call ${cleanLine(whole)} alone`;
}

const MYSELF = /^(me|my|myself|mine|i|self|you|yourself)$/i;

/** "me" is nothing to narrow by: what is here came through this server. @throws {ToolInputError} for anybody else */
const mine: Alias = {
  argument: 'record',
  as: (said, _, name) => {
    if (MYSELF.test(String(said).trim())) return undefined;
    throw new ToolInputError(
      name,
      say`There is no argument ${cleanLine(name)}: the column who tells who asked for each change. get_change_history has what others changed in Manage.`,
    );
  },
};

/** Whose changes these are, and what ids of one call look like. */
function about(entries: readonly Entry[]): Clean | undefined {
  if (entries.length === 0) return undefined;
  const calls = new Set(entries.map(({ id }) => callOf(id)));
  return joined(
    [
      say`Changes made through this server.`,
      calls.size < entries.length &&
        say`Ids that differ in their last number alone are of one call: undo_change takes it whole.`,
    ],
    ' ',
  );
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
  aliases: {
    ticketId: 'record',
    ticket: 'record',
    id: 'record',
    when: 'period',
    since: 'period',
    status: 'outcome',
    by: mine,
    member: mine,
    who: mine,
    user: mine,
  },
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
    const removed = await removals(entries, journal);
    const found = await context.foundOut(entries);
    const ofCall = callsIn(journal);
    const ends = await Promise.all(found.map((entry) => ended(entry, { api, removed, ofCall })));
    return tableResult({
      noun: 'changes',
      head: about(entries),
      columns,
      rows: found.map((entry, index) => [
        entry.id,
        showMoment(DateTime.fromISO(entry.at, { zone: local }) as DateTime<true>),
        askedBy(entry),
        entry.tool,
        deedOf(entry),
        entryChanges(entry, { api, zone: local }),
        ends[index],
      ]),
      total,
      pageSize: Math.max(total, 1),
      hint: total === 0 ? lines([loosened(await without(asked, journal)), reach(journal)]) : more(total, limit),
    });
  },
});

import { z } from 'zod';
import { showHours, showMoment, showRange, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  patchOf,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { CHARGE_OPERATIONS, chargeTo } from './support/charge-to.ts';
import {
  changeOf,
  entryFor,
  readStopwatches,
  STOPWATCH_CHANGES,
  STOPWATCH_OPERATIONS,
  type Stopwatch,
  stopwatchChange,
  workedSeconds,
} from './support/stopwatch.ts';

const FROM = { pause: ['Running'], resume: ['Paused'], stop: ['Running', 'Paused'] } as const;
const DONE = { pause: 'Paused', resume: 'Running again:', stop: 'Stopped' } as const;

const input = z.strictObject({
  action: z.enum(['start', 'pause', 'resume', 'stop']),
  ticketId: z.int().optional(),
  stopwatchId: z.int().optional().describe('Default my only one'),
  notes: z.string().optional(),
  workType: z.string().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;
type Change = keyof typeof FROM;

async function start(given: Input, context: ToolContext) {
  const { manage, names, signal, plain } = context;
  const { ticketId } = given;
  if (ticketId === undefined) throw new ToolInputError('ticketId', 'Send ticketId: what the stopwatch is for.');
  const [now, me] = [await context.now(), await context.me()];
  const charge = await chargeTo({ ticketId }, manage, names, signal);
  const workType = await resolveGiven(names, 'workType', given.workType, { argument: 'workType' });
  const own = await readStopwatches(context, field('member/id', '=', me.memberId));
  const same = own.find((watch) => watch.ticketId === ticketId);
  if (same !== undefined)
    throw new ToolInputError(
      'ticketId',
      `Stopwatch ${same.id} is on ticket ${ticketId} already, ${same.status.toLowerCase()}, started ${showMoment(same.start)}.`,
      { next: 'The actions resume, pause and stop change it.' },
    );
  const others = own.filter(({ status }) => status === 'Running').map(({ id, on }) => `${id} on ${on}`);
  return createRecord(context, {
    operation: 'POST /time/ticketstopwatches',
    body: {
      member: { id: me.memberId },
      ticket: { id: ticketId },
      status: 'Running',
      startTime: toManage(now),
      totalPauseTime: 0,
      ...(given.notes !== undefined && { notes: given.notes }),
      ...(workType && { workType: { id: workType.id } }),
    },
    dryRun: given.dryRun,
    describe: (created) =>
      `stopwatch ${created.id} on ${plain(charge.label)}, running since ${showMoment(now)} ${now.zoneName}${others.length > 0 ? `. Also running: ${others.join('; ')}` : ''}`,
    settle: () => {
      const conditions = all(field('member/id', '=', me.memberId), field('startTime', '=', now.startOf('second')));
      return manage.first('GET /time/ticketstopwatches', { conditions });
    },
  });
}

/** The one stopwatch that is meant. @throws {ToolInputError} when there is none or several, with what there is */
async function meant(action: Change, { stopwatchId, ticketId }: Input, context: ToolContext): Promise<Stopwatch> {
  const found = await readStopwatches(
    context,
    stopwatchId === undefined ? field('member/id', '=', (await context.me()).memberId) : field('id', '=', stopwatchId),
  );
  const fits = found.filter((watch) => ticketId === undefined || watch.ticketId === ticketId);
  const able = fits.filter(({ status }) => (FROM[action] as readonly string[]).includes(status));
  const [only] = able;
  if (only !== undefined && able.length === 1) return only;
  const list = (able.length > 0 ? able : fits.length > 0 ? fits : found).map(
    ({ id, on, status }) => `${id} on ${on} (${status})`,
  );
  throw new ToolInputError(
    stopwatchId === undefined ? 'ticketId' : 'stopwatchId',
    able.length > 1
      ? `Several stopwatches could be meant: ${list.join('; ')}.`
      : `There is no stopwatch to ${action}${list.length > 0 ? `. There are: ${list.join('; ')}` : ''}.`,
    { next: able.length > 1 ? 'Send ticketId as well.' : 'list_stopwatches shows those of everybody.' },
  );
}

async function change(action: Change, given: Input, context: ToolContext) {
  const { manage, signal, plain } = context;
  const now = await context.now();
  const watch = await meant(action, given, context);
  const members: ManageRecord = {
    ...stopwatchChange(action, watch, now),
    ...(given.notes !== undefined && { notes: given.notes }),
  };
  const request = { path: { id: watch.id }, body: patchOf(members) };
  const hours = Math.round((workedSeconds(watch, now) / 3600) * 100) / 100;
  const what = `stopwatch ${watch.id} of ${plain(watch.member)} on ${watch.on}: ${showHours(hours)} worked, ${showRange(watch.start, watch.end ?? now)} ${now.zoneName}`;
  if (given.dryRun) return legacyPreview([manage.preview(changeOf(watch), request)], [], what);
  await manage.write(changeOf(watch), { ...request, signal });
  const notes = plain(given.notes ?? watch.record.notes);
  const offer =
    action === 'stop' && watch.ticketId !== undefined
      ? { ...entryFor(watch, now), ...(notes !== '' && { notes }) }
      : undefined;
  return {
    structured: { id: watch.id, status: String(members.status), hours, ...(offer && { logTime: offer }) },
    text: [`${DONE[action]} ${what}`, ...(offer ? [`Not logged yet: log_time ${JSON.stringify(offer)}`] : [])].join(
      '\n',
    ),
  };
}

export default defineTool({
  name: 'control_stopwatch',
  title: 'Start, pause or stop stopwatch',
  toolset: 'time',
  effect: 'update',
  uses: ['POST /time/ticketstopwatches', ...STOPWATCH_CHANGES, ...STOPWATCH_OPERATIONS, ...CHARGE_OPERATIONS],
  description:
    'Time work on a ticket as it happens. stop tells the time worked and what to send to log_time; it logs nothing itself.',
  input,
  aliases: { id: 'stopwatchId', ticket: 'ticketId', note: 'notes' },
  output: z.looseObject({ id: z.int().optional(), hours: z.number().optional() }),
  run: (given, context) => (given.action === 'start' ? start(given, context) : change(given.action, given, context)),
});

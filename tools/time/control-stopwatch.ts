import { z } from 'zod';
import { showHours, showMoment, showRange, toManage } from '../../src/clock/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, patchOf, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
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
  notes: fragments.prose().optional(),
  workType: fragments.name('workType').optional(),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;
type Change = keyof typeof FROM;

const typeOf = ({ workType }: Pick<Input, 'workType'>) => workType && { id: workType.id, name: workType.label };

async function start({ ticketId, workType, ...given }: Input, context: ToolContext) {
  const { manage } = context;
  if (ticketId === undefined) throw new ToolInputError('ticketId', say`Send ticketId: what the stopwatch is for.`);
  if (given.stopwatchId !== undefined)
    throw new ToolInputError(
      'stopwatchId',
      say`start begins a new stopwatch: leave stopwatchId out, or send action: resume.`,
    );
  const [now, me] = [await context.now(), await context.me()];
  const charge = await chargeTo({ ticketId }, context);
  const mine = field('member/id', '=', me.memberId);
  const own = await readStopwatches(context, mine);
  const others = own
    .filter(({ status, ticketId: other }) => status === 'Running' && other !== ticketId)
    .map(({ id, on }) => say`${id} on ${on}`);
  const also = others.length > 0 ? say`. Also running: ${joined(others, '; ')}` : say``;
  const same = async (): Promise<Stopwatch | undefined> =>
    (await readStopwatches(context, mine)).find((watch) => watch.ticketId === ticketId);
  return create(context, {
    operation: 'POST /time/ticketstopwatches',
    members: {
      member: { id: me.memberId },
      ticket: { id: ticketId },
      status: 'Running',
      startTime: toManage(now),
      totalPauseTime: 0,
      notes: given.notes,
      workType: typeOf({ workType }),
    },
    dryRun: given.dryRun,
    notes: [say`Starts a stopwatch on ${charge.label}.`],
    duplicate: given.allowDuplicate
      ? undefined
      : {
          find: async () => (await same())?.record,
          argument: 'ticketId',
          says: ({ id, status }) =>
            say`Stopwatch ${Number(id)} is already on ticket ${ticketId} (${cleanLine(status)}). The actions resume, pause and stop change it; allowDuplicate: true starts another one.`,
        },
    find: (signal) => {
      const conditions = all(mine, field('startTime', '=', now.startOf('second')));
      return manage.first('GET /time/ticketstopwatches', { conditions, signal });
    },
    describe: ({ id }) =>
      say`stopwatch ${Number(id)} on ${charge.label}, running since ${cleanLine(showMoment(now))} ${cleanLine(now.zoneName)}${also}`,
  });
}

/** The stopwatch that is meant. @throws {ToolInputError} when there is none or several, with those that exist */
async function meant(action: Change, { stopwatchId, ticketId }: Input, context: ToolContext): Promise<Stopwatch> {
  const found = await readStopwatches(
    context,
    stopwatchId === undefined ? field('member/id', '=', (await context.me()).memberId) : field('id', '=', stopwatchId),
  );
  const fits = found.filter((watch) => ticketId === undefined || watch.ticketId === ticketId);
  const able = fits.filter(({ status }) => (FROM[action] as readonly string[]).includes(status));
  const [only] = able;
  if (only !== undefined && able.length === 1) return only;
  const nearest = [able, fits, found].find(({ length }) => length > 0) ?? [];
  const list = joined(
    nearest.map(({ id, on, status }) => say`${id} on ${on} (${status})`),
    '; ',
  );
  const argument = stopwatchId === undefined ? 'ticketId' : 'stopwatchId';
  if (able.length > 1)
    throw new ToolInputError(argument, say`Several stopwatches could be meant: ${list}.`, {
      next: say`Send ticketId as well.`,
    });
  const others = list === '' ? say`` : say`. There are: ${list}`;
  throw new ToolInputError(argument, say`There is no stopwatch to ${action}${others}.`, {
    next: say`list_stopwatches shows those of everybody.`,
  });
}

async function change(action: Change, given: Input, context: ToolContext) {
  const now = await context.now();
  const watch = await meant(action, given, context);
  const members = { ...stopwatchChange(action, watch, now), notes: given.notes, workType: typeOf(given) };
  const seconds = workedSeconds(watch, now);
  const hours = Math.round((seconds / 3600) * 100) / 100;
  const rounded = seconds % 60 === 0 ? say`` : say` (in whole minutes, rounded up)`;
  const range = cleanLine(`${showRange(watch.start, watch.end ?? now)} ${now.zoneName}`);
  const what = say`stopwatch ${watch.id} of ${watch.member} on ${watch.on}: ${cleanLine(showHours(hours))} worked, ${range}`;
  const notes = cleanLine(given.notes ?? watch.record.notes);
  const workType = cleanLine(given.workType?.label ?? nameOf(watch.record.workType));
  const member = watch.memberId === (await context.me()).memberId ? undefined : watch.member;
  const former = cleanLine(watch.record.notes);
  const replaced =
    given.notes === undefined || former === '' || former === notes ? undefined : say`Its notes were: ${former}`;
  const isOver = action === 'stop' && watch.ticketId !== undefined;
  const logTime = isOver && hours > 0 ? entryFor(watch, now, { notes, workType, member }) : undefined;
  return context.send({
    dryRun: given.dryRun,
    notes: [what, replaced],
    steps: [
      {
        operation: changeOf(watch),
        request: { path: { id: watch.id }, body: patchOf(members) },
        does: say`${action} ${what}`,
      },
    ],
    answer: () => ({
      structured: { id: watch.id, status: cleanLine(members.status), hours, logTime },
      text: lines([
        say`${DONE[action]} ${what}`,
        replaced,
        isOver && hours === 0 && say`Less than a minute was worked: there is nothing to log.`,
        logTime && say`Not logged yet${rounded}: log_time ${cleanLine(JSON.stringify(logTime))}`,
      ]),
    }),
  });
}

export default defineTool({
  name: 'control_stopwatch',
  title: 'Start, pause or stop stopwatch',
  toolset: 'time',
  effect: 'update',
  uses: ['POST /time/ticketstopwatches', ...STOPWATCH_CHANGES, ...STOPWATCH_OPERATIONS, ...CHARGE_OPERATIONS],
  description: 'Time work on a ticket as it happens. stop tells the time worked and what to send to log_time.',
  input,
  aliases: { id: 'stopwatchId', ticket: 'ticketId', note: 'notes' },
  output: z.looseObject({ id: z.int().optional(), hours: z.number().optional() }),
  run: (given, context) => (given.action === 'start' ? start(given, context) : change(given.action, given, context)),
});

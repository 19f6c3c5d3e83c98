import { dateName, dayAfter, daysName } from '../calendar/clock.ts';
import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { asShown, dateIn, oneDay, periodOf, type Schedule } from './day.ts';

/** The days that are shown, or whose they are where none were asked for. */
function title({ first, last, same }: Schedule): string {
  if (first !== undefined && last !== undefined) return daysName(first, last);
  return same.ticketId === undefined ? 'Schedule' : `Schedule of ticket ${same.ticketId}`;
}

const DAY = 86_400_000;

/** Asks for the same of other days; `undefined` where the days were not said. */
function steps(schedule: Schedule, { ask }: Asking): ((by: number) => () => void) | undefined {
  const { first, last, same, whose } = schedule;
  if (first === undefined || last === undefined) return undefined;
  const length = (Date.parse(last) - Date.parse(first)) / DAY + 1;
  return (by) => () => {
    const [from, to] = [dayAfter(first, by * length), dayAfter(last, by * length)];
    const days = from === to ? dateName(from) : `${dateName(from)} to ${dateName(to)}`;
    ask({ ...same, period: periodOf(from, to) }, `Show the schedule of ${whose} for ${days}.`);
  };
}

/** The arguments for everybody's entries in place of somebody's. */
function ofEverybody(schedule: Schedule): Record<string, unknown> {
  const { member: _member, team: _team, ...rest } = asShown(schedule);
  return { ...rest, member: 'all' };
}

function buttons(schedule: Schedule, asking: Asking): HTMLElement | undefined {
  const { possible, ask, input } = asking;
  if (!possible) return undefined;
  const { same, whose, first, last, now, who } = schedule;
  const step = steps(schedule, asking);
  const today = dateIn(now);
  const isToday = oneDay(schedule) === today;
  const isDone = same.includeDone === true;
  const word = first === last ? 'day' : 'period';
  return element(
    'nav',
    { 'aria-label': 'Schedule' },
    step && button('‹', 'previous', step(-1), { 'aria-label': `Previous ${word}`, title: `Previous ${word}` }),
    !isToday &&
      same.ticketId === undefined &&
      button('Today', 'today', () => ask({ ...same, period: today }, `Show the schedule of ${whose} for today.`)),
    step && button('›', 'next', step(1), { 'aria-label': `Next ${word}`, title: `Next ${word}` }),
    who !== undefined &&
      who !== 'everybody' &&
      button('Everybody', 'everybody', () =>
        ask(ofEverybody(schedule), 'Show the schedule of everybody for that time.'),
      ),
    button(
      'Done too',
      'done',
      () =>
        ask(
          { ...asShown(schedule), includeDone: !isDone },
          `Show that schedule ${isDone ? 'without' : 'with'} what is done.`,
        ),
      { 'aria-pressed': String(isDone) },
    ),
    button('Refresh', 'refresh', () => ask(input, 'Show that schedule again.')),
  );
}

/** What is shown: the day, whose, in which zone, and the way to other days. */
export function heading(schedule: Schedule, total: number, asking: Asking, add: (() => void) | undefined): HTMLElement {
  const count = `${total} ${total === 1 ? 'entry' : 'entries'}`;
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('h1', {}, title(schedule)),
      element(
        'p',
        { class: 'quiet' },
        element('bdi', {}, schedule.whose.replace(/^e/, 'E')),
        ` · ${count} · ${schedule.timeZone}`,
      ),
    ),
    add !== undefined && button('Schedule work', 'add', add),
    buttons(schedule, asking),
  );
}

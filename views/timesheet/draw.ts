import { dateName, dayAfter, dayName, daysName, hoursName } from '../calendar/clock.ts';
import { hourNames } from '../calendar/hours.ts';
import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { hoursByBilling } from './billing.ts';
import { axisOfSheet, type Piece, piecesOn } from './blocks.ts';
import { dayColumn } from './day-column.ts';
import { entryDetails } from './details.ts';
import { logForm, type Prefilled } from './log-form.ts';
import type { Sheet } from './sheet.ts';

/** What the buttons move by; sheets of half a month exist. */
const spanWord = (days: number): string => ({ 1: 'day', 7: 'week' })[days] ?? 'period';

function buttons({ days, member }: Sheet, { possible, input, ask }: Asking): HTMLElement | undefined {
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (!possible || first === undefined || last === undefined) return undefined;
  const word = spanWord(days.length);
  const show = (date: string) => (): void =>
    ask(
      { ...input, date, span: days.length === 1 ? 'day' : 'week' },
      `Show the time sheet of ${member} for the ${word} of ${dateName(date)}.`,
    );
  return element(
    'nav',
    { 'aria-label': 'Time sheet' },
    button('‹', 'previous', show(dayAfter(first, -1)), { 'aria-label': `Previous ${word}`, title: `Previous ${word}` }),
    button('Refresh', 'refresh', show(first)),
    button('›', 'next', show(dayAfter(last, 1)), { 'aria-label': `Next ${word}`, title: `Next ${word}` }),
  );
}

/** States in which Manage takes time, and the sheet itself. */
const OPEN: ReadonlySet<string> = new Set(['Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier']);

/** Whether time can be logged on a sheet; where there is none yet, logging makes it. */
const isOpen = ({ sheet }: Sheet): boolean => sheet === undefined || OPEN.has(sheet.status);

function submitButton(sheet: Sheet, { offers, act }: Asking, place: HTMLElement): HTMLElement | undefined {
  const { id, period } = sheet.sheet ?? {};
  if (id === undefined || !isOpen(sheet) || !offers('submit_timesheet')) return undefined;
  return button('Submit', 'submit', () =>
    act(
      {
        tool: 'submit_timesheet',
        title: 'Submit time sheet',
        input: () => ({ sheetId: id }),
        words: () => `Submit the time sheet ${id} of ${sheet.member}, ${period}.`,
      },
      place,
    ),
  );
}

function heading(sheet: Sheet, asking: Asking, place: HTMLElement): HTMLElement {
  const [first = '', last = ''] = [sheet.days[0]?.date, sheet.days.at(-1)?.date];
  const status = sheet.sheet?.status ?? 'No sheet yet';
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('h1', { dir: 'auto' }, sheet.member),
      element('p', { class: 'quiet' }, `${daysName(first, last)} · ${sheet.timeZone}`),
    ),
    element('span', { class: 'badge', 'data-status': status.toLowerCase() }, status),
    submitButton(sheet, asking, place),
    buttons(sheet, asking),
  );
}

function totals({ hours, due, days }: Sheet): HTMLElement {
  const missing = due - hours;
  const complete = due > 0 ? 'complete' : '';
  const words = missing > 0 ? `${hoursName(missing)} missing` : complete;
  const unplanned = hours > 0 ? 1 : 0;
  return element(
    'section',
    { class: 'totals', 'aria-label': 'Totals' },
    element(
      'p',
      {},
      element('strong', {}, hoursName(hours)),
      ` of ${hoursName(due)} due`,
      words !== '' && `, ${words}`,
    ),
    element(
      'div',
      { class: 'bar', '--part': due > 0 ? Math.min(1, hours / due) : unplanned, 'aria-hidden': 'true' },
      element('span'),
    ),
    element(
      'ul',
      { class: 'legend', 'aria-label': 'Hours by billing' },
      ...hoursByBilling(days).map(({ label, colour, hours: sum }) =>
        element('li', { 'data-colour': colour }, `${label} ${hoursName(sum)}`),
      ),
    ),
  );
}

/** What left a trace and is not logged. @param log left out where nothing can be logged */
function notLogged({ proposals }: Sheet, log: ((known: Prefilled) => void) | undefined): HTMLElement | undefined {
  if (proposals.length === 0) return undefined;
  return element(
    'section',
    { class: 'proposals' },
    element('h2', {}, 'Not logged yet'),
    element(
      'ul',
      {},
      ...proposals.map(({ date, ticketId, what, trace }) =>
        element(
          'li',
          {},
          element('span', {}, `${dayName(date)}: ticket ${ticketId} `, element('bdi', {}, what), ` (${trace})`),
          log !== undefined && button('Log time', `log-${date}-${ticketId}`, () => log({ date, ticketId })),
        ),
      ),
    ),
  );
}

/** From this width on days stand beside each other, as in the style sheet. */
const CALENDAR = '(min-width: 45rem)';

/** Entries side by side for which a day gets room; with more of them each is narrow. */
const MOST_LANES = 6;

/** How wide a day is: a day off as its name, and one with entries side by side so that the times of each can be read. */
function widthOf(column: HTMLElement): string {
  if (column.hasAttribute('data-off')) return 'minmax(5.5rem, .5fr)';
  const more = Math.min(Number(column.dataset.lanes), MOST_LANES) - 1;
  return more === 0 ? 'minmax(5.5rem, 1fr)' : `minmax(${4.375 + 2.5 * more}rem, ${1 + 0.2 * more}fr)`;
}

/** A time sheet as a calendar: days as columns, entries where they are in the day, and what is missing. */
export function drawSheet(sheet: Sheet, asking: Asking): Node {
  const axis = axisOfSheet(sheet);
  const submitting = element('div');
  const details = element('div', { 'aria-live': 'polite' });
  let open: HTMLButtonElement | undefined;

  const close = (): void => {
    open?.setAttribute('aria-expanded', 'false');
    open?.focus();
    open = undefined;
    details.replaceChildren();
  };
  /** Puts the details under what they are about: a day in a list of days, or the whole calendar. */
  const bring = (day: Element | null | undefined): void => {
    const isList = !window.matchMedia(CALENDAR).matches;
    if (isList && day != null) day.append(details);
    else calendar.after(details);
  };
  const select = ({ day, entry }: Piece, chosen: HTMLButtonElement): void => {
    if (open === chosen) {
      close();
      return;
    }
    open?.setAttribute('aria-expanded', 'false');
    open = chosen;
    chosen.setAttribute('aria-expanded', 'true');
    bring(chosen.closest('.day'));
    details.replaceChildren(entryDetails(day, entry, asking, close));
    details.scrollIntoView({ block: 'nearest' });
  };
  const log =
    isOpen(sheet) && asking.offers('log_time')
      ? (known: Prefilled): void => {
          open?.setAttribute('aria-expanded', 'false');
          open = undefined;
          bring(columns.find((_, index) => sheet.days[index]?.date === known.date));
          asking.act(logForm(sheet, known, asking.input.member), details);
        }
      : undefined;
  const columns = sheet.days.map((day) =>
    dayColumn(day, piecesOn(day, sheet), {
      axis,
      today: day.date === sheet.today,
      select,
      log: log && day.date <= (sheet.today ?? day.date) ? (times) => log({ date: day.date, ...times }) : undefined,
    }),
  );
  const widths = columns.map(widthOf);
  const calendar = element(
    'div',
    { class: 'calendar', '--length': axis.length, '--columns': `3rem ${widths.join(' ')}` },
    element('div', { class: 'axis', 'aria-hidden': 'true' }, ...hourNames(axis)),
    ...columns,
  );
  const made = element(
    'div',
    { class: 'sheet' },
    heading(sheet, asking, submitting),
    submitting,
    totals(sheet),
    sheet.cut !== undefined &&
      element('p', { class: 'quiet' }, 'Not everything fits here; show single days for all of it.'),
    calendar,
    sheet.days.every(({ entries }) => entries.length === 0) &&
      element(
        'p',
        { class: 'quiet empty' },
        `Nothing is logged on ${sheet.days.length === 1 ? 'this day' : 'these days'}.`,
      ),
    notLogged(sheet, log),
  );
  bring(undefined);
  made.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  return made;
}

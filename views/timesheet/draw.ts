import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { hoursByBilling } from './billing.ts';
import { dateName, dayAfter, dayName, hoursName, hoursShown } from './clock.ts';
import { dayColumn } from './day-column.ts';
import { entryDetails } from './details.ts';
import type { Sheet, SheetDay, SheetEntry } from './sheet.ts';

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

function heading(sheet: Sheet, asking: Asking): HTMLElement {
  const [first = '', last = ''] = [sheet.days[0]?.date, sheet.days.at(-1)?.date];
  const status = sheet.sheet?.status ?? 'No sheet yet';
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('h1', {}, sheet.member),
      element(
        'p',
        { class: 'quiet' },
        first === last
          ? `${dayName(first)}, ${dateName(first)}`
          : `${dayName(first)} – ${dayName(last)} ${last.slice(0, 4)}`,
        ` · ${sheet.timeZone}`,
      ),
    ),
    element('span', { class: 'badge', 'data-status': status.toLowerCase() }, status),
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

function axis(first: number, last: number): HTMLElement {
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  return element(
    'div',
    { class: 'axis', 'aria-hidden': 'true' },
    ...hours.map((hour, index) => element('span', { '--from': index * 60 }, `${String(hour).padStart(2, '0')}:00`)),
  );
}

function notLogged({ proposals }: Sheet): HTMLElement | undefined {
  if (proposals.length === 0) return undefined;
  return element(
    'section',
    { class: 'proposals' },
    element('h2', {}, 'Not logged yet'),
    element(
      'ul',
      {},
      ...proposals.map(({ date, ticketId, what, trace }) =>
        element('li', {}, `${dayName(date)}: ticket ${ticketId} ${what} (${trace})`),
      ),
    ),
  );
}

/** A time sheet as a calendar: days as columns, entries where they are in the day, and what is missing. */
export function drawSheet(sheet: Sheet, asking: Asking): Node {
  const { first, last } = hoursShown(sheet.days);
  const details = element('div', { 'aria-live': 'polite' });
  let open: HTMLButtonElement | undefined;

  const close = (): void => {
    open?.setAttribute('aria-expanded', 'false');
    open?.focus();
    open = undefined;
    details.replaceChildren();
  };
  const select = (day: SheetDay, entry: SheetEntry, chosen: HTMLButtonElement): void => {
    if (open === chosen) {
      close();
      return;
    }
    open?.setAttribute('aria-expanded', 'false');
    open = chosen;
    chosen.setAttribute('aria-expanded', 'true');
    details.replaceChildren(entryDetails(day, entry, close));
    details.scrollIntoView({ block: 'nearest' });
  };
  const columns = sheet.days.map((day) =>
    dayColumn(day, {
      first,
      today: day.date === sheet.today,
      select: (entry, chosen) => select(day, entry, chosen),
    }),
  );
  // Days off take the room of their name.
  const widths = columns.map((column) =>
    column.hasAttribute('data-off') ? 'minmax(5.5rem, .5fr)' : 'minmax(5.5rem, 1fr)',
  );
  const made = element(
    'div',
    { class: 'sheet' },
    heading(sheet, asking),
    totals(sheet),
    sheet.cut !== undefined &&
      element('p', { class: 'quiet' }, 'Not everything fits here; show single days for all of it.'),
    element(
      'div',
      { class: 'calendar', '--hours': last - first, '--columns': `3rem ${widths.join(' ')}` },
      axis(first, last),
      ...columns,
    ),
    details,
    notLogged(sheet),
  );
  made.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  return made;
}

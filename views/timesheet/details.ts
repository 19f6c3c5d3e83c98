import { dayAfter, dayName, hoursName } from '../calendar/clock.ts';
import { button, element } from '../shared/element.ts';
import { linked, ticketLink } from '../shared/link.ts';
import type { Asking } from '../shared/start-view.ts';
import { billingOf } from './billing.ts';
import { isOverMidnight } from './blocks.ts';
import { type SheetDay, type SheetEntry, ticketOf } from './sheet.ts';

/** Everything about one entry. */
export function entryDetails(day: SheetDay, entry: SheetEntry, asking: Asking, close: () => void): HTMLElement {
  const ticket = ticketOf(entry);
  const next = isOverMidnight(entry) ? `, ${dayName(dayAfter(day.date, 1))}` : '';
  const facts = [
    ['When', `${dayName(day.date)}, ${entry.start}–${entry.end}${next}`],
    ['Hours', hoursName(entry.hours)],
    ['On', entry.on],
    ['Company', entry.company],
    ['Billing', billingOf(entry.billable).label],
    ['Notes', entry.notes],
  ].filter(([, value]) => value !== '');
  return element(
    'section',
    { class: 'details', 'aria-label': `Time entry ${entry.id}` },
    element('header', {}, element('h2', {}, `Time entry ${entry.id}`), button('Close', 'close', close)),
    element(
      'dl',
      { class: 'facts' },
      ...facts.map(([label = '', value = '']) =>
        element('div', {}, element('dt', {}, label), element('dd', { dir: 'auto' }, ...linked(value, asking))),
      ),
    ),
    ticket && ticketLink(Number(ticket.id), asking),
  );
}

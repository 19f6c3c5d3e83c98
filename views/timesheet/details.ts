import { button, element } from '../shared/element.ts';
import { billingOf } from './billing.ts';
import { dayName, hoursName } from './clock.ts';
import type { SheetDay, SheetEntry } from './sheet.ts';

/** Everything about one entry. */
export function entryDetails({ date }: SheetDay, entry: SheetEntry, close: () => void): HTMLElement {
  const facts = [
    ['When', `${dayName(date)}, ${entry.start}–${entry.end}`],
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
        element('div', {}, element('dt', {}, label), element('dd', {}, value)),
      ),
    ),
  );
}

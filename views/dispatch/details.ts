import { dayName } from '../calendar/clock.ts';
import { button, element } from '../shared/element.ts';
import { ticketLink } from '../shared/link.ts';
import type { Asking } from '../shared/start-view.ts';
import { dateIn, type Entry, labelOf, type Schedule, timeIn, timesOf } from './day.ts';

/** `Tue 24 Nov, 09:00–10:00`, with the other day where it ends on one. */
export function whenAll(entry: Entry): string {
  const times = timesOf(entry);
  if (times === undefined) return `${dayName(entry.day ?? '')}, no time set`;
  const [first, last] = [dateIn(times.start), dateIn(times.end)];
  const until = first === last ? timeIn(times.end) : `${dayName(last)}, ${timeIn(times.end)}`;
  return `${dayName(first)}, ${timeIn(times.start)}–${until}`;
}

/** What can be done on an entry; left out where it cannot be done from here. */
export interface EntryActs {
  readonly move?: (() => void) | undefined;
  readonly finish?: (() => void) | undefined;
  close(): void;
}

/** Everything about one entry. */
export function entryDetails(entry: Entry, { entries }: Schedule, asking: Asking, acts: EntryActs): HTMLElement {
  const { title, company, ticket } = labelOf(entry);
  const others = entries.filter(({ id }) => entry.clashes.includes(id));
  const facts = [
    ['When', whenAll(entry)],
    ['Who', entry.member],
    ['What', title],
    ['Company', company],
    ['Status', entry.done ? `${entry.status}, done` : entry.status],
    ...others.map((other) => ['Overlaps', `${whenAll(other)} ${labelOf(other).title} (entry ${other.id})`]),
  ].filter(([, value]) => value !== '');
  const { move, finish, close } = acts;
  return element(
    'section',
    { class: 'details', 'aria-label': `Schedule entry ${entry.id}` },
    element('header', {}, element('h2', {}, `Schedule entry ${entry.id}`), button('Close', 'close', close)),
    element(
      'dl',
      { class: 'facts' },
      ...facts.map(([label = '', value = '']) =>
        element('div', {}, element('dt', {}, label), element('dd', { dir: 'auto' }, value)),
      ),
    ),
    ticket !== undefined && ticketLink(ticket, asking),
    (move ?? finish) !== undefined &&
      element(
        'div',
        { class: 'buttons' },
        move !== undefined && button('Move', 'move', move),
        finish !== undefined && button('Mark as done', 'finish', finish),
      ),
  );
}

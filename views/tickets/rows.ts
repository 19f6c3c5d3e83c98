import { element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { priorityColour } from '../ticket/draw.ts';
import type { Ticket } from './list.ts';
import { statusMenu } from './moves.ts';
import { opener, reopen } from './opened.ts';
import type { Statuses } from './statuses.ts';

/** Columns whose values say what they are; two dates side by side do not. */
const OBVIOUS = new Set(['board', 'company']);

function row(ticket: Ticket, asking: Asking, statuses: Statuses): HTMLElement {
  const { id, summary, board, priority, facts } = ticket;
  const form = element('div');
  const place = element('div', { class: 'opened' });
  reopen(id, asking, place);
  return element(
    'li',
    { class: 'ticket-row', 'data-ticket': id },
    element(
      'div',
      { class: 'line' },
      element('span', { class: 'quiet number' }, `#${id}`),
      opener(id, summary, asking, place),
      priority !== '' && element('span', { class: 'badge', 'data-colour': priorityColour(priority) }, priority),
      statusMenu(ticket, { asking, statuses, place: form }),
    ),
    element(
      'p',
      { class: 'quiet facts-line' },
      ...[['board', board] as const, ...facts]
        .filter(([, value]) => value !== '')
        .map(([title, value]) =>
          element(
            'span',
            {},
            element('span', { class: OBVIOUS.has(title) ? 'unseen' : undefined }, `${title} `),
            element('span', { dir: 'auto' }, value === '-' ? 'nobody' : value),
          ),
        ),
    ),
    form,
    place,
  );
}

/** Tickets as lines, in the order of the answer. */
export const rows = (tickets: readonly Ticket[], asking: Asking, statuses: Statuses): HTMLElement =>
  element('ol', { class: 'rows' }, ...tickets.map((ticket) => row(ticket, asking, statuses)));

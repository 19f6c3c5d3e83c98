import { element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import type { Ticket } from './list.ts';
import type { Status, Statuses } from './statuses.ts';

/** What moving a ticket needs beside it. */
export interface Moving {
  readonly asking: Asking;
  readonly statuses: Statuses;
  /** Where the server's question is shown, and what went wrong. */
  readonly place: HTMLElement;
}

/** Gives a ticket another status. The server asks where that closes the ticket or mails somebody; nothing is done before. */
export function moveTo(ticket: Ticket, status: string, { asking, place }: Pick<Moving, 'asking' | 'place'>): void {
  if (status === ticket.status || status === '') return;
  asking.act(
    {
      tool: 'update_ticket',
      title: `Ticket ${ticket.id} to ${status}`,
      input: () => ({ ticketId: ticket.id, status }),
      words: () => `Set the status of ticket ${ticket.id} to ${status}.`,
    },
    place,
  );
}

/** The statuses that a ticket can be given from here; none where it can be given no other. */
export const choicesFor = (
  { board }: Ticket,
  { asking, statuses }: Pick<Moving, 'asking' | 'statuses'>,
): readonly Status[] => (asking.offers('update_ticket') ? statuses(board) : []);

/** The status of a ticket: a menu where it can be changed from here, else its name. */
export function statusMenu(ticket: Ticket, moving: Moving): HTMLElement {
  const statuses = choicesFor(ticket, moving);
  if (statuses.length === 0) return element('span', { class: 'badge', dir: 'auto' }, ticket.status);
  const known = statuses.some(({ name }) => name === ticket.status);
  const names = known ? statuses : [{ name: ticket.status, closes: false }, ...statuses];
  const menu = element(
    'select',
    { 'aria-label': `Status of ticket ${ticket.id}`, 'data-name': `status-${ticket.id}` },
    ...names.map(({ name, closes }) =>
      element(
        'option',
        { value: name, selected: name === ticket.status },
        closes && name !== ticket.status ? `${name} (closes)` : name,
      ),
    ),
  );
  menu.addEventListener('change', () => {
    const wanted = menu.value;
    // It stands there until it is so.
    menu.value = ticket.status;
    moveTo(ticket, wanted, moving);
  });
  return menu;
}

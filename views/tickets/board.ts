import { element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { statusesOf, type Ticket } from './list.ts';
import { choicesFor, moveTo, statusMenu } from './moves.ts';
import { opener } from './opened.ts';

/** The columns of some tickets: the statuses of their board in its order, or of several boards one after the other. */
function columnsOf(tickets: readonly Ticket[], aside: unknown): readonly string[] {
  const boards = [...new Set(tickets.map(({ board }) => board))];
  const ofBoards = boards.flatMap((board) => statusesOf(aside, board).map(({ name }) => name));
  const used = new Set(tickets.map(({ status }) => status));
  const all = [...new Set([...ofBoards, ...used])];
  // Of one board all of them, so that a ticket can be moved into an empty one.
  return boards.length === 1 ? all : all.filter((name) => used.has(name));
}

function card(ticket: Ticket, asking: Asking, place: HTMLElement): HTMLElement {
  const canMove = choicesFor(ticket, asking).length > 0;
  const { id, summary, priority, facts } = ticket;
  const company = facts.find(([title]) => title === 'company')?.[1];
  const assigned = facts.find(([title]) => title === 'assigned')?.[1];
  const made = element(
    'li',
    { class: 'card', draggable: canMove ? 'true' : undefined, 'data-ticket': id },
    opener(id, summary, asking, place),
    element(
      'p',
      { class: 'quiet', dir: 'auto' },
      [`#${id}`, priority, company, assigned].filter((part) => part !== undefined && part !== '').join(' · '),
    ),
    statusMenu(ticket, asking, place),
  );
  made.addEventListener('dragstart', (event) => {
    event.dataTransfer?.setData('text/plain', String(id));
    if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
  });
  return made;
}

/** Tickets as cards in the columns of their statuses. A card is moved by drag, or by the menu on it. */
export function board(tickets: readonly Ticket[], asking: Asking): HTMLElement {
  const place = element('div', { class: 'opened' });
  const column = (status: string): HTMLElement => {
    const own = tickets.filter((ticket) => ticket.status === status);
    const made = element(
      'section',
      { class: 'column', 'aria-label': `${status}: ${own.length}` },
      element('h2', { dir: 'auto' }, status, element('span', { class: 'quiet' }, ` ${own.length}`)),
      element('ul', {}, ...own.map((ticket) => card(ticket, asking, place))),
    );
    made.addEventListener('dragover', (event) => {
      event.preventDefault();
      made.dataset.over = '';
    });
    made.addEventListener('dragleave', () => delete made.dataset.over);
    made.addEventListener('drop', (event) => {
      event.preventDefault();
      delete made.dataset.over;
      const moved = tickets.find(({ id }) => String(id) === event.dataTransfer?.getData('text/plain'));
      if (moved === undefined) return;
      const isItsOwn = statusesOf(asking.aside, moved.board).some(({ name }) => name === status);
      if (isItsOwn) moveTo(moved, status, asking, place);
      else place.replaceChildren(element('p', { class: 'problem' }, `${moved.board} has no status ${status}.`));
    });
    return made;
  };
  return element(
    'div',
    {},
    place,
    element('div', { class: 'board', tabindex: 0 }, ...columnsOf(tickets, asking.aside).map(column)),
  );
}

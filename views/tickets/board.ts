import { element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import type { Ticket } from './list.ts';
import { choicesFor, type Moving, moveTo, statusMenu } from './moves.ts';
import { opener, reopen } from './opened.ts';
import type { Statuses } from './statuses.ts';

/** What a card carries while it is dragged: text that somebody drags here from elsewhere is none. */
const CARD = 'application/x-cwm-ticket';

/** The columns of some tickets: the statuses of their board in its order, or of several boards one after the other. */
function columnsOf(tickets: readonly Ticket[], statuses: Statuses): readonly string[] {
  const boards = [...new Set(tickets.map(({ board }) => board))];
  const ofBoards = boards.flatMap((board) => statuses(board).map(({ name }) => name));
  const used = new Set(tickets.map(({ status }) => status));
  const all = [...new Set([...ofBoards, ...used])];
  // Of one board all of them, so that a ticket can be moved into an empty one.
  return boards.length === 1 ? all : all.filter((name) => used.has(name));
}

function card(ticket: Ticket, moving: Moving, place: HTMLElement): HTMLElement {
  const { asking } = moving;
  const canMove = choicesFor(ticket, moving).length > 0;
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
      [`#${id}`, priority, company, assigned]
        .filter((part) => part !== undefined && part !== '' && part !== '-')
        .join(' · '),
    ),
    statusMenu(ticket, moving),
  );
  if (canMove)
    made.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData(CARD, String(id));
      if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
    });
  return made;
}

/** Lets cards be dropped on a column. */
function takesCards(column: HTMLElement, status: string, tickets: readonly Ticket[], moving: Moving): void {
  column.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes(CARD) !== true) return;
    event.preventDefault();
    column.dataset.over = '';
  });
  column.addEventListener('dragleave', () => delete column.dataset.over);
  column.addEventListener('drop', (event) => {
    delete column.dataset.over;
    const moved = tickets.find(({ id }) => String(id) === event.dataTransfer?.getData(CARD));
    if (moved === undefined) return;
    event.preventDefault();
    const canBe = choicesFor(moved, moving).some(({ name }) => name === status);
    if (canBe) moveTo(moved, status, moving);
    else moving.place.replaceChildren(element('p', { class: 'problem' }, `${moved.board} has no status ${status}.`));
  });
}

/** Tickets as cards in the columns of their statuses. A card is moved by drag, or by the menu on it. */
export function board(tickets: readonly Ticket[], asking: Asking, statuses: Statuses): HTMLElement {
  const moving = { asking, statuses, place: element('div') };
  const place = element('div', { class: 'opened' });
  for (const { id } of tickets) reopen(id, asking, place);
  const column = (status: string): HTMLElement => {
    const own = tickets.filter((ticket) => ticket.status === status);
    const made = element(
      'section',
      { class: 'column', 'aria-label': `${status}: ${own.length}`, 'data-empty': own.length === 0 },
      element('h2', { dir: 'auto' }, status, element('span', { class: 'quiet' }, ` ${own.length}`)),
      element('ul', {}, ...own.map((ticket) => card(ticket, moving, place))),
    );
    if (asking.offers('update_ticket')) takesCards(made, status, tickets, moving);
    return made;
  };
  return element(
    'div',
    {},
    moving.place,
    place,
    element('div', { class: 'board', tabindex: 0 }, ...columnsOf(tickets, statuses).map(column)),
  );
}

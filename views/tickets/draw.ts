import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { plainTable, type Table } from '../shared/table.ts';
import { board } from './board.ts';
import { holds, ticketsOf } from './list.ts';
import { close, isAnyOpen } from './opened.ts';
import { rows } from './rows.ts';
import { readStatuses, statusesOf } from './statuses.ts';

/** How the person looks at the list; it stays so when the list is drawn again. */
const looking: { as: 'list' | 'board'; sought: string } = { as: 'list', sought: '' };

const countOf = (shown: number, { total = shown }: Table): string =>
  shown === total ? `${total} ${total === 1 ? 'ticket' : 'tickets'}` : `${shown} of ${total} tickets`;

/** Tickets as a list or as the columns of a board, with what can be done on them. */
export function drawTickets(list: Table, asking: Asking): Node {
  const tickets = ticketsOf(list);
  const { possible, input, ask } = asking;
  const page = Number(input.page ?? 1);
  const place = element('div', {});
  const count = element('p', { class: 'quiet', role: 'status' });
  const draw = (): void => {
    const found = tickets.filter((ticket) => holds(ticket, looking.sought.trim()));
    count.textContent =
      looking.sought.trim() === '' ? countOf(tickets.length, list) : `${found.length} of ${tickets.length} shown`;
    const nothing = element(
      'p',
      { class: 'quiet empty' },
      tickets.length === 0 ? 'No tickets.' : 'No ticket here says that.',
    );
    // Made only where it is shown: it takes the ticket that is open with it.
    const drawn = (): HTMLElement => (looking.as === 'list' ? rows : board)(found, asking, statusesOf(tickets));
    place.replaceChildren(found.length === 0 ? nothing : drawn());
  };
  const readOn = async (): Promise<void> => {
    if (!(await readStatuses(tickets, asking)) || !place.isConnected) return;
    // A form that somebody fills in is worth more than the rest of the statuses.
    if (place.querySelector('.act:not(.opened .act)') !== null) return;
    const focused = document.activeElement;
    draw();
    const name = focused?.getAttribute('data-name');
    if (name != null && !focused?.isConnected)
      place.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`)?.focus();
  };
  const search = element('input', {
    type: 'search',
    placeholder: 'Filter these tickets',
    'aria-label': 'Filter these tickets',
    'data-name': 'filter',
    value: looking.sought,
  });
  search.addEventListener('input', () => {
    looking.sought = search.value;
    draw();
  });
  const as = (how: 'list' | 'board', label: string): HTMLElement => {
    const made = button(
      label,
      how,
      () => {
        looking.as = how;
        for (const other of ways) other.setAttribute('aria-pressed', String(other === made));
        draw();
      },
      { 'aria-pressed': String(looking.as === how) },
    );
    return made;
  };
  const ways = [as('list', 'List'), as('board', 'Board')];
  const turn = (label: string, to: number): HTMLElement =>
    button(label, `page-${label}`, () => ask({ ...input, page: to }, `Show page ${to} of these tickets.`));
  const isTable = list.rows.length > 0 && tickets.length === 0;
  // Groups come all at once.
  const isMore = list.rows.length < (list.total ?? 0) && page * Number(input.limit ?? 25) < (list.total ?? 0);
  if (!isAnyOpen(tickets.map(({ id }) => id))) close();
  if (!isTable) {
    draw();
    queueMicrotask(() => void readOn());
  }
  return element(
    'article',
    { class: 'tickets' },
    element(
      'header',
      { class: 'top' },
      element('div', {}, element('h1', {}, 'Tickets'), isTable ? undefined : count),
      !isTable && search,
      element(
        'nav',
        { 'aria-label': 'Tickets' },
        ...(isTable ? [] : ways),
        possible && page > 1 && turn('Earlier', page - 1),
        possible && isMore && turn('More', page + 1),
        possible && button('Refresh', 'refresh', () => ask(input, 'Show these tickets again.')),
      ),
    ),
    list.note !== undefined && element('p', { class: 'quiet', dir: 'auto' }, list.note),
    isTable ? plainTable(list) : place,
    list.hint !== undefined && element('p', { class: 'quiet', dir: 'auto' }, list.hint),
  );
}

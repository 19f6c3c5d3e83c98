import { button, element } from '../shared/element.ts';
import { link } from '../shared/link.ts';
import type { Asking } from '../shared/start-view.ts';
import { actButtons } from './acts.ts';
import { conversation } from './conversation.ts';
import { fact, factList } from './facts.ts';
import { sections } from './sections.ts';
import type { Story } from './story.ts';

/** Most notes that one call gives. */
const MOST_NOTES = 100;

/** Manage's own priorities carry their rank in their name; others stay without a colour. */
export function priorityColour(priority: string): string | undefined {
  const rank = Number(/\d/.exec(priority)?.[0]);
  return { 1: 'red', 2: 'amber' }[rank];
}

const badge = (label: string, value: string | undefined, colour?: string): HTMLElement | undefined =>
  value === undefined
    ? undefined
    : element(
        'li',
        { class: 'badge', 'data-colour': colour, dir: 'auto' },
        element('span', { class: 'unseen' }, `${label}: `),
        value,
      );

function heading(story: Story, asking: Asking): HTMLElement {
  const { possible, input, ask, manageLink } = asking;
  const inManage = manageLink('ServiceFv', story.id);
  const priority = fact(story, 'priority');
  const status = fact(story, 'status');
  const closed = fact(story, 'closed') !== undefined;
  const refresh = (): void => ask({ ...input, ticketId: story.id }, `Show ticket ${story.id} again.`);
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('p', { class: 'quiet' }, `${story.kind === 'project' ? 'Project ticket' : 'Ticket'} ${story.id}`),
      element('h1', { dir: 'auto' }, story.summary),
      inManage !== undefined && link(inManage, 'Open in Manage', asking),
    ),
    possible && element('nav', { 'aria-label': 'Ticket' }, button('Refresh', 'refresh', refresh)),
    element(
      'ul',
      { class: 'badges', 'aria-label': 'State' },
      badge('Status', status, closed ? 'green' : 'blue'),
      badge('Priority', priority, priority && priorityColour(priority)),
      badge('Service level', fact(story, 'SLA')),
    ),
  );
}

/** A ticket as a page: what it is, what was said in order, and the work on it. */
export function drawTicket(story: Story, asking: Asking): Node {
  const { possible, input, ask } = asking;
  const { id, notesTotal } = story;
  const wanted = Math.min(notesTotal, MOST_NOTES);
  const more =
    possible && story.conversation.length < wanted
      ? button(`Show ${wanted === notesTotal ? 'all' : wanted}`, 'more', () =>
          ask({ ...input, ticketId: id, notes: wanted }, `Show ticket ${id} with ${wanted} notes.`),
        )
      : undefined;
  const place = element('div');
  return element(
    'article',
    { class: 'ticket' },
    heading(story, asking),
    factList(story, asking),
    actButtons(story, asking, place),
    place,
    element('div', { class: 'columns' }, conversation(story, more, asking), sections(story)),
  );
}

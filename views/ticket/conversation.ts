import { element } from '../shared/element.ts';
import { linked } from '../shared/link.ts';
import { unquoted } from '../shared/outside-text.ts';
import type { Asking } from '../shared/start-view.ts';
import type { Note, Story } from './story.ts';

/** How a note is called and coloured: who could read it decides. */
const KINDS: Readonly<Record<string, { label: string; colour?: string }>> = {
  discussion: { label: 'Discussion' },
  internal: { label: 'Internal', colour: 'amber' },
  resolution: { label: 'Resolution', colour: 'green' },
  time: { label: 'Time', colour: 'violet' },
};

function bubble(note: Note, asking: Asking): HTMLLIElement {
  const { label, colour } = KINDS[note.kind] ?? { label: note.kind };
  const fromCustomer = note.customer === true;
  return element(
    'li',
    {
      class: 'note',
      'data-side': fromCustomer ? 'customer' : 'us',
      'data-colour': colour ?? (fromCustomer ? undefined : 'blue'),
    },
    element(
      'p',
      { class: 'by' },
      element('strong', { dir: 'auto' }, note.author),
      element('span', { class: 'badge' }, label),
      element('span', { class: 'quiet' }, note.at),
    ),
    element('div', { class: 'text', dir: 'auto' }, ...linked(unquoted(note.text), asking)),
  );
}

/** The notes of a ticket, oldest first: the customer's on one side, ours on the other. */
export function conversation(
  { conversation: notes, notesTotal }: Story,
  more: HTMLElement | undefined,
  asking: Asking,
): HTMLElement {
  return element(
    'section',
    { class: 'conversation', 'aria-label': 'Conversation' },
    element(
      'header',
      {},
      element('h2', {}, 'Conversation'),
      element(
        'span',
        { class: 'quiet' },
        notes.length < notesTotal ? `latest ${notes.length} of ${notesTotal}` : `${notesTotal}`,
      ),
      more,
    ),
    notesTotal === 0 && element('p', { class: 'quiet' }, 'No notes yet.'),
    element('ol', {}, ...notes.map((note) => bubble(note, asking))),
  );
}

import type { Act } from '../shared/act.ts';
import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import type { Story } from './story.ts';

/** A note; whom it is mailed to is asked by the server before it is mailed. */
const noteAct = ({ id }: Story): Act => ({
  tool: 'add_ticket_note',
  title: 'Add note',
  fields: [
    { name: 'text', label: 'Note', kind: 'lines', required: true },
    {
      name: 'kind',
      label: 'Who can read it',
      kind: 'choice',
      value: 'internal',
      choices: [
        { value: 'internal', label: 'Internal: members only' },
        { value: 'discussion', label: 'Discussion: the customer too' },
        { value: 'resolution', label: 'Resolution: the customer too' },
      ],
    },
    { name: 'notify', label: 'E-mail it', kind: 'check' },
  ],
  input: ({ text, kind, notify }) => ({ ticketId: id, text, kind, notify: notify === 'true' || undefined }),
  words: ({ kind, text, notify }) =>
    `Add this ${kind} note to ticket ${id}${notify === true ? ' and e-mail it' : ''}: ${text}`,
});

const fileAct = ({ id }: Story): Act => ({
  tool: 'add_attachment',
  title: 'Attach file',
  preview: true,
  fields: [
    { name: 'file', label: 'File, at most 7 MB', kind: 'file', required: true },
    { name: 'title', label: 'Title', kind: 'text' },
    { name: 'public', label: 'The customer can see it', kind: 'check' },
  ],
  input: (values) => ({
    record: `ticket ${id}`,
    base64: values.file,
    name: values.fileName,
    title: values.title,
    private: values.public !== 'true',
  }),
  words: ({ name }) => `Attach the file ${name} to ticket ${id}.`,
});

const timeAct = ({ id }: Story): Act => ({
  tool: 'log_time',
  title: 'Log time',
  preview: true,
  fields: [
    { name: 'hours', label: 'How long', kind: 'text', required: true, hint: '45 minutes, 1.5' },
    { name: 'start', label: 'From', kind: 'text', hint: '2pm, yesterday 14:00; without it: until now' },
    { name: 'notes', label: 'Notes', kind: 'lines' },
    {
      name: 'addNotesTo',
      label: 'The notes also as',
      kind: 'choice',
      choices: [
        { value: '', label: 'nothing else' },
        { value: 'internal', label: 'internal note' },
        { value: 'discussion', label: 'discussion' },
        { value: 'resolution', label: 'resolution' },
      ],
    },
  ],
  input: ({ hours, start, notes, addNotesTo }) => ({ ticketId: id, hours, start, notes, addNotesTo }),
  words: ({ hours, start, notes }) =>
    `Log ${hours} on ticket ${id}${start === '' ? '' : ` from ${start}`}${notes === '' ? '' : `, notes: ${notes}`}.`,
});

/** What can be done to a ticket from its view: a button for each that the server offers. */
export function actButtons(story: Story, { offers, act }: Asking, place: HTMLElement): HTMLElement | undefined {
  const acts = [noteAct(story), timeAct(story), fileAct(story)].filter(({ tool }) => offers(tool));
  if (acts.length === 0) return undefined;
  return element(
    'div',
    { class: 'acts', role: 'group', 'aria-label': 'Change the ticket' },
    ...acts.map((each) => button(each.title, each.tool, () => act(each, place))),
  );
}

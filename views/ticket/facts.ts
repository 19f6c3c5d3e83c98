import { element } from '../shared/element.ts';
import { linked, phone } from '../shared/link.ts';
import type { Asking } from '../shared/start-view.ts';
import type { Story } from './story.ts';

/** Shown at the top already, or no facts about the ticket. */
const ELSEWHERE: ReadonlySet<string> = new Set(['kind', 'summary', 'status', 'priority', 'SLA']);

const sentence = (label: string): string => `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`;

/** A member of the header: company, contact, board, a custom field. */
export function fact(story: Story, label: string): string | undefined {
  const value = story[label];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const factValue = (label: string, value: string, asking: Asking): HTMLElement =>
  element('dd', { dir: 'auto' }, ...(label === 'phone' ? [phone(value, asking)] : linked(value, asking)));

/** The header of a ticket as a list of terms, in the order in which the server gives it. */
export function factList(story: Story, asking: Asking): HTMLElement {
  const labels = Object.keys(story).filter((label) => !ELSEWHERE.has(label) && fact(story, label) !== undefined);
  return element(
    'dl',
    { class: 'facts' },
    ...labels.map((label) =>
      element(
        'div',
        {},
        element('dt', { dir: 'auto' }, sentence(label)),
        factValue(label, fact(story, label) ?? '', asking),
      ),
    ),
  );
}

import { element } from '../shared/element.ts';
import type { Story } from './story.ts';

/** A titled list; nothing where there is nothing to list. */
function section(title: string, lines: readonly (readonly [string, string])[], words = ''): HTMLElement | undefined {
  if (lines.length === 0) return undefined;
  return element(
    'section',
    { 'aria-label': title },
    element('h2', {}, title, words !== '' && ` · ${words}`),
    element(
      'ul',
      {},
      ...lines.map(([main, rest]) =>
        element(
          'li',
          {},
          element('span', { dir: 'auto' }, main),
          rest !== '' && ' ',
          rest !== '' && element('span', { class: 'quiet', dir: 'auto' }, rest),
        ),
      ),
    ),
  );
}

const together = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(', ');

/** What stands beside the conversation: time, schedule, tasks, configurations, attachments, children. */
export function sections(story: Story): HTMLElement {
  const hours = Math.round(story.time.reduce((sum, entry) => sum + (entry.hours ?? 0), 0) * 100) / 100;
  return element(
    'aside',
    { 'aria-label': 'Work on the ticket' },
    section(
      'Tasks',
      story.tasks.map(({ notes, done }) => [`${done ? '☑' : '☐'} ${notes}`, done ? 'done' : '']),
    ),
    section(
      'Schedule',
      story.schedule.map(({ member, start, done }) => [together(member), together(start, done ? 'done' : undefined)]),
    ),
    section(
      'Time',
      story.time.map(({ member, hours: own = 0, start, billable }) => [
        `${own} h ${member}`,
        together(start, billable),
      ]),
      `${hours} h`,
    ),
    section(
      'Configurations',
      story.configurations.map(({ name, id }) => [name, `id ${id}`]),
    ),
    section(
      'Attachments',
      story.attachments.map(({ name, id }) => [name, `id ${id}`]),
    ),
    section(
      'Child tickets',
      story.children.map(({ id, summary, status }) => [`#${id} ${summary}`, status]),
    ),
  );
}

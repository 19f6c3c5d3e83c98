import { textOf } from '../shared/act.ts';
import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { drawTicket } from '../ticket/draw.ts';
import { storySchema } from '../ticket/story.ts';

/** The ticket that is open; it stays so when the list is drawn again. */
let opened: number | undefined;

export const isOpen = (id: number): boolean => opened === id;

/** Shows a whole ticket in a place of the list, with what can be done on it. */
async function read(input: { readonly ticketId: number }, asking: Asking, place: HTMLElement): Promise<void> {
  const { ticketId: id } = input;
  place.replaceChildren(element('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  const result = await asking.read('get_ticket', input);
  if (!isOpen(id)) return;
  const story = storySchema.safeParse(result.structuredContent);
  const again = (wanted: Record<string, unknown>): void =>
    void read({ ...wanted, ticketId: id }, asking, place).catch(() => undefined);
  place.replaceChildren(
    story.success && result.isError !== true
      ? drawTicket(story.data, { ...asking, input, ask: again })
      : element('pre', { dir: 'auto' }, textOf(result)),
  );
}

/** Opens a ticket in a place of the list, or closes it. */
function toggle(id: number, asking: Asking, place: HTMLElement): void {
  if (isOpen(id)) {
    opened = undefined;
    place.replaceChildren();
    return;
  }
  for (const other of document.querySelectorAll('.opened')) other.replaceChildren();
  for (const other of document.querySelectorAll('[aria-expanded=true]')) other.setAttribute('aria-expanded', 'false');
  opened = id;
  show(id, asking, place);
}

/** Draws the ticket that is open, after the list was drawn again. */
export function show(id: number, asking: Asking, place: HTMLElement): void {
  read({ ticketId: id }, asking, place).catch(() => {
    place.replaceChildren(
      element('p', { class: 'quiet' }, `The host did not allow it. Ask the assistant for ticket ${id}.`),
    );
  });
}

/** The summary of a ticket, which opens it where the host lets a view read. */
export function opener(id: number, summary: string, asking: Asking, place: HTMLElement): HTMLElement {
  if (!asking.canRead || !asking.offers('get_ticket')) {
    if (!asking.possible) return element('span', { class: 'summary', dir: 'auto' }, summary);
    return button(summary, `open-${id}`, () => asking.ask(asking.input, `Show ticket ${id}.`), {
      class: 'summary',
      dir: 'auto',
    });
  }
  const made = button(
    summary,
    `open-${id}`,
    () => {
      toggle(id, asking, place);
      made.setAttribute('aria-expanded', String(isOpen(id)));
    },
    { class: 'summary', dir: 'auto', 'aria-expanded': String(isOpen(id)) },
  );
  return made;
}

import { textOf } from '../shared/act.ts';
import { button, element } from '../shared/element.ts';
import type { Asking } from '../shared/start-view.ts';
import { drawTicket } from '../ticket/draw.ts';
import { storySchema } from '../ticket/story.ts';

/** The ticket that is open. */
interface Opened {
  readonly id: number;
  /** What is shown of it; it moves along when the list is drawn another way. */
  readonly shown: HTMLElement;
  asking: Asking;
  /** How often it was read: an answer to an earlier question comes too late to be shown. */
  asked: number;
}

let opened: Opened | undefined;

type Input = Readonly<Record<string, unknown>>;

/** Reads a ticket into its place. What it showed before stays until there is an answer, and where none comes. */
async function read(one: Opened, input: Input): Promise<void> {
  const { id, shown, asking } = one;
  one.asked += 1;
  const turn = one.asked;
  shown.querySelector(':scope > .problem')?.remove();
  if (shown.childElementCount === 0) shown.append(element('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  shown.setAttribute('aria-busy', 'true');
  const result = await asking.read('get_ticket', { ...input, ticketId: id }).catch(() => undefined);
  if (turn !== one.asked) return;
  shown.removeAttribute('aria-busy');
  const story = storySchema.safeParse(result?.structuredContent);
  if (result !== undefined && result.isError !== true) {
    const again = (wanted: Input): void => void read(one, wanted);
    shown.replaceChildren(
      story.success
        ? drawTicket(story.data, { ...asking, input: { ...input, ticketId: id }, ask: again })
        : element('pre', { dir: 'auto' }, textOf(result)),
    );
    return;
  }
  shown.querySelector(':scope > .quiet')?.remove();
  const why = result === undefined ? `The host did not allow it. Ask the assistant for ticket ${id}.` : textOf(result);
  shown.prepend(
    element(
      'p',
      { class: 'problem', role: 'alert', dir: 'auto' },
      `${why} `,
      button('Try again', 'again', () => void read(one, input)),
    ),
  );
}

/** Closes the ticket that is open. */
export function close(): void {
  if (opened === undefined) return;
  // What is still read of it is not shown any more.
  opened.asked += 1;
  opened.shown.remove();
  opened = undefined;
  for (const each of document.querySelectorAll('[aria-expanded=true]')) each.setAttribute('aria-expanded', 'false');
}

/** Whether any of some tickets is open. */
export const isAnyOpen = (ids: readonly number[]): boolean => opened !== undefined && ids.includes(opened.id);

/** Puts the ticket into its place after the list was drawn again, if it is the open one; in a new answer it is read again. */
export function reopen(id: number, asking: Asking, place: HTMLElement): void {
  if (opened?.id !== id) return;
  place.append(opened.shown);
  if (opened.asking === asking) return;
  opened.asking = asking;
  void read(opened, {});
}

/** Escape closes a ticket and gives the keyboard back to what opened it; in a form of it, it is the form's. */
function closeOn(part: HTMLElement, id: number): void {
  part.addEventListener('keydown', ({ key, target }) => {
    if (key !== 'Escape' || opened?.id !== id || (target instanceof Element && target.closest('form') !== null)) return;
    close();
    document.querySelector<HTMLElement>(`[data-name="open-${id}"]`)?.focus();
  });
}

/** Opens a ticket in a place of the list, or closes it. */
function toggle(id: number, asking: Asking, place: HTMLElement): void {
  const wasOpen = opened?.id === id;
  close();
  if (wasOpen) return;
  opened = { id, shown: element('div'), asking, asked: 0 };
  closeOn(opened.shown, id);
  place.append(opened.shown);
  void read(opened, {});
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
      made.setAttribute('aria-expanded', String(opened?.id === id));
    },
    { class: 'summary', dir: 'auto', 'aria-expanded': String(opened?.id === id) },
  );
  closeOn(made, id);
  return made;
}

import { element } from './element.ts';
import type { Asking } from './start-view.ts';

type Opens = Pick<Asking, 'open'>;

/** Where a link of a view may lead: nothing that runs, and nothing inside of the page. */
const LEADS = new Set(['https:', 'http:', 'mailto:', 'tel:']);

const addressOf = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined);

/** A link that the host opens, or else the browser; mere text where the address is none that a view links to. */
export function link(url: string, text: string, { open }: Opens): HTMLElement {
  const address = addressOf(url);
  if (address === undefined || !LEADS.has(address.protocol)) return element('span', { dir: 'auto' }, text);
  const made = element(
    'a',
    { href: address.href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'auto' },
    text,
  );
  made.addEventListener('click', (event) => {
    if (open(address.href)) event.preventDefault();
  });
  return made;
}

/** The way to a ticket in Manage itself; `undefined` where there is none. */
export function ticketLink(id: number, asking: Pick<Asking, 'open' | 'manageLink'>): HTMLElement | undefined {
  const url = asking.manageLink('ServiceFv', id);
  return url === undefined ? undefined : link(url, `Open ticket ${id} in Manage`, asking);
}

/** Web and mail addresses in a text; what ends a sentence is not a part of them. */
const ADDRESS = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** A text with its web and mail addresses as links, which show where they lead. */
export function linked(text: string, opens: Opens): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let read = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    parts.push(text.slice(read, index));
    parts.push(link(found.startsWith('http') ? found : `mailto:${found}`, found, opens));
    read = index + found.length;
  }
  return [...parts, text.slice(read)].filter((part) => part !== '');
}

/** A phone number as a link; digits that are no number that can be called stay text. */
export function phone(number: string, opens: Opens): HTMLElement {
  const [, called = '', extension] = /^(.*?)(?:\s*(?:ext|x)\.?\s*(\d+))?$/i.exec(number) ?? [];
  const digits = called.replace(/[^\d+]/g, '');
  const canBeCalled = /^\+?[\d\s().\-/]+$/.test(called) && /\d{5}/.test(digits);
  if (!canBeCalled) return element('span', { dir: 'auto' }, number);
  return link(`tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`, number, opens);
}

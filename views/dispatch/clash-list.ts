import { button, element } from '../shared/element.ts';
import { type Entry, labelOf, type Schedule } from './day.ts';
import { whenAll } from './details.ts';

/** Who is double-booked, a line for each pair. @param select shows an entry */
export function clashList({ entries }: Schedule, select: (entry: Entry) => void): HTMLElement | undefined {
  const pairs = entries.flatMap((one) =>
    entries.filter(({ id }) => id > one.id && one.clashes.includes(id)).map((other) => [one, other] as const),
  );
  if (pairs.length === 0) return undefined;
  const words = (entry: Entry): string => `${whenAll(entry)} ${labelOf(entry).title}`;
  return element(
    'section',
    { class: 'clashes', 'aria-label': 'Overlaps' },
    element('h2', {}, pairs.length === 1 ? '1 overlap' : `${pairs.length} overlaps`),
    element(
      'ul',
      {},
      ...pairs.map(([one, other]) =>
        element(
          'li',
          {},
          element('bdi', {}, one.member),
          ': ',
          ...[one, other].flatMap((entry, index) => [
            index === 0 ? '' : ' and ',
            button(words(entry), `clash-${one.id}-${other.id}-${index}`, () => select(entry), {
              class: 'inline',
              dir: 'auto',
            }),
          ]),
        ),
      ),
    ),
  );
}

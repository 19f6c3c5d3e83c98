import type { Axis } from '../calendar/axis.ts';
import { dayName, hoursName, isWeekend, minutesOf, spanOf } from '../calendar/clock.ts';
import { hourLines } from '../calendar/hours.ts';
import { type Placed, placed } from '../calendar/placed.ts';
import { button, element } from '../shared/element.ts';
import { billingOf } from './billing.ts';
import { isOverMidnight, type Piece, SHORTEST } from './blocks.ts';
import type { SheetDay } from './sheet.ts';

export interface ColumnOptions {
  readonly axis: Axis;
  readonly today: boolean;
  select(piece: Piece, chosen: HTMLButtonElement): void;
  /** Logs time on the day, from a gap where one was pressed; left out where nothing can be logged. */
  readonly log?: (times: { start?: string; end?: string }) => void;
}

/** Where a block stands, for the style sheet. */
const place = ({ from, to, lane, lanes }: Placed) => ({
  '--from': from,
  '--minutes': to - from,
  '--lane': lane,
  '--lanes': lanes,
});

/** `23:00–00:30 ⤵`, and on the day after `⤴ 00:30`. Where there is no room for both ends, the height tells the second. */
function whenOf({ entry, isRest }: Piece): HTMLElement {
  if (isRest) return element('span', { class: 'when' }, `⤴ ${entry.end}`);
  const until = element('span', { class: 'until' }, `–${entry.end}${isOverMidnight(entry) ? ' ⤵' : ''}`);
  return element('span', { class: 'when' }, entry.start, until);
}

function entryBlock(piece: Piece, at: Placed, { select }: ColumnOptions): HTMLLIElement {
  const { entry, isRest, day } = piece;
  const billing = billingOf(entry.billable);
  const made = element(
    'button',
    {
      type: 'button',
      class: 'entry',
      'data-colour': billing.colour,
      'data-name': `${isRest ? 'rest' : 'entry'}-${entry.id}`,
      'data-rest': isRest,
      'aria-expanded': 'false',
    },
    // One element, because a button centres what it holds.
    element(
      'span',
      { class: 'lines' },
      whenOf(piece),
      ' ',
      element('bdi', { class: 'what' }, entry.on.replace(/^ticket (?=\d)/, '#')),
      ' ',
      element('bdi', { class: 'who' }, entry.company),
      element(
        'span',
        { class: 'unseen' },
        isRest ? `, the rest of ${dayName(day.date)}, ${entry.start}` : `, ${hoursName(entry.hours)}, ${billing.label}`,
      ),
    ),
  );
  made.addEventListener('click', () => select(piece, made));
  return element('li', { class: 'block', ...place(at) }, made);
}

function gapBlock(gap: string, { axis, log }: ColumnOptions): HTMLLIElement {
  const [start = '', end = ''] = gap.split('-');
  const words = `${start}–${end} gap`;
  const { from, to } = spanOf(start, end);
  const room = { from: axis.place(from), to: axis.place(to), lane: 0, lanes: 1 };
  return element(
    'li',
    { class: 'block gap', ...place(room) },
    log === undefined
      ? element('span', { class: 'when' }, words)
      : button(words, `gap-${gap}`, () => log({ start, end }), { class: 'fill', title: 'Log time here' }),
  );
}

/** A day: its name, its hours against those due, and its entries and gaps in order. */
export function dayColumn(day: SheetDay, pieces: readonly Piece[], options: ColumnOptions): HTMLElement {
  const { axis, today, log } = options;
  const places = placed(
    pieces.map(({ span }) => span),
    axis,
    SHORTEST,
  );
  const blocks = [
    ...pieces.map((piece, index) => ({
      from: piece.span.from,
      made: entryBlock(piece, places[index] as Placed, options),
    })),
    ...day.gaps.map((gap) => ({ from: minutesOf(gap.slice(0, 5)), made: gapBlock(gap, options) })),
  ].sort((a, b) => a.from - b.from);
  const short = day.due > day.hours;
  const empty = pieces.length === 0;
  return element(
    'section',
    {
      class: 'day',
      'aria-label': dayName(day.date),
      'data-today': today,
      'data-lanes': Math.max(1, ...places.map(({ lanes }) => lanes)),
      'data-off': empty && day.due === 0 && isWeekend(day.date),
    },
    element(
      'header',
      {},
      element('h2', {}, dayName(day.date)),
      element(
        'p',
        { class: 'sums' },
        element(
          'span',
          { class: 'hours', 'data-short': short },
          hoursOf(day, empty),
          day.due > 0 && element('span', { class: 'of' }, ` of ${hoursName(day.due)}`),
        ),
        log !== undefined &&
          button('+', `log-${day.date}`, () => log({}), {
            class: 'add',
            'aria-label': `Log time on ${dayName(day.date)}`,
            title: 'Log time',
          }),
      ),
    ),
    element(
      'div',
      { class: 'grid' },
      element('div', { class: 'rules', 'aria-hidden': 'true' }, ...hourLines(axis)),
      element('ol', {}, ...blocks.map(({ made }) => made)),
    ),
  );
}

const hoursOf = ({ hours, due }: SheetDay, empty: boolean): string => (empty && due === 0 ? '–' : hoursName(hours));

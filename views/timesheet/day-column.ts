import { element } from '../shared/element.ts';
import { billingOf } from './billing.ts';
import { dayName, hoursName, isWeekend, spanOf } from './clock.ts';
import { type Lane, placeInLanes, type Span } from './lanes.ts';
import type { SheetDay, SheetEntry } from './sheet.ts';

export interface ColumnOptions {
  /** First hour of the calendar. */
  readonly first: number;
  readonly today: boolean;
  select(entry: SheetEntry, chosen: HTMLButtonElement): void;
}

/** Where a block stands, for the style sheet: minutes under the first hour, and the lane. */
const place = ({ from, to }: Span, first: number, { lane, lanes }: Lane = { lane: 0, lanes: 1 }) => ({
  '--from': from - first * 60,
  '--minutes': to - from,
  '--lane': lane,
  '--lanes': lanes,
});

function entryBlock(entry: SheetEntry, lane: Lane | undefined, { first, select }: ColumnOptions): HTMLLIElement {
  const billing = billingOf(entry.billable);
  const span = spanOf(entry.start, entry.end);
  const made = element(
    'button',
    {
      type: 'button',
      class: 'entry',
      'data-colour': billing.colour,
      'data-name': `entry-${entry.id}`,
      'aria-expanded': 'false',
    },
    // One element, because a button centres what it holds.
    element(
      'span',
      { class: 'lines' },
      element('span', { class: 'when' }, `${entry.start}–${entry.end}`),
      ' ',
      element('span', { class: 'what' }, entry.on.replace(/^ticket (?=\d)/, '#')),
      ' ',
      element('span', { class: 'who' }, entry.company),
      element('span', { class: 'unseen' }, `, ${hoursName(entry.hours)}, ${billing.label}`),
    ),
  );
  made.addEventListener('click', () => select(entry, made));
  return element('li', { class: 'block', ...place(span, first, lane) }, made);
}

function gapBlock(gap: string, { first }: ColumnOptions): HTMLLIElement {
  const [start = '', end = ''] = gap.split('-');
  const label = element('span', { class: 'when' }, `${start}–${end} gap`);
  return element('li', { class: 'block gap', ...place(spanOf(start, end), first) }, label);
}

/** A day: its name, its hours against those due, and its entries and gaps in order. */
export function dayColumn(day: SheetDay, options: ColumnOptions): HTMLElement {
  const lanes = placeInLanes(day.entries.map(({ start, end }) => spanOf(start, end)));
  const blocks = [
    ...day.entries.map((entry, index) => ({ start: entry.start, made: entryBlock(entry, lanes[index], options) })),
    ...day.gaps.map((gap) => ({ start: gap.slice(0, 5), made: gapBlock(gap, options) })),
  ].sort((a, b) => a.start.localeCompare(b.start));
  const short = day.due > day.hours;
  const empty = day.entries.length === 0;
  return element(
    'section',
    {
      class: 'day',
      'aria-label': dayName(day.date),
      'data-today': options.today,
      'data-off': empty && day.due === 0 && isWeekend(day.date),
    },
    element(
      'header',
      {},
      element('h2', {}, dayName(day.date)),
      element('p', { class: 'hours', 'data-short': short }, hoursOf(day, empty)),
    ),
    element('ol', {}, ...blocks.map(({ made }) => made)),
  );
}

function hoursOf({ hours, due }: SheetDay, empty: boolean): string {
  if (due > 0) return `${hoursName(hours)} of ${hoursName(due)}`;
  return empty ? '–' : hoursName(hours);
}

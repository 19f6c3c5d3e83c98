import type { Axis } from '../calendar/axis.ts';
import { DAY_MINUTES, hoursName, minutesOf, timeOf } from '../calendar/clock.ts';
import { hourLines } from '../calendar/hours.ts';
import { type Placed, placed } from '../calendar/placed.ts';
import { button, element } from '../shared/element.ts';
import { type Entry, labelOf } from './day.ts';
import { makeDraggable } from './drag.ts';
import { canBeMoved, minutesLong, type Place } from './forms.ts';
import type { Slot } from './free.ts';
import { type Lane, type Piece, shownOf, spanOfSlot, whenOf } from './lanes.ts';

/** What a lane can do beside showing its day; left out where it cannot be done from here. */
export interface LaneOptions {
  readonly axis: Axis;
  /** The minute that it is now, on the lane's day. */
  readonly now: number | undefined;
  select(entry: Entry): void;
  readonly add?: (place: Place, lane: HTMLElement) => void;
  readonly move?: (entry: Entry, to: Place) => void;
}

/** The room that an entry needs to be read, in minutes of the axis. */
const SHORTEST = 55;

/** How an entry is coloured, and what that means for who does not see colours. */
function kindOf({ isWork, done, clashes }: Entry): { colour: string; words: string } {
  if (done) return { colour: 'green', words: 'done' };
  if (clashes.length > 0) return { colour: 'red', words: `overlaps ${clashes.map((id) => `entry ${id}`).join(', ')}` };
  return isWork ? { colour: 'blue', words: '' } : { colour: 'violet', words: 'not work' };
}

/** When something is; the end goes where there is no room for it, because the width of a block shows it as well. */
interface When {
  readonly begin: string;
  readonly end: string;
}

const whenWords = ({ begin, end }: When): (string | HTMLElement)[] => [begin, element('span', { class: 'until' }, end)];

function entryButton(entry: Entry, when: When, options: LaneOptions): HTMLButtonElement {
  const { title, company } = labelOf(entry);
  const { colour, words } = kindOf(entry);
  const made = element(
    'button',
    {
      type: 'button',
      class: 'entry',
      'data-colour': colour,
      'data-name': `entry-${entry.id}`,
      'data-entry': entry.id,
      'data-done': entry.done,
      'aria-expanded': 'false',
      title: [when.begin + when.end, title, company, words].filter((part) => part !== '').join(' · '),
    },
    // One element, because a button centres what it holds.
    element(
      'span',
      { class: 'lines' },
      entry.clashes.length > 0 && !entry.done && element('span', { class: 'mark', 'aria-hidden': 'true' }, '⚠ '),
      element('span', { class: 'when' }, ...whenWords(when)),
      ' ',
      element('bdi', { class: 'what' }, title),
      company !== '' && ' ',
      company !== '' && element('bdi', { class: 'who' }, company),
      words !== '' && element('span', { class: 'unseen' }, `, ${words}`),
    ),
  );
  made.addEventListener('click', () => options.select(entry));
  return made;
}

/** Lets an entry be dragged to a time and a lane. @param from where its piece begins on the day */
function dragged(block: HTMLElement, entry: Entry, from: number | undefined, { move, axis }: LaneOptions): void {
  if (move === undefined || !canBeMoved(entry)) return;
  makeDraggable(block, {
    length: minutesLong(entry),
    from,
    axis,
    drop: ({ day, memberId, from: minute }) => move(entry, { day, memberId, from: timeOf(minute) }),
  });
}

function pieceBlock(piece: Piece, { from, to, lane }: Placed, options: LaneOptions): HTMLLIElement {
  const { entry, span } = piece;
  const made = entryButton(entry, whenOf(piece), options);
  // A short one is lengthened to be read: only this part of it is its time.
  const real = options.axis.place(span.to) - options.axis.place(span.from);
  const part = Math.min(1, real / (to - from));
  if (part < 1) made.dataset.short = '';
  made.style.setProperty('--part', String(part));
  if (piece.isRest) made.dataset.name = `rest-${entry.id}-${piece.day}`;
  else dragged(made, entry, span.from, options);
  return element('li', { class: 'block', '--from': from, '--minutes': to - from, '--lane': lane }, made);
}

/** Free time, in which work can be scheduled: the first hour of it is proposed. */
function slotButton(slot: Slot, lane: Lane, { add }: LaneOptions): HTMLElement {
  // As much of it as there is room for.
  const words = [
    element('span', { class: 'begin' }, slot.start),
    element('span', { class: 'until' }, `–${slot.end}`),
    element('span', { class: 'word' }, ' free'),
  ];
  if (add === undefined) return element('span', { class: 'fill' }, ...words);
  const { from, to } = spanOfSlot(slot);
  const place = { day: lane.day, memberId: lane.memberId, from: slot.start, to: timeOf(Math.min(to, from + 60)) };
  const made = button(
    '',
    `free-${lane.memberId}-${slot.start}`,
    () => add(place, made.closest<HTMLElement>('.lane') ?? made),
    { class: 'fill', title: `${slot.start}–${slot.end} free: schedule work here` },
  );
  made.append(...words);
  return made;
}

function slotBlock(slot: Slot, lane: Lane, options: LaneOptions): HTMLLIElement {
  const { axis } = options;
  const { from, to } = spanOfSlot(slot);
  const start = axis.place(from);
  return element(
    'li',
    { class: 'block gap', '--from': start, '--minutes': axis.place(Math.min(to, DAY_MINUTES)) - start },
    slotButton(slot, lane, options),
  );
}

/** What has no time of the day, and free time at hours that are not drawn. */
function untimedList(lane: Lane, away: readonly Slot[], options: LaneOptions): HTMLElement | undefined {
  if (lane.untimed.length + lane.holidays.length + away.length === 0) return undefined;
  return element(
    'ul',
    { class: 'untimed' },
    ...lane.holidays.map((name) =>
      element('li', { class: 'badge', 'data-colour': 'violet' }, 'Holiday: ', element('bdi', {}, name)),
    ),
    ...lane.untimed.map((entry) => {
      const made = entryButton(entry, { begin: entry.isWork ? 'No time' : 'All day', end: '' }, options);
      if (entry.isWork) dragged(made, entry, undefined, options);
      return element('li', {}, made);
    }),
    ...away.map((slot) => element('li', { class: 'gap' }, slotButton(slot, lane, options))),
  );
}

const hoursFree = (slots: readonly Slot[]): number =>
  slots.map(spanOfSlot).reduce((sum, { from, to }) => sum + to - from, 0) / 60;

/** What a lane holds, in words: `2 entries, 1.5 h free`. */
function sumsOf({ pieces, untimed, free, isAssumed, works }: Lane): string {
  const count = pieces.length + untimed.length;
  const entries = count === 0 ? '' : `${count} ${count === 1 ? 'entry' : 'entries'}`;
  const sum = free === undefined ? undefined : hoursFree(free);
  const none = works ? 'nothing free' : 'no working time';
  const words = sum === 0 ? none : `${hoursName(sum ?? 0)} free`;
  const left = sum === undefined ? '' : `${words}${isAssumed ? ' (assumed)' : ''}`;
  return [entries, left].filter((part) => part !== '').join(', ');
}

/** The lines of the hours, and of the moment. */
function rules(axis: Axis, now: number | undefined): HTMLElement {
  return element(
    'div',
    { class: 'rules', 'aria-hidden': 'true' },
    ...hourLines(axis),
    now !== undefined && element('span', { class: 'now', '--from': axis.place(now) }),
  );
}

/** A member's day as a lane: a name, and what is when. */
export function drawLane(lane: Lane, options: LaneOptions): HTMLElement {
  const { axis, add } = options;
  const { memberId, name, day, pieces, free = [] } = lane;
  const places = placed(
    pieces.map(({ span }) => span),
    axis,
    SHORTEST,
  );
  const isShown = (slot: Slot): boolean => shownOf(spanOfSlot(slot), axis) > 0;
  const blocks = [
    ...pieces.map((piece, index) => ({
      from: piece.span.from,
      made: pieceBlock(piece, places[index] as Placed, options),
    })),
    ...free.filter(isShown).map((slot) => ({ from: minutesOf(slot.start), made: slotBlock(slot, lane, options) })),
  ].sort((a, b) => a.from - b.from);
  const isAway = lane.holidays.length > 0 || lane.untimed.some(({ isWork, done }) => !isWork && !done);
  const sums = sumsOf(lane);
  const made = element(
    'section',
    { class: 'lane', 'aria-label': name, 'data-away': isAway },
    element(
      'header',
      {},
      element('h3', { dir: 'auto', title: name }, name),
      element('p', { class: 'quiet' }, sums),
      add !== undefined &&
        button('+', `add-${memberId}-${day}`, () => add({ day, memberId }, made), {
          class: 'add',
          'aria-label': `Schedule work for ${name}`,
          title: 'Schedule work',
        }),
    ),
    element(
      'div',
      { class: 'track' },
      untimedList(
        lane,
        free.filter((slot) => !isShown(slot)),
        options,
      ),
      element(
        'div',
        {
          class: 'grid',
          'data-day': day,
          'data-member': memberId,
          '--high': Math.max(1, ...places.map(({ lanes }) => lanes)),
        },
        rules(axis, options.now),
        element('ol', {}, ...blocks.map(({ made: block }) => block)),
      ),
    ),
  );
  return made;
}

import { dayName, minutesOf } from '../calendar/clock.ts';
import { hourNames } from '../calendar/hours.ts';
import { button, element } from '../shared/element.ts';
import { letGo } from '../shared/press.ts';
import type { Asking } from '../shared/start-view.ts';
import { plainTable, type Table } from '../shared/table.ts';
import { clashList } from './clash-list.ts';
import { asShown, dateIn, daysWithEntries, type Entry, oneDay, type Schedule, scheduleSchema, timeIn } from './day.ts';
import { entryDetails } from './details.ts';
import { addForm, canBeMoved, clockAfter, doneForm, minutesLong, moveForm, type Person, type Place } from './forms.ts';
import { type Free, peopleBefore, readFree } from './free.ts';
import { heading } from './heading.ts';
import { drawLane, type LaneOptions } from './lane.ts';
import { axisOfLanes, type Lane, lanesOn } from './lanes.ts';

/** From this width on hours stand beside each other, as in the style sheet. */
const WIDE = '(min-width: 45rem)';

/** Most entries that one call gives. */
const MOST = 200;

/** That the list is not whole, and the way to all of it: time that looks empty need not be. */
function partNote(schedule: Schedule, total: number, { possible, ask }: Asking): HTMLElement | undefined {
  const shown = schedule.entries.length;
  const { part, whose } = schedule;
  const whole = part && {
    says: `Only what touches ${part.from}–${part.to} is here: other time that looks empty may be taken. `,
    press: 'Whole day',
    go: () => ask(asShown(schedule), `Show the whole schedule of ${whose} for that day.`),
  };
  const most = Math.min(MOST, total);
  const more = total > shown && {
    says: `Only ${shown} of ${total} entries are here: time that looks empty may be taken. `,
    press: most === total ? 'Show all' : `Show ${most}`,
    go:
      shown < most
        ? () => ask({ ...asShown(schedule), limit: most }, `Show that schedule with ${most} entries.`)
        : undefined,
  };
  const note = more || whole;
  if (note === undefined) return undefined;
  const { says, press, go } = note;
  return element('p', { class: 'problem' }, says, possible && go !== undefined && button(press, 'more', go));
}

/** Entries as lanes of their members by the hours of a day, with free time between them. */
export function drawDispatch(table: Table, asking: Asking): Node {
  const read = scheduleSchema.safeParse(asking.aside);
  // Hosts that hand on no more than the result still show all of it.
  if (!read.success)
    return element(
      'article',
      { class: 'dispatch' },
      element('h1', {}, 'Schedule'),
      table.note !== undefined && element('p', { class: 'quiet', dir: 'auto' }, table.note),
      table.rows.length > 0 ? plainTable(table) : element('p', { class: 'quiet empty' }, 'Nothing is scheduled.'),
    );
  return drawSchedule(read.data, table.total ?? read.data.entries.length, asking);
}

function drawSchedule(schedule: Schedule, total: number, asking: Asking): Node {
  const board = element('div', { class: 'board', tabindex: -1 });
  const place = element('div', { class: 'place', 'aria-live': 'polite' });
  const freeNote = element('p', { class: 'quiet', role: 'status' });
  let people: readonly Person[] = [];
  let open: number | undefined;

  const canAdd = asking.offers('schedule_work');
  const canMove = asking.offers('update_schedule_entry');

  /** Puts what is opened under the lane that it is about in a list of lanes, else under all of them. */
  const bring = (lane: Element | null | undefined): void => {
    const isList = !window.matchMedia(WIDE).matches;
    if (isList && lane != null) lane.append(place);
    else board.after(place);
  };
  const blockOf = (id: number): HTMLElement | null => board.querySelector(`[data-name="entry-${id}"]`);
  const unfold = (id: number | undefined): void => {
    open = id;
    for (const each of board.querySelectorAll('.entry'))
      each.setAttribute('aria-expanded', String(id !== undefined && each.getAttribute('data-entry') === String(id)));
  };
  const close = (): void => {
    if (open !== undefined) blockOf(open)?.focus();
    unfold(undefined);
    place.replaceChildren();
  };
  const move = (entry: Entry, to?: Place): void => {
    unfold(undefined);
    bring(blockOf(entry.id)?.closest('.lane'));
    asking.act(moveForm(entry, { schedule, people }, to), place);
  };
  const drop = (entry: Entry, to: Place): void => {
    const start = `${to.day}T${to.from}`;
    if (start === entry.start && to.memberId === entry.memberId) return;
    move(entry, { ...to, to: timeIn(clockAfter(start, minutesLong(entry))) });
  };
  const finish = (entry: Entry): void => {
    unfold(undefined);
    asking.act(doneForm(entry), place);
  };
  const select = (entry: Entry): void => {
    if (open === entry.id) {
      close();
      return;
    }
    unfold(entry.id);
    bring(blockOf(entry.id)?.closest('.lane'));
    place.replaceChildren(
      entryDetails(entry, schedule, asking, {
        move: canMove && canBeMoved(entry) ? () => move(entry) : undefined,
        finish: canMove && !entry.done ? () => finish(entry) : undefined,
        close,
      }),
    );
    place.scrollIntoView({ block: 'nearest' });
  };
  const add = (where: Place, lane?: HTMLElement): void => {
    unfold(undefined);
    bring(lane);
    asking.act(addForm(where, { schedule, people }), place);
  };

  function section(day: string, lanes: readonly Lane[], options: Omit<LaneOptions, 'now'>): HTMLElement {
    const now = day === dateIn(schedule.now) ? minutesOf(timeIn(schedule.now)) : undefined;
    const name = dayName(day);
    const show = (): void =>
      asking.ask({ ...schedule.same, period: day }, `Show the schedule of ${schedule.whose} for ${name}.`);
    const title = asking.possible ? button(name, `day-${day}`, show, { class: 'day-name' }) : name;
    return element(
      'section',
      { class: 'day', 'aria-label': name },
      oneDay(schedule) === undefined && element('h2', {}, title),
      element('div', { class: 'hours', 'aria-hidden': 'true' }, ...hourNames(options.axis)),
      ...lanes.map((lane) => drawLane(lane, { ...options, now })),
    );
  }

  function draw(free: Free | undefined): void {
    const focused = document.activeElement;
    const days = daysWithEntries(schedule).map((day) => [day, lanesOn(day, schedule, free)] as const);
    const all = days.flatMap(([, lanes]) => lanes);
    people = [...new Map(all.map(({ memberId, name }) => [memberId, { id: memberId, name }])).values()];
    const axis = axisOfLanes(all);
    const options = {
      axis,
      select,
      ...(canAdd && { add }),
      ...(canMove && { move: drop }),
    };
    const lane = place.closest('.lane')?.getAttribute('aria-label');
    board.style.setProperty('--length', String(axis.length));
    board.replaceChildren(
      ...(schedule.entries.length === 0 ? [element('p', { class: 'quiet empty' }, 'Nothing is scheduled.')] : []),
      ...days.filter(([, lanes]) => lanes.length > 0).map(([day, lanes]) => section(day, lanes, options)),
    );
    if (lane != null)
      bring([...board.querySelectorAll('.lane')].find((each) => each.getAttribute('aria-label') === lane));
    unfold(open);
    if (focused instanceof HTMLElement && focused !== document.activeElement) {
      const name = focused.dataset.name;
      const again =
        focused.isConnected || name === undefined
          ? focused
          : board.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`);
      again?.focus({ preventScroll: true });
    }
  }

  async function withFree(): Promise<void> {
    const free = await readFree(schedule, asking);
    await letGo();
    if (!board.isConnected) return;
    freeNote.textContent = '';
    if (free === undefined) return;
    if (typeof free === 'string') {
      freeNote.textContent = `Free time could not be read: ${free}`;
      return;
    }
    if (!free.seesLogged)
      freeNote.textContent = 'Logged time cannot be read with this role, so what looks free may be taken.';
    draw(free);
  }

  draw(peopleBefore(schedule));
  // After the page stands: a host may be slow, and what is known is shown meanwhile.
  queueMicrotask(() => void withFree());
  const made = element(
    'article',
    { class: 'dispatch' },
    heading(schedule, total, asking, canAdd ? () => add({ day: oneDay(schedule) ?? dateIn(schedule.now) }) : undefined),
    partNote(schedule, total, asking),
    clashList(schedule, select),
    board,
    place,
    freeNote,
    asking.possible &&
      !canMove &&
      schedule.entries.length > 0 &&
      element('p', { class: 'quiet' }, 'Entries cannot be moved from here: the server does not offer it.'),
  );
  made.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && open !== undefined) close();
  });
  return made;
}

import { DAY_MINUTES, dayAfter, instantAt, minutesOf, timeOf } from '../calendar/clock.ts';
import type { Act } from '../shared/act.ts';
import type { Field } from '../shared/fields.ts';
import type { Input } from '../shared/host.ts';
import { dateIn, type Entry, labelOf, type Schedule, timeIn, timesOf } from './day.ts';

/** Somebody that work can be given to. */
export interface Person {
  readonly id: number;
  readonly name: string;
}

/** Where something is to be. */
export interface Place {
  readonly day: string;
  readonly from?: string;
  readonly to?: string;
  readonly memberId?: number;
}

interface Around {
  readonly schedule: Schedule;
  readonly people: readonly Person[];
}

/** A wall clock some minutes later. */
export function clockAfter(clock: string, minutes: number): string {
  const at = minutesOf(timeIn(clock)) + minutes;
  return `${dayAfter(dateIn(clock), Math.floor(at / DAY_MINUTES))}T${timeOf(at)}`;
}

/** How long an entry is on the clock, in minutes; an hour for one without a time, as the server takes it. */
export function minutesLong(entry: Entry): number {
  const times = timesOf(entry);
  return times === undefined ? 60 : (Date.parse(`${times.end}Z`) - Date.parse(`${times.start}Z`)) / 60_000;
}

/** Whether an entry can be moved by its times of day: what is done stays, and Manage takes none that is longer than a day. */
export const canBeMoved = (entry: Entry): boolean => !entry.done && minutesLong(entry) < DAY_MINUTES;

/** Who it is for: one of everybody, or a name where not everybody is known here. */
function memberField({ schedule, people }: Around, memberId: number | undefined): Field {
  const own = people.find(({ id }) => id === memberId);
  const common = { name: 'member', label: 'Who', required: true };
  if (schedule.who !== 'everybody' || people.length === 0)
    return {
      ...common,
      kind: 'text',
      value: own?.name,
      choices: people.map(({ name }) => ({ value: name, label: '' })),
    };
  const choices = people.map(({ id, name }) => ({ value: String(id), label: name }));
  return { ...common, kind: 'choice', value: own && String(own.id), choices };
}

/** Who was chosen, by id where that is known: names need not be one person's. */
function chosen(said: string | undefined, { people }: Around): string | undefined {
  const named = people.filter(({ name }) => name === said);
  return named.length === 1 ? String(named[0]?.id) : said;
}

const timeFields = ({ day, from, to }: Place, required: boolean): Field[] => [
  { name: 'date', label: 'Day', kind: 'date', value: day, required: true },
  { name: 'from', label: 'From', kind: 'time', value: from, required },
  { name: 'to', label: 'To', kind: 'time', value: to },
];

const ANYWAY: Field = { name: 'anyway', label: 'Even if busy then', kind: 'check' };

interface Said {
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Times as the tools take them: moments with their offset, or the day alone. */
function whenSaid({ date = '', from = '', to = '' }: Said, { timeZone: zone }: Schedule): Record<string, unknown> {
  if (from === '') return { date };
  return {
    start: instantAt({ date, time: from, zone }),
    end: to === '' ? undefined : instantAt({ date, time: to, zone, after: from }),
  };
}

const nameOf = (id: unknown, people: readonly Person[]): string =>
  people.find((person) => String(person.id) === String(id))?.name ?? String(id);

/** When something is to be, of the arguments of a call. */
const whenWords = ({ start, end, date }: Input): string =>
  [start ?? date, end].filter((part) => part !== undefined).join(' to ');

/** Moves an entry: shows what would change before it does. @param to where it was dropped; without it the person says where */
export function moveForm(entry: Entry, around: Around, to?: Place): Act {
  const { schedule, people } = around;
  const times = timesOf(entry);
  const was: Place = {
    day: times === undefined ? (entry.day ?? '') : dateIn(times.start),
    from: times && timeIn(times.start),
    to: times && timeIn(times.end),
    memberId: entry.memberId,
  };
  const wanted = { ...was, ...to };
  return {
    tool: 'update_schedule_entry',
    title: 'Move entry',
    preview: true,
    begins: to !== undefined,
    fields: [...timeFields(wanted, times !== undefined), memberField(around, wanted.memberId), ANYWAY],
    input: ({ date, from, to: until, member, anyway }) => {
      const stays = date === was.day && from === (was.from ?? '') && until === (was.to ?? '');
      const who = chosen(member, around);
      return {
        entryId: entry.id,
        // What stays is not sent: an hour that the clocks repeat keeps its place.
        ...(!stays && whenSaid({ date, from, to: until }, schedule)),
        member: who === String(entry.memberId) ? undefined : who,
        allowConflicts: anyway === 'true' || undefined,
      };
    },
    words: (given) => {
      const when = whenWords(given);
      const who = given.member === undefined ? '' : ` to ${nameOf(given.member, people)}`;
      return `Move schedule entry ${entry.id} (${labelOf(entry).title})${who}${when === '' ? '' : `, ${when}`}.`;
    },
  };
}

/** Says that an entry is done. */
export const doneForm = (entry: Entry): Act => ({
  tool: 'update_schedule_entry',
  title: 'Mark as done',
  preview: true,
  input: () => ({ entryId: entry.id, done: true }),
  words: () => `Mark schedule entry ${entry.id} (${labelOf(entry).title}) as done.`,
});

/** Puts somebody on a ticket, or on something else, at a time. */
export const addForm = (place: Place, around: Around): Act => ({
  tool: 'schedule_work',
  title: 'Schedule work',
  preview: true,
  fields: [
    { name: 'ticket', label: 'Ticket', kind: 'text', hint: 'Number' },
    { name: 'title', label: 'or something else', kind: 'text', hint: 'Vacation, Team meeting...' },
    memberField(around, place.memberId),
    ...timeFields(place, false),
    ANYWAY,
  ],
  input: ({ ticket = '', title, member, date, from, to, anyway }) => ({
    // As it was typed, where it is no number: the server says what it should be.
    ticketId: /^\D*(\d+)/.exec(ticket)?.[1] ?? ticket,
    title,
    member: chosen(member, around),
    ...whenSaid({ date, from, to }, around.schedule),
    allowConflicts: anyway === 'true' || undefined,
  }),
  words: (given) => {
    const { ticketId, title, member } = given;
    const what = ticketId === '' || ticketId === undefined ? String(title) : `ticket ${ticketId}`;
    return `Schedule ${nameOf(member, around.people)} for ${what}, ${whenWords(given)}.`;
  },
});

import type { DateTime } from 'luxon';
import { stamp } from '../store/memory-collection.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The provider's office hours as moments. Days and hours are worked out once each: asking the zone's rules for every one of a
 * hundred thousand moments would take longer than everything else.
 */
export class WorkCalendar {
  readonly #now: DateTime;
  readonly #hours = new Map<number, number>();
  readonly #stamps = new Map<number, string>();

  constructor(now: DateTime) {
    this.#now = now;
  }

  /** An hour of the last weekday that is at least `daysAgo` days back and wholly over; in milliseconds. */
  hour(daysAgo: number, hour: number): number {
    const key = daysAgo * 24 + hour;
    const known = this.#hours.get(key);
    if (known !== undefined) return known;
    let day = this.#now.minus({ days: daysAgo });
    const at = (): DateTime => day.set({ hour, minute: 0, second: 0, millisecond: 0 });
    while (day.weekday > 5 || at().toMillis() + HOUR > this.#now.toMillis()) day = day.minus({ days: 1 });
    const found = at().toMillis();
    this.#hours.set(key, found);
    return found;
  }

  /** A moment as Manage writes it. */
  stamp(at: number): string {
    // Whole seconds are small enough numbers to be found fast.
    const second = Math.floor(at / 1000);
    const known = this.#stamps.get(second);
    if (known !== undefined) return known;
    const made = stamp(new Date(at));
    this.#stamps.set(second, made);
    return made;
  }
}

export { HOUR, MINUTE };

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
  readonly #days = new Map<number, DateTime>();
  readonly #stamps = new Map<number, string>();

  constructor(now: DateTime) {
    this.#now = now;
  }

  /** An hour of the last weekday that is at least `daysAgo` days back and wholly over; in milliseconds. */
  hour(daysAgo: number, hour: number): number {
    const key = daysAgo * 24 + hour;
    const known = this.#hours.get(key);
    if (known !== undefined) return known;
    let back = daysAgo;
    let day = this.#day(back);
    while (day.weekday > 5 || this.#at(day, hour) + HOUR > this.#now.toMillis()) {
      back += 1;
      day = this.#day(back);
    }
    const found = this.#at(day, hour);
    this.#hours.set(key, found);
    return found;
  }

  #day(back: number): DateTime {
    const known = this.#days.get(back);
    if (known !== undefined) return known;
    const made = this.#now.minus({ days: back });
    this.#days.set(back, made);
    return made;
  }

  /** An hour of a day's wall clock, in milliseconds. Clocks change at night, so the offset found on the way is that of the hour. */
  #at({ year, month, day, zone }: DateTime, hour: number): number {
    const asUtc = Date.UTC(year, month - 1, day, hour);
    const guess = asUtc - zone.offset(asUtc) * MINUTE;
    return asUtc - zone.offset(guess) * MINUTE;
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

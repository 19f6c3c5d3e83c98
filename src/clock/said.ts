import type { DateTime } from 'luxon';

/** A day as it was said; which one it is depends on the direction of the argument. */
export type SaidDay =
  | {
      readonly kind: 'date';
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly weekday?: number;
    }
  | { readonly kind: 'yearless'; readonly month: number; readonly day: number; readonly weekday?: number }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which?: 'last' | 'next'; readonly week?: number }
  | { readonly kind: 'dayOfMonth'; readonly day: number }
  /** One of these days, which come round again: "end of the week", "last Friday of the month". */
  | { readonly kind: 'recurring'; readonly days: readonly DateTime<true>[] };

export interface SaidTime {
  readonly hour: number;
  readonly minute: number;
  /** "24:00": the midnight at the end of the day. */
  readonly endOfDay?: boolean;
  /** "EOD", "COB": where only a day counts, it is that day. */
  readonly isClose?: boolean;
  /** "Midnight", which beside a day is at either end of it. */
  readonly isMidnight?: boolean;
  /** Said so that no other half of the day can be meant: with am or pm, as "noon", or in 24 hours. */
  readonly certain: boolean;
  /** Minutes east of UTC, where the text says so. */
  readonly offset?: number;
}

export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night';

/** One phrase, recognised once: a moment, a day, a part of a day, several days in a row, or a month. */
export interface Said {
  readonly text: string;
  readonly day?: SaidDay;
  /** The last day of "9-13 November". */
  readonly lastDay?: SaidDay;
  readonly time?: SaidTime;
  readonly part?: DayPart;
  /** Exactly this moment: "2 hours ago", ISO with an offset. */
  readonly instant?: DateTime<true>;
  /** The zone in whose clock it is said, where the text names one. */
  readonly zone?: string;
  readonly month?: { readonly year?: number; readonly month: number };
  /** What is said beside it and was not understood. */
  readonly rest?: string;
  /** More times or days than one. */
  readonly several?: boolean;
}

/** From one moment or day to another. */
export interface SaidRange {
  readonly start: Said;
  readonly end: Said;
}

export interface PhraseOptions {
  /** The present, in the zone whose wall clock is meant. */
  readonly now: DateTime;
  /** The argument that carries the text; errors name it. */
  readonly argument: string;
  /** Whether it may be several days: what to send instead can be a range then. */
  readonly takesRange?: boolean;
}

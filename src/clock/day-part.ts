import type { Period } from './calendar-words.ts';
import { bare, dayAt, namesDay } from './moment.ts';
import { type ReadOptions, recognise } from './recognise.ts';

/** When the parts of a working day are, as people mean them who say when they worked; hours of the wall clock. */
const PARTS = { morning: [8, 12], afternoon: [12, 17], evening: [17, 21] } as const;

const PART = /\b(morning|afternoon|evening)\b/i;

/**
 * A part of a day that somebody said instead of a time: "this morning", "yesterday afternoon", "Monday evening". Half-open, on
 * the wall clock of `now`'s zone. `undefined` when the text is no such thing, or names a time ("this morning at 9").
 */
export function readDayPart(said: string, options: ReadOptions): Period | undefined {
  const text = bare(said).toLowerCase();
  const part = PART.exec(text)?.[1] as keyof typeof PARTS | undefined;
  if (part === undefined || recognise(text, options)[0]?.start.isCertain('hour') === true) return undefined;
  const rest = text
    .replace(PART, '')
    .replace(/\b(this|in the|the|on|during|today)\b/g, '')
    .trim();
  if (rest !== '' && !namesDay(rest, options)) return undefined;
  const day = rest === '' ? (options.day ?? options.now).startOf('day') : dayAt(rest, options);
  const [from, to] = PARTS[part];
  return { start: day.set({ hour: from }) as Period['start'], end: day.set({ hour: to }) as Period['end'] };
}

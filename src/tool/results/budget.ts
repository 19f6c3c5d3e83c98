import { isRecord } from '../../json.ts';
import { type Clean, clean, say } from '../../text/index.ts';

/** Longest text of a result, in characters; some hosts put longer ones aside. */
export const LONGEST_RESULT = 40_000;

/** A table in as few characters as a model can read it in: a header line, then a line a row, cells separated by ` | `. @param between what separates them: figures take fewer tokens without blanks */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[], between = ' | '): string {
  const cell = (value: unknown): string =>
    value === undefined || value === null
      ? ''
      : String(value)
          .replace(/\s*\|\s*/g, ' / ')
          .replace(/\s+/g, ' ');
  return [columns, ...rows.map((row) => row.map(cell))].map((cells) => cells.join(between)).join('\n');
}

/** `25 of 342 tickets; more with page: 2`. */
export function more(
  shown: number,
  noun: string,
  { total, page = 1, pageSize = shown }: { total: number | undefined; page?: number | undefined; pageSize?: number },
): string {
  if (total === undefined && shown === 0 && page > 1) return `0 ${noun} on page ${page}, which is behind the last one`;
  if (total === undefined)
    return shown < pageSize ? `${shown} ${noun}` : `${shown} ${noun}, and there may be more with page: ${page + 1}`;
  const last = Math.ceil(total / Math.max(pageSize, 1));
  if (shown === 0 && total > 0) return `${shown} of ${total} ${noun} on page ${page}; the last page is ${last}`;
  const rest = total > page * pageSize && shown > 0 ? `; more with page: ${page + 1}` : '';
  return `${shown} of ${total} ${noun}${rest}`;
}

/** Cuts a text to the budget, at a line's end, and says so. */
export function withinBudget(text: Clean, longest = LONGEST_RESULT): Clean {
  if (text.length <= longest) return text;
  const room = longest - 120;
  const end = text.lastIndexOf('\n', room);
  const kept = text.slice(0, end > room / 2 ? end : room);
  return say`${clean(kept)}\n[cut: ${text.length - kept.length} of ${text.length} characters left out; ask for fewer rows or a smaller part]`;
}

/** An escape such as `\\u200b`, and the longest number. */
const LONGEST_CHARACTER = 6;
const LONGEST_NUMBER = 25;

/**
 * What is left of so many characters when a value is written as JSON, each of its characters counted as the longest escape: below
 * zero when it might not fit. Most results surely do, and need not be written just to be measured.
 */
function roomLeft(value: unknown, room: number): number {
  if (room < 0) return room;
  if (typeof value === 'string') return room - value.length * LONGEST_CHARACTER - 3;
  if (typeof value !== 'object' || value === null) return room - LONGEST_NUMBER;
  if ('toJSON' in value) return -1;
  let left = room - 3;
  for (const [key, member] of Object.entries(value)) left = roomLeft(member, left - key.length * LONGEST_CHARACTER - 4);
  return left;
}

/** Lists of a structured result are shortened, the longest by half first, until it fits its budget; `cut` says which and by how much. */
export function structuredWithinBudget(
  value: Record<string, unknown>,
  longest = LONGEST_RESULT,
): Record<string, unknown> {
  if (roomLeft(value, longest) >= 0) return value;
  const sizes = new Map(
    Object.entries(value)
      .filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > 1)
      .map(([name, list]) => [name, list.map((item) => (JSON.stringify(item) ?? 'null').length + 1)]),
  );
  const sizeOf = (name: string): number => sizes.get(name)?.reduce((sum, size) => sum + size, 1) ?? 0;
  const others = Object.entries(value).filter(([name]) => !sizes.has(name));
  const base = JSON.stringify(Object.fromEntries(others)).length;
  const total = (): number => [...sizes.keys()].reduce((sum, name) => sum + sizeOf(name) + name.length + 4, base);
  const cut: Record<string, number> = isRecord(value.cut) ? { ...(value.cut as Record<string, number>) } : {};
  if (total() <= longest) return value;
  while (total() > longest) {
    const [name, list] =
      [...sizes].filter(([, items]) => items.length > 1).sort(([a], [b]) => sizeOf(b) - sizeOf(a))[0] ?? [];
    if (name === undefined || list === undefined) return { cut: 'The result is too long; ask for a smaller part.' };
    const kept = list.slice(0, Math.floor(list.length / 2));
    cut[name] = (cut[name] ?? 0) + list.length - kept.length;
    sizes.set(name, kept);
  }
  const kept = Object.entries(value).map(([name, member]) => [
    name,
    sizes.has(name) ? (member as unknown[]).slice(0, sizes.get(name)?.length) : member,
  ]);
  return { ...Object.fromEntries(kept), cut };
}

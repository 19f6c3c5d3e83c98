import { active, type Named } from './kind.ts';
import { answersTo, folded } from './match.ts';

const MOST = 50;

/** The active records that a text which somebody types may become, those whose name begins with it first. */
export function suggested(text: string, rows: readonly Named[]): readonly Named[] {
  const sought = folded(text);
  const has = (row: Named, test: (name: string) => boolean): boolean => answersTo(row).map(folded).some(test);
  const found = active(rows).filter((row) => text === '' || has(row, (name) => name.includes(sought)));
  const begins = (row: Named): boolean => has(row, (name) => name.startsWith(sought));
  return [...found.filter(begins), ...found.filter((row) => !begins(row))].slice(0, MOST);
}

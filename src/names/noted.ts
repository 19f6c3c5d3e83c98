import type { Named } from './kind.ts';
import { answersTo, sameName } from './match.ts';
import type { Resolved } from './names.ts';
import { asSaid, digitsSaid } from './said.ts';

/** What an answer says of a record whose name was not said. */
export function noted(record: Named, given: string, found: readonly Named[] = []): Resolved {
  const others = found.filter(({ id }) => id !== record.id);
  const not =
    others.length === 0
      ? ''
      : `, not ${others
          .slice(0, 3)
          .map(({ label, hint }) => (label === record.label && hint !== undefined ? `${label} (${hint})` : label))
          .join(' or ')}`;
  return { ...record, note: `took ${record.label} for ${JSON.stringify(given)}${not}` };
}

/** Whether a record was taken for a text that is neither its name nor its id: another one may be called so by now. */
export function isGuess(given: string, found: Named): boolean {
  const { id, text } = asSaid(given);
  return id === undefined && digitsSaid(text) === undefined && !answersTo(found).some((name) => sameName(name, text));
}

import type { Named } from './kind.ts';
import type { Resolved } from './names.ts';

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

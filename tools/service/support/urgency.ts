import type { Named } from '../../../src/names/index.ts';

/** Words for how pressing something is, for installations that call their priorities otherwise. */
const HIGHEST = /^(urgent|very urgent|emergency|critical|asap|highest|top|blocker|immediate(ly)?|down)$/i;
const HIGH = /^(high|important|pressing|major)$/i;
const LOWEST = /^(low|lowest|minor|trivial|whenever|not urgent|no rush|no hurry)$/i;
const USUAL = /^(normal|standard|regular|usual|default|medium|routine)$/i;

const orderOf = ({ record }: Named): number => Number(record.sortOrder ?? Number.MAX_SAFE_INTEGER);

/**
 * The priority that a word such as "urgent" means where none is called so: the most or least pressing by the installation's
 * own sort order, or its default. Nothing for other words.
 */
export function byUrgency(text: string, priorities: readonly Named[]): readonly Named[] {
  const ordered = [...priorities].sort((a, b) => orderOf(a) - orderOf(b));
  const word = text.trim().replace(/^(it'?s|is)\s+/i, '');
  const [first, second] = ordered;
  if (HIGHEST.test(word)) return first === undefined ? [] : [first];
  if (HIGH.test(word)) return ordered.slice(second === undefined ? 0 : 1, 2);
  if (LOWEST.test(word)) return ordered.slice(-1);
  return USUAL.test(word) ? ordered.filter(({ record }) => record.defaultFlag === true).slice(0, 1) : [];
}

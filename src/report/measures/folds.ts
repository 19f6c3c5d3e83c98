import type { Counted, Fold } from '../measure.ts';

const FOLDS: readonly (readonly [Fold, string, string])[] = [
  ['average', '', 'average'],
  ['median', ':median', 'median'],
  ['p90', ':p90', '90th percentile'],
  ['max', ':max', 'longest'],
];

/** A length of time as its average, median, 90th percentile and maximum. */
export const folded = (measure: Omit<Counted, 'fold'>): readonly Counted[] =>
  FOLDS.map(([fold, suffix, word]) => ({
    ...measure,
    fold,
    name: `${measure.name}${suffix}`,
    aliases: [
      ...(measure.aliases ?? []).map((alias) => `${alias}${suffix}`),
      ...(fold === 'max' && measure.name === 'age' ? ['oldest ticket', 'oldest', 'oldest open ticket'] : []),
    ],
    says: `${word} of ${measure.says}`,
    foldOf: { name: measure.name, word, says: measure.says },
  }));

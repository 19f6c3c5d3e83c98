import { closest } from '../../api/closest.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import { bareTerm } from '../dimensions.ts';
import { type Derived, divided, isDerived, type Measure, partsOf, percent } from '../measure.ts';
import { businessMeasures } from './business.ts';
import { entryMeasures } from './entry-delay.ts';
import { moneyMeasures } from './money.ts';
import { ticketMeasures } from './tickets.ts';
import { allTimeMeasures } from './time.ts';

/** What the definitions need to know of the site and the report. */
export interface Setting {
  /** The number of the calendar day of a moment, in the zone of the report. */
  dayOf(moment: number): number;
  /** Ids of the work types that stand for time off. */
  readonly leave: ReadonlySet<number>;
  /** The hourly cost of a member; `NaN` where there is none. */
  costOf(member: number): number;
  /** Days of the period, up to now where it is not over; known once the period is. */
  days(): number;
}

/** Every measure, by its one definition. */
export const measuresFor = ({ dayOf, leave, costOf, days }: Setting): readonly Measure[] => [
  ...ticketMeasures(dayOf),
  ...allTimeMeasures(leave),
  ...entryMeasures,
  ...moneyMeasures({ leave, costOf, dayOf, days }),
  ...businessMeasures(dayOf),
];

const FOLD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(average|avg|mean)[\s:]+(?:of )?(?:the )?/i, ':average'],
  [/^median[\s:]+(?:of )?(?:the )?/i, ':median'],
  [/^(?:p90|90th percentile)[\s:]+(?:of )?(?:the )?/i, ':p90'],
  [/^(?:max|maximum|longest|oldest)[\s:]+(?:of )?(?:the )?/i, ':max'],
];

/** `average response time`, `responseHours:avg` and `response_time:mean` in one form. */
function spelt(said: string): string {
  const prefix = FOLD_WORDS.find(([pattern]) => pattern.test(said.trim()));
  const text = prefix === undefined ? said : `${said.trim().replace(prefix[0], '')}${prefix[1]}`;
  return bareTerm(text)
    .replace(/:(avg|average|mean)$/, '')
    .replace(/:(maximum|longest|oldest)$/, ':max')
    .replace(/:(90|p90th|90th|90thpercentile)$/, ':p90');
}

/** Words that say nothing of which measure is meant. */
const FILLERS: ReadonlySet<string> = new Set(
  'ticket tickets count number of the total rate score value amount percentage percent level all my our time times'.split(
    ' ',
  ),
);
const FOLDS: Readonly<Record<string, string>> = {
  median: ':median',
  p90: ':p90',
  max: ':max',
  maximum: ':max',
  longest: ':max',
  oldest: ':max',
  average: '',
  avg: '',
  mean: '',
};

/** The words of a name in any order and number: `resolutionHours` and "resolution hours" are the same two. */
function wordsOf(name: string): { words: string; fold: string } {
  const all = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/utilisation/g, 'utilization')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const fold = all.flatMap((word) => FOLDS[word] ?? [])[0] ?? '';
  const left = all.filter((word) => !FILLERS.has(word) && FOLDS[word] === undefined);
  return {
    words: left
      .map((word) => word.replace(/s$/, ''))
      .sort()
      .join(' '),
    fold,
  };
}

/** The one measure whose name or other name has the same words, fillers apart. */
function sameWords(said: string, measures: readonly Measure[]): Measure | undefined {
  const { words, fold } = wordsOf(said);
  if (words === '') return undefined;
  const found = measures.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((one) => {
      const own = wordsOf(one);
      return own.words === words && own.fold === fold;
    }),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** All names, as one text: there are more of them than an error lists apart. */
export const namesOf = (measures: readonly Measure[]): readonly Clean[] => [
  joined(
    measures.filter(({ name }) => !name.includes(':')).map(({ name }) => cleanLine(name)),
    ' ',
  ),
];

const exactly = (form: string, measures: readonly Measure[]): Measure | undefined =>
  measures.find(({ name, aliases = [] }) => [name, ...aliases].some((one) => bareTerm(one) === form));

function single(said: string, measures: readonly Measure[]): Measure {
  const word = spelt(said);
  const forms = [
    bareTerm(said),
    word,
    word.replace(/^(number|count|amount|sum|total)(of)?/, ''),
    word.replace(/s$/, ''),
    `${word}s`,
  ];
  for (const form of forms) {
    const found = exactly(form, measures);
    if (found !== undefined) return found;
  }
  const meant = sameWords(said, measures);
  if (meant !== undefined) return meant;
  const names = measures.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((word) => [word, name] as const));
  const near = [
    ...new Set(
      closest(
        said,
        names.map(([word]) => word),
        6,
      ).map((word) => names.find(([one]) => one === word)?.[1]),
    ),
  ].slice(0, 3);
  const hint = near.length === 0 ? say`` : say` Did you mean ${joined(near.map(cleanLine), ' or ')}?`;
  throw new ToolInputError('measures', say`There is no measure "${cleanLine(said)}".${hint}`, {
    allowed: namesOf(measures),
    next: say`run_report runs Manage's own reports; the search tools group and sum by any field.`,
  });
}

/** Two measures over the same keys, divided. */
function ratio(top: Measure, bottom: Measure): Derived {
  const says = `${top.name} (${top.says}) / ${bottom.name} (${bottom.says})`;
  const about = { name: `${top.name}/${bottom.name}`, of: [top, bottom] };
  // One of hours, tickets or amounts over another of the same is a share, and told as every share is: in percent and points. Tickets
  // over devices are none.
  const schemas = new Set([top, bottom].flatMap(partsOf).map(({ collection }) => collection.schema));
  const isShare = top.unit === bottom.unit && ['hours', 'number', 'money'].includes(top.unit);
  if (isShare && (top.unit !== 'number' || schemas.size === 1))
    return { ...about, says: `${says}, in percent`, unit: 'percent', combine: percent };
  return {
    ...about,
    says,
    unit: top.unit === 'money' ? 'money' : 'rate',
    combine: ([left, right]) => divided(left, right),
  };
}

/** "Share of revenue", "% of total revenue", "revenue share". */
const SHARE = /^(?:(?:the )?(?:share|percent|percentage|part)|%) of (?:the )?(?:total |all )?(.+)$/i;
const SHARE_AFTER = /^(.+?)(?: share| (?:as )?(?:%|percent|percentage) of (?:the )?total)$/i;

/** What a group is of the total of all groups, in percent. @throws {ToolInputError} where groups do not add up to a total */
function shareOf(measure: Measure): Derived {
  if (isDerived(measure) || measure.fold !== 'sum')
    throw new ToolInputError(
      'measures',
      say`${cleanLine(measure.name)} does not add up over groups, so there is no share of it. A share is of a count or a sum, such as "share of billed".`,
    );
  return {
    name: `share of ${measure.name}`,
    says: `${measure.name} (${measure.says}) of a group / of all groups together, in percent`,
    unit: 'percent',
    of: [measure],
    isShare: true,
    combine: percent,
  };
}

/** Sums, differences and products, which nothing here works out. A hyphen within a word is part of a name. */
const ARITHMETIC = /[+*×]|\s[-–−]\s/;

/**
 * The measure that somebody names: `hours`, `first response time`, `MRR`, `median age`, or two with `/` or "per" between them. A `/`
 * always divides, so `billable/hours` is never the measure "billable hours". "Share of" one is what a group is of all groups.
 * @throws {ToolInputError} with the closest for one that does not exist
 */
export function measureNamed(said: string, measures: readonly Measure[]): Measure {
  const shared = (SHARE.exec(said.trim()) ?? SHARE_AFTER.exec(said.trim()))?.[1];
  if (shared !== undefined && exactly(spelt(said), measures) === undefined) return shareOf(single(shared, measures));
  const isDivision = /[/÷]/.test(said);
  const [top, bottom, more] = said.split(isDivision ? /[/÷]/ : /\s+per\s+/i);
  if ((isDivision && (!top?.trim() || !bottom?.trim() || more !== undefined)) || ARITHMETIC.test(said))
    throw new ToolInputError(
      'measures',
      say`"${cleanLine(said)}" is not a ratio. A ratio is two measures, such as "hours/closed".`,
    );
  if (top === undefined || bottom === undefined || more !== undefined) return single(said, measures);
  const plain = top.replace(/^\s*(?:the )?(?:average|avg|mean|number of)\s+(?:of )?/i, '');
  // "revenue per hour" is a measure by itself.
  const whole = isDivision ? undefined : exactly(spelt(said), measures);
  return whole ?? ratio(single(plain, measures), single(bottom, measures));
}

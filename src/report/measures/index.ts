import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import { type Derived, divided, isDerived, type Measure, partsOf, percent } from '../measure.ts';
import { businessMeasures } from './business.ts';
import { entryMeasures } from './entry-delay.ts';
import { hoursOf } from './hours-of.ts';
import { moneyMeasures } from './money.ts';
import { exactly, single, spelt } from './named.ts';
import { sheetMeasures } from './sheets.ts';
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
  /** Ids of the expense types whose amount is a distance. */
  readonly distances: ReadonlySet<number>;
  /** Days of the period, up to now where it is not over; known once the period is. */
  days(): number;
}

/** Every measure, by its one definition. */
export const measuresFor = ({ dayOf, leave, costOf, distances, days }: Setting): readonly Measure[] => [
  ...ticketMeasures(dayOf),
  ...allTimeMeasures(leave),
  ...entryMeasures,
  ...hoursOf,
  ...sheetMeasures,
  ...moneyMeasures({ leave, costOf, distances, dayOf, days }),
  ...businessMeasures(dayOf),
];

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

/** What goes by the name of a measure and is in percent by itself: `billableShare` of `billable`, which "share of" it may have meant. */
const ownRatios = ({ name }: Measure, measures: readonly Measure[]): readonly Measure[] =>
  measures.filter((one) => one.name !== name && one.name.startsWith(name) && isDerived(one) && one.unit === 'percent');

/**
 * What a group is of the total of all groups, in percent; its words name the measure's own ratios, which are something else.
 * @throws {ToolInputError} where groups do not add up to a total
 */
function shareOf(measure: Measure, measures: readonly Measure[]): Derived {
  if (isDerived(measure) || measure.fold !== 'sum')
    throw new ToolInputError(
      'measures',
      say`${cleanLine(measure.name)} does not add up over groups, so there is no share of it. A share is of a count or a sum, such as "share of billed".`,
    );
  const ratios = ownRatios(measure, measures).map(({ name, says }) => ({
    name,
    what: says.replace(/, in percent$/, ''),
  }));
  return {
    name: `share of ${measure.name}`,
    says: [
      `${measure.name} (${measure.says}) of a group / of all groups together, in percent`,
      ...ratios.map(({ name, what }) => `for ${what} ask ${name}`),
    ].join('; '),
    // The part of the same measure first; what its divisor is exactly, `explain` tells.
    orMeant: ratios
      .toSorted((a, b) => Number(b.name.endsWith('Share')) - Number(a.name.endsWith('Share')))
      .map(({ name, what }) => `${what.replace(/ \([^)]*\)/g, '')}: ${name}`)
      .join('; '),
    unit: 'percent',
    of: [measure],
    isShare: true,
    combine: percent,
  };
}

/** Sums and products, which nothing here works out, and differences of more than two. */
const ARITHMETIC = /[+*×]|\s[-–−]\s/;

/** A hyphen within a word is part of a name. */
const LESS = /\s(?:[-–−]|minus|less)\s/i;

/** Two measures over the same keys, the second taken off the first. @throws {ToolInputError} for hours less dollars */
function difference(left: Measure, right: Measure): Derived {
  const name = `${left.name} - ${right.name}`;
  if (left.unit !== right.unit)
    throw new ToolInputError(
      'measures',
      say`"${cleanLine(name)}" is of two kinds, which are not taken off each other.`,
    );
  return {
    name,
    says: `${left.name} (${left.says}) - ${right.name} (${right.says})`,
    unit: left.unit,
    of: [left, right],
    combine: ([whole, part]) => (whole === undefined || part === undefined ? undefined : whole - part),
  };
}

/** Both sides of `newMrr - lostMrr`, and of `newMrr-lostMrr` where each is a name; `undefined` for what is no difference. */
function sidesOf(said: string, measures: readonly Measure[]): readonly [string, string] | undefined {
  const sides = LESS.test(said) ? said.split(LESS) : said.split(/[-–−]/);
  const [left, right, more] = sides;
  if (left === undefined || right === undefined || more !== undefined || /[/÷]/.test(said)) return undefined;
  if (LESS.test(said)) return [left, right];
  const areNames = sides.every((side) => exactly(spelt(side), measures) !== undefined);
  return areNames && exactly(spelt(said), measures) === undefined ? [left, right] : undefined;
}

/**
 * The measure that somebody names: `hours`, `first response time`, `MRR`, `median age`, or two with `/`, "per" or `-` between them. A `/`
 * always divides, so `billable/hours` is never the measure "billable hours". "Share of" one is what a group is of all groups.
 * @throws {ToolInputError} with the closest for one that does not exist
 */
export function measureNamed(said: string, measures: readonly Measure[]): Measure {
  const shared = (SHARE.exec(said.trim()) ?? SHARE_AFTER.exec(said.trim()))?.[1];
  if (shared !== undefined && exactly(spelt(said), measures) === undefined)
    return shareOf(single(shared, measures), measures);
  const sides = sidesOf(said, measures);
  if (sides !== undefined) return difference(single(sides[0], measures), single(sides[1], measures));
  const isDivision = /[/÷]/.test(said);
  const [top, bottom, more] = said.split(isDivision ? /[/÷]/ : /\s+per\s+/i);
  if ((isDivision && (!top?.trim() || !bottom?.trim() || more !== undefined)) || ARITHMETIC.test(said))
    throw new ToolInputError(
      'measures',
      say`"${cleanLine(said)}" is neither a ratio nor a difference. Those are two measures, such as "hours/closed" and "newMrr - lostMrr".`,
    );
  if (top === undefined || bottom === undefined || more !== undefined) return single(said, measures);
  const plain = top.replace(/^\s*(?:the )?(?:average|avg|mean|number of)\s+(?:of )?/i, '');
  // "revenue per hour" is a measure by itself.
  const whole = isDivision ? undefined : exactly(spelt(said), measures);
  return whole ?? ratio(single(plain, measures), single(bottom, measures));
}

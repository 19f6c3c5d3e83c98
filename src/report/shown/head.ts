import { DateTime } from 'luxon';
import { withoutZone } from '../../clock/index.ts';
import type { WhereEntry } from '../../query/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import { filterSaid } from '../filters/group-filters.ts';
import { dimensionOf } from '../groups/keys.ts';
import { shownChange } from '../groups/values.ts';
import { isDerived, isState } from '../measure.ts';
import { isOfTime } from '../question.ts';
import type { Report } from '../report.ts';
import { eachCurrency, inUnit, shownIn } from './in-unit.ts';

/** The dates of a period; of the present the minute is enough. */
const dates = (echo: string): Clean => cleanLine(echo.replace(/(\d\d:\d\d):\d\d/g, '$1'));

/**
 * The moment at which is counted what stands: now, or the end of a period that is over. What was read before now is known as of then
 * only.
 */
function momentIn({ period, now, zone, parts, counted }: Report): Clean {
  const isOver = period.end.toMillis() <= now && parts.some(isState);
  const at = Math.min(now, ...counted.reads.map((read) => read.at));
  return isOver ? endSaid(period.end) : minuteSaid(DateTime.fromMillis(at, { zone }));
}

const minuteSaid = (at: DateTime): Clean => cleanLine(at.setLocale('en-GB').toFormat('ccc d LLL yyyy HH:mm'));

/** The end of a period that is over: midnight is the end of a day. */
const endSaid = (at: DateTime): Clean =>
  +at === +at.startOf('day')
    ? say`the end of ${cleanLine(at.minus({ days: 1 }).setLocale('en-GB').toFormat('ccc d LLL yyyy'))}`
    : minuteSaid(at);

/** Names that are listed one by one. */
const MOST_NAMES = 5;

const namesIn = (taken: ReadonlySet<string>): readonly Clean[] => {
  const names = [...taken].map(cleanLine);
  return names.length <= MOST_NAMES ? names : [...names.slice(0, MOST_NAMES), say`${names.length - MOST_NAMES} more`];
};

/** A filter on a field as it was said; of several each, with how they belong together. */
function entrySaid({ field, op = 'eq', value, any, all }: WhereEntry): Clean {
  const parts = any ?? all;
  if (parts !== undefined) return say`(${joined(parts.map(entrySaid), any === undefined ? ' and ' : ' or ')})`;
  return joined([cleanLine(field), cleanLine(op), cleanLine(Array.isArray(value) ? value.join(', ') : value)], ' ');
}

/** What the report is narrowed to, as it was said. */
function narrowedTo({ filters }: Report): Clean | undefined {
  const said = [
    ...filters.dimensions.map(({ dimension, values, negated, none, taken, had }) => {
      const what = none ? say`none` : joined(values.map(cleanLine), ' or ');
      const meant = taken.size === 0 ? say`` : say` (${joined(namesIn(taken), ', ')})`;
      const without = values.filter((value) => had.get(value) === false);
      const lacks = negated && without.length > 0 ? say` (none has ${joined(without.map(cleanLine), ' or ')})` : say``;
      return say`${cleanLine(dimension)}${negated ? ' not' : ''} ${what}${meant}${lacks}`;
    }),
    ...filters.fields.map(entrySaid),
    ...filters.ages.map(({ said }) => said),
  ];
  return said.length === 0 ? undefined : say`Only: ${joined(said, '; ')}.`;
}

/**
 * What a share of the total may have been asked for in place of: a measure's own ratio, or its part of another measure where nothing
 * is split and the share is all there is.
 */
function sharesSaid({ measures, splits }: Report): Clean | undefined {
  const said = measures.flatMap((measure) => {
    if (!isDerived(measure) || measure.isShare !== true) return [];
    const whole = measure.name.replace(/^share of /, '');
    const other = splits.length === 0 ? `"${whole}/b": its part of another measure b` : '';
    const meant = measure.orMeant || other;
    return meant === ''
      ? []
      : [say`${cleanLine(measure.name)}: what a group is of all ${cleanLine(whole)}. ${cleanLine(meant)}.`];
  });
  return said.length === 0 ? undefined : joined(said, ' ');
}

/** What was counted and when, what it is narrowed to, and the values of all groups together. */
export function headOf(report: Report): Clean {
  const { period, isNow, comparison, totals, byCurrency, measures, splits, parts, now } = report;
  const moment = momentIn(report);
  const isAtEnd = parts.some(isState) && !splits.some((split) => isOfTime(split) && dimensionOf(split) !== 'age');
  const usual = period.byDefault === undefined ? say`` : say`${cleanLine(period.byDefault)} by default, `;
  const isOver = period.end.toMillis() <= now;
  const running = period.end.toMillis() > now && period.start.toMillis() < now && period.byDefault !== 'all time';
  const which = period.byDefault === 'all time' ? say`all time` : say`${usual}${dates(period.echo)}`;
  const span = isNow
    ? say`As of ${moment} (${cleanLine(report.zone)})`
    : say`Period: ${which}${running ? ', not over yet' : ''}${isAtEnd ? say`; what stands is as of ${isOver ? say`its end` : moment}` : say``}`;
  const against =
    comparison === undefined
      ? say``
      : say`; before: ${isNow ? say`as of ${endSaid(comparison.end)}` : dates(withoutZone(comparison.echo))}`;
  const shown = shownIn(report);
  const told = measures.map((measure, index) => {
    const { name, unit } = measure;
    const value = eachCurrency({ line: totals, byCurrency }, { measure, index }, ({ values, before }, currency) => {
      const own = inUnit(report, shown(values[index], index), unit, currency);
      if (before === undefined) return own;
      const change = shownChange(values[index], before[index], unit);
      return say`${own} (before ${inUnit(report, shown(before[index], index), unit, currency)}, ${cleanLine(change)})`;
    });
    return say`${cleanLine(name)} ${value}`;
  });
  return lines([
    sharesSaid(report),
    say`${span}${against}.`,
    narrowedTo(report),
    say`In all: ${joined(told, ', ')}.`,
    report.only.length > 0 &&
      say`Shown: ${report.groups} of ${report.allGroups}, with ${joined(report.only.map(filterSaid), ' and ')}.`,
  ]);
}

import { DateTime } from 'luxon';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { dimensionOf } from '../groups/keys.ts';
import type { Sums } from '../groups/sums.ts';
import { areWhole, shownValue } from '../groups/values.ts';
import { isCount, isDerived, isToCome, type Measure, namesSaid, partsOf } from '../measure.ts';
import { isOfMembers, isOfTime } from '../question.ts';
import type { Report } from '../report.ts';
import { inUnit } from './in-unit.ts';

/** The folds of one thing, in the place of the first of them; each other measure alone. */
function byThing(measures: readonly Measure[]): readonly (readonly Measure[])[] {
  const things = new Map<string, Measure[]>();
  for (const measure of measures) {
    const name = (!isDerived(measure) && measure.foldOf?.name) || measure.name;
    things.set(name, [...(things.get(name) ?? []), measure]);
  }
  return [...things.values()];
}

function definitionOf(measures: readonly Measure[]): Clean {
  const [first] = measures;
  const folds = measures.flatMap((measure) => (isDerived(measure) ? [] : (measure.foldOf ?? [])));
  if (folds.length < 2) return say`${namesSaid(measures)}: ${cleanLine(first?.says)}.`;
  const words = joined(
    folds.map(({ word }) => cleanLine(word)),
    ', ',
  );
  return say`${cleanLine(folds[0]?.name)}: ${words} of ${cleanLine(folds[0]?.says)}.`;
}

/** An explanation in brackets, with the words that it explains. */
const BRACKETS = /(\S+) \(([^()]{20,})\)/g;

/** What measures mean, a sentence each: all of them, or those whose name alone does not tell. What one sentence explained the next does not. */
export function definitionsOf({ measures, period, now }: Report, all: boolean): readonly Clean[] {
  const isOver = period.end.toMillis() <= now;
  const told = measures.filter(
    (measure) => all || isDerived(measure) || measure.unit === 'percent' || measure.isExplained === true,
  );
  const explained = new Set<string>();
  return byThing(told).map((group) =>
    cleanLine(
      definitionOf(group)
        .replace(isOver ? ', up to today' : '', '')
        .replace(BRACKETS, (whole, word: string) => {
          if (explained.has(whole)) return word;
          explained.add(whole);
          return whole;
        }),
    ),
  );
}

/** How many records lack what measures need; once for those that lack the same. */
export function lackingNotes({ lacking }: Report): readonly Clean[] {
  const alike = new Map<string, { names: Set<string>; lacks: string; count: number; of: number }>();
  for (const { part, lacking: count, of } of lacking) {
    const { name, foldOf, lacks = 'a value' } = part;
    const key = `${count} ${of} ${lacks}`;
    const known = alike.get(key) ?? { names: new Set(), lacks, count, of };
    known.names.add(foldOf?.name ?? name);
    alike.set(key, known);
  }
  return [...alike.values()].map(({ names, lacks, count, of }) => {
    const all = joined([...names].map(cleanLine), ', ');
    return say`${all}: ${count} of ${of} lack ${cleanLine(lacks)} and are not in ${names.size === 1 ? 'it' : 'them'}.`;
  });
}

/** Ratios that come to nothing because what they divide by is 0 in all. */
export function dividedByNothingNotes({ measures, totals, counted, allParts }: Report): readonly Clean[] {
  return measures.flatMap((measure, index) => {
    const by = isDerived(measure) ? measure.of.at(-1) : undefined;
    // What divides by its last part has no value where that is 0; others, such as won / (won + lost), may.
    if (!isDerived(measure) || by === undefined || isDerived(by) || totals.values[index] !== undefined) return [];
    const isDivisor = measure.combine(measure.of.map((part) => Number(part !== by))) === undefined;
    const isNothing = counted.totals.all[allParts.indexOf(by)]?.value === 0;
    return isDivisor && isNothing
      ? [say`${cleanLine(measure.name)}: ${cleanLine(by.name)} comes to 0, so there is nothing to divide by.`]
      : [];
  });
}

/** Records that several groups have: of several people, devices or teams. */
export function doubledNote({ counted, splits, parts }: Report): Clean | undefined {
  if (!counted.isDoubled) return undefined;
  const has = (name: string): boolean => splits.some((split) => dimensionOf(split) === name);
  if (has('configuration'))
    return say`A ticket of several devices counts for each of them; in the total it counts once.`;
  if (has('team') && parts.some(isOfMembers))
    return say`A member of several teams counts for each of them; in the total once.`;
  if (has('assignee'))
    return say`A ticket that several are assigned to counts for each of them; in the total it counts once.`;
  return say`A ticket of several people (its owner, who is assigned) counts for each of them; in the total it counts once.`;
}

/** Whose team is meant: a member is in some, a ticket is given to one. Said where hours or people are told apart by it. */
export function teamNote({ splits, filters, measures, parts }: Report): Clean | undefined {
  const isAsked =
    splits.some((split) => dimensionOf(split) === 'team') ||
    filters.dimensions.some(({ dimension }) => dimension === 'team');
  if (!isAsked) return undefined;
  const isTheirs = (measure: Measure): boolean => partsOf(measure).some(isOfMembers);
  const [ofMembers, others] = [measures.filter(isTheirs), measures.filter((measure) => !isTheirs(measure))];
  if (ofMembers.length === 0)
    return parts.some(({ collection }) => collection.schema === 'TimeEntry')
      ? say`team: the one that the ticket is given to.`
      : undefined;
  const their = say`the teams of boards that members are in now`;
  if (others.length === 0) return say`team: ${their}.`;
  return say`team: ${their} for ${namesSaid(ofMembers)}; the one that the ticket is given to for ${namesSaid(others)}.`;
}

/** What counts whatever its date in an answer with a period that nobody said. */
export function farNote({ parts, period, isFarBeside }: Report): Clean | undefined {
  const far = parts.filter(({ openEnded }) => openEnded === true);
  if (!isFarBeside || far.length === 0) return undefined;
  return say`${namesSaid(far)}: all, whatever the date; the period is that of the others (${cleanLine(period.byDefault)}).`;
}

/** What counts beside the groups, by measure: amounts in their own currencies. */
function besides(report: Report, sums: Sums): readonly Clean[] {
  const { parts, allParts } = report;
  return parts.flatMap((part) => {
    const place = allParts.indexOf(part);
    const { count = 0, value } = sums.all[place] ?? {};
    if (count === 0) return [];
    const amountOf = (own: number | undefined, currency?: string): Clean =>
      inUnit(report, shownValue(own, part.unit, areWhole([own])), part.unit, currency);
    const apart = [...sums.byCurrency]
      .filter(([, folded]) => (folded[place]?.count ?? 0) > 0)
      .map(([currency, folded]) => amountOf(folded[place]?.value, currency));
    const isApart = part.unit === 'money' && apart.length > 0;
    const amount = isApart ? joined(apart, ' + ') : amountOf(value);
    return [say`${cleanLine(part.name)} ${isCount(part) ? amount : say`${count} more`}`];
  });
}

/** What is dated after today in a period that runs, which has not happened: agreements that end later this year. */
export function laterNote(report: Report): Clean | undefined {
  const told = besides(report, report.counted.laters);
  return told.length === 0 ? undefined : say`Dated after today and not in it: ${joined(told, ', ')}.`;
}

/** What is dated after today and counts, because the period begins today: tomorrow it would not, so it is said. */
export function comingNote({ parts, period, now, zone }: Report): Clean | undefined {
  const at = DateTime.fromMillis(now, { zone }) as DateTime<true>;
  const coming = parts.filter((part) => part.isForeseen === true && part.ahead !== true && isToCome(period, at));
  if (coming.length === 0 || period.start > at) return undefined;
  return say`${namesSaid(coming)}: with what is dated after today, because the period begins today.`;
}

/** What has no date and is in every period, where one is said: products that nobody has invoiced. */
export function datelessNote(report: Report): Clean | undefined {
  const isDated = report.period.byDefault === undefined || report.splits.some((split) => isOfTime(split));
  const told = besides(report, report.counted.dateless);
  if (told.length === 0 || !isDated) return undefined;
  return say`Without a date, and in it whatever the period: ${joined(told, ', ')}.`;
}

/** What is as of now in an answer for which somebody said a period, and where that is something else. */
export function presentNote({ parts, period, now, measures, isNow }: Report): Clean | undefined {
  const present = parts.filter(({ when }) => when === 'now');
  // Where nobody said one, the answer is of the present without more words.
  if (period.byDefault !== undefined || present.length === 0) return undefined;
  if (isNow && present.length === parts.length)
    return say`${namesSaid(present)}: as of now, whatever the period; Manage keeps no history of it.`;
  if (period.end.toMillis() > now) return undefined;
  // The definition of a ratio says so as well.
  const told = present.filter(
    (part) =>
      !/\bnow$/.test(part.says) || !measures.some((measure) => isDerived(measure) && partsOf(measure).includes(part)),
  );
  return told.length === 0 ? undefined : say`${namesSaid(told)}: as of now; Manage keeps no history of it.`;
}

/** How many records of each kind count, and when they were read where that was for an earlier report. */
export function readNote({ counted, now, zone }: Report): Clean {
  const read = counted.reads.map(({ collection, records, at }) => {
    const noun = records === 1 ? collection.one : collection.noun;
    const time = DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
    const when = at < now ? say` (as of ${cleanLine(time)})` : say``;
    return say`${records} ${cleanLine(noun)}${when}`;
  });
  return say`Based on ${joined(read, ', ')}.`;
}

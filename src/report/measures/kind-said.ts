import { isCount, isDerived, type Measure, partsOf, type Unit } from '../measure.ts';

/** Whether twice as much of everything comes to the same: a ratio, or an average. */
function isPerPiece(measure: Measure): boolean {
  if (!isDerived(measure)) return !isCount(measure);
  if (['percent', 'days', 'rate'].includes(measure.unit)) return true;
  const values = measure.of.map((_, index) => index + 3);
  const [once, twice] = [measure.combine(values), measure.combine(values.map((value) => value * 2))];
  return once !== undefined && twice !== undefined && Math.abs(once - twice) < 1e-9;
}

const isIn =
  (...units: readonly Unit[]) =>
  ({ unit }: Measure): boolean =>
    units.includes(unit);

const isOfTickets = (measure: Measure): boolean =>
  partsOf(measure).some(({ collection }) => /Ticket$/.test(collection.schema));

/** Words that say what kind of figure is meant, and which measures are of it. */
const KINDS: readonly (readonly [RegExp, (measure: Measure) => boolean])[] = [
  [/\b(?:average|avg|mean)\b/i, isPerPiece],
  [/\b(?:number|count|how many)\b/i, isIn('number', 'hours', 'days')],
  [/%|\b(?:percent|percentage|rate|ratio|share)\b/i, isIn('percent', 'rate')],
  [/\b(?:value|worth|amount(?! of))\b/i, isIn('money')],
  [/\btickets?\b/i, (measure) => isOfTickets(measure) || !isIn('money', 'hours')(measure)],
];

/** Whether somebody asks for an average. */
export const saysAverage = (said: string): boolean => KINDS[0]?.[0].test(said) === true;

/**
 * Whether a measure is of the kind that the words around its name ask for: "survey response rate" is no number of surveys, "average
 * invoice" no sum, "number of overdue invoices" no amount.
 */
export const isOfKindSaid = (said: string, measure: Measure): boolean => {
  const words = said.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ');
  return KINDS.every(([pattern, fits]) => !pattern.test(words) || fits(measure));
};

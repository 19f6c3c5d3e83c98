import { HOME_CURRENCY } from '../revenue/currency.ts';
import { EMPTY_GROUP_OPERATIONS } from './groups/empty-groups.ts';
import { partsOf } from './measure.ts';
import { measuresFor } from './measures/index.ts';
import { onDevices, onPhases } from './question.ts';
import { LOOK_UP_OPERATIONS } from './tables/look-ups.ts';

/** Every measure as it is when nothing is known of the site: for the documents, and for what a report may call. */
export const MEASURES = measuresFor({
  dayOf: () => 0,
  leave: new Set(),
  costOf: () => Number.NaN,
  distances: new Set(),
  days: () => 0,
});

/** Operations that reports need. */
export const REPORT_USES: readonly string[] = [
  ...new Set([
    ...MEASURES.flatMap((measure) => [measure, onPhases(measure), onDevices(measure)].flatMap(partsOf)).flatMap(
      ({ collection }) => collection.uses,
    ),
    ...LOOK_UP_OPERATIONS,
    ...EMPTY_GROUP_OPERATIONS,
    HOME_CURRENCY,
  ]),
];

export { isOfMoney } from './groups/values.ts';
export { makeReport } from './report.ts';
export { csv, render } from './shown/render.ts';

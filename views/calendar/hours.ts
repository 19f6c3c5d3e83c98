import { element } from '../shared/element.ts';
import { type Axis, hoursOn } from './axis.ts';
import { timeOf } from './clock.ts';

/** The names of the hours of an axis, where they stand. */
export const hourNames = (axis: Axis): HTMLElement[] =>
  hoursOn(axis).map((minute) => element('span', { '--from': axis.place(minute) }, timeOf(minute)));

/** The lines of the hours of an axis, and the stretches that are folded. */
export const hourLines = (axis: Axis): HTMLElement[] => [
  ...hoursOn(axis).map((minute) => element('span', { '--from': axis.place(minute) })),
  ...axis.stretches
    .filter(({ isFolded }) => isFolded)
    .map(({ from, to }) =>
      element('span', {
        class: 'folded',
        '--from': axis.place(from),
        '--minutes': axis.place(to) - axis.place(from),
      }),
    ),
];

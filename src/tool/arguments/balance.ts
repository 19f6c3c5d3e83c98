import { lengthIn } from '../../clock/index.ts';
import { numberSaid } from '../../query/index.ts';

/** What the balance of an agreement counts where that is no money. */
export type Units = 'hours' | 'incidents';

const SIGNED = /^([+\u2212-]?)\s*(\S.*)$/;
const INCIDENTS = /^(\S+)\s*(?:incidents?|cases?)$/i;
const MINUTES_AN_HOUR = 60;

/** A number of hours or incidents with its unit, which may be below zero: `-3.5 hours`, `90 minutes`, `2 incidents`; `undefined` for other texts. */
export function unitsSaid(text: string): { units: Units; value: number } | undefined {
  const [, sign = '', rest = ''] = SIGNED.exec(text.trim()) ?? [];
  const factor = sign === '' || sign === '+' ? 1 : -1;
  const minutes = lengthIn(rest, undefined);
  if (minutes !== undefined) return { units: 'hours', value: (factor * minutes) / MINUTES_AN_HOUR };
  const said = numberSaid(INCIDENTS.exec(rest)?.[1] ?? '');
  return said !== undefined && 'value' in said ? { units: 'incidents', value: factor * said.value } : undefined;
}

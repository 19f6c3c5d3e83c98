import type { Named } from './kind.ts';

/** The ids of those of a set-up table that are closed: whose status is one of them is over. */
export const closedIds = (rows: readonly Named[]): number[] =>
  rows.filter(({ record }) => record.closedFlag === true).map(({ id }) => id);

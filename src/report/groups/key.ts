import { memberLabel } from '../tables/look-ups.ts';
import type { Row, Table } from '../tables/table.ts';

/** What tells a group from others, what it is called, and what its place is among those of a calendar. */
export interface GroupName {
  readonly id: string;
  readonly label: string;
  readonly apart?: string | undefined;
  readonly rank?: number;
}

/** What a record without a value belongs to. */
export const NONE: GroupName = { id: '', label: '(none)', rank: Number.MAX_SAFE_INTEGER };

/** What a record without a date belongs to, among the groups of time. */
export const NO_DATE: GroupName = { ...NONE, label: '(no date)' };

/** How the rows of one table fall into the groups of a split. */
export interface Key {
  /** The value of a row, a number that `name` knows. */
  value(row: Row): number;
  /** All of them, where there can be several: the people on a ticket. */
  readonly several?: (row: Row) => readonly number[];
  name(value: number): GroupName;
}

/** A member by id, as every measure calls them. */
export function memberName(id: number, members: Table): GroupName | undefined {
  const row = members.rowOf(id);
  return row === undefined ? undefined : { id: String(id), label: memberLabel(members, row) };
}

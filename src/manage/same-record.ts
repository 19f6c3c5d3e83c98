import { isRecord } from '../json.ts';

/** Whether two references are to one record, whatever its name is in each. */
export const isSameRecord = (one: unknown, other: unknown): boolean =>
  isRecord(one) && isRecord(other) && one.id !== undefined && one.id === other.id;

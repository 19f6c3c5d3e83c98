import { DateTime } from 'luxon';

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * The instant of a bracketed date in milliseconds, or `undefined` when it is none. Without an offset it is UTC. Accepted are
 * `2016-08-20T18:04:26Z`, the same with offset, fractions or without seconds, `2026-04-01` and `06/30/2019`.
 */
export function instantOf(text: string): number | undefined {
  const us = US_DATE.exec(text);
  const moment = us
    ? DateTime.fromObject({ year: Number(us[3]), month: Number(us[1]), day: Number(us[2]) }, { zone: 'utc' })
    : DateTime.fromISO(text, { zone: 'utc' });
  return moment.isValid ? moment.toMillis() : undefined;
}

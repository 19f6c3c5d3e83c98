import { DateTime } from 'luxon';

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The form that Manage itself writes: whole UTC seconds. */
const CANONICAL = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d:\d\dZ$/;

/** Without luxon, which takes as long for one moment as this for fifty; `undefined` for what this form cannot be read from. */
function canonicalInstant(text: string): number | undefined {
  const day = CANONICAL.exec(text)?.[1];
  if (day === undefined) return undefined;
  const instant = Date.parse(text);
  // The platform reads 30 February as 2 March.
  return Number.isNaN(instant) || new Date(instant).getUTCDate() !== Number(day) ? undefined : instant;
}

/**
 * The instant of a bracketed date in milliseconds, or `undefined` for anything else. Without an offset it is UTC. Accepted are
 * `2016-08-20T18:04:26Z`, the same with offset, fractions or without seconds, `2026-04-01` and `06/30/2019`.
 */
export function instantOf(text: string): number | undefined {
  const canonical = canonicalInstant(text);
  if (canonical !== undefined) return canonical;
  const us = US_DATE.exec(text);
  const moment = us
    ? DateTime.fromObject({ year: Number(us[3]), month: Number(us[1]), day: Number(us[2]) }, { zone: 'utc' })
    : DateTime.fromISO(text, { zone: 'utc' });
  return moment.isValid ? moment.toMillis() : undefined;
}

import { IANAZone } from 'luxon';
import type { Names } from './names.ts';
import { idOf, nameOf } from './reference.ts';

/** Places and words in Manage's names of zones, and the zone that they mean. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [
    /eastern.*(\bus\b|canada|america)|^eastern(?! ?(?:europ|australia|africa|asia|indones))|new york/i,
    'America/New_York',
  ],
  [
    /central(?! america).*(\bus\b|canada|america)|^central(?! ?(?:europ|america|australia|africa|asia|indones|pacific))|chicago/i,
    'America/Chicago',
  ],
  [/arizona|phoenix/i, 'America/Phoenix'],
  [/mountain/i, 'America/Denver'],
  [/(?<!central |west |south )pacific(?! sa\b)|los angeles/i, 'America/Los_Angeles'],
  [/alaska/i, 'America/Anchorage'],
  [/hawaii/i, 'Pacific/Honolulu'],
  [/(?<!mid-)atlantic|halifax/i, 'America/Halifax'],
  [/newfoundland/i, 'America/St_Johns'],
  [/london|dublin|lisbon|edinburgh|greenwich/i, 'Europe/London'],
  [/amsterdam|berlin|bern|rome|stockholm|vienna/i, 'Europe/Berlin'],
  [/brussels|copenhagen|madrid|paris/i, 'Europe/Paris'],
  [/prague|budapest|warsaw|belgrade/i, 'Europe/Warsaw'],
  [/athens|bucharest|istanbul|helsinki|kyiv|riga/i, 'Europe/Athens'],
  [/harare|pretoria|johannesburg/i, 'Africa/Johannesburg'],
  [/abu dhabi|muscat|dubai/i, 'Asia/Dubai'],
  [/chennai|kolkata|mumbai|new delhi|india/i, 'Asia/Kolkata'],
  [/singapore|kuala lumpur/i, 'Asia/Singapore'],
  [/hong kong|beijing/i, 'Asia/Hong_Kong'],
  [/osaka|sapporo|tokyo/i, 'Asia/Tokyo'],
  [/perth/i, 'Australia/Perth'],
  [/adelaide/i, 'Australia/Adelaide'],
  [/brisbane/i, 'Australia/Brisbane'],
  [/canberra|melbourne|sydney/i, 'Australia/Sydney'],
  [/auckland|wellington/i, 'Pacific/Auckland'],
];

/** `GMT-5/...`, `(UTC+05:30) ...`. */
const OFFSET = /(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?:[:.](\d{1,2}))?/i;

/**
 * The IANA zone that a name of a Manage time zone means: an IANA name, a place in it, else its bare offset (which knows no
 * daylight saving). `undefined` when it says nothing.
 */
export function ianaZone(name: string): string | undefined {
  if (IANAZone.isValidZone(name)) return name;
  const place = PLACES.find(([pattern]) => pattern.test(name));
  if (place !== undefined) return place[1];
  const offset = OFFSET.exec(name);
  if (offset === null) return /GMT|UTC/i.test(name) ? 'UTC' : undefined;
  const [, sign = '+', hours = '0', fraction = '0'] = offset;
  const minutes = name.includes(':') ? Number(fraction) : Math.round(Number(`0.${fraction}`) * 60);
  return `UTC${sign}${Number(hours)}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/** Words of places and zones, and what stands beside them. */
const WORDS: ReadonlySet<string> = new Set([
  ...PLACES.flatMap(([{ source }]) => source.replace(/\(\?<?!.*?\)+|\\b/g, ' ').match(/[a-z]+/g) ?? []),
  ...'time zone standard daylight usa the gmt utc'.split(' '),
]);

/**
 * The IANA zone that a person says, with nothing beside it that says more: not "Central or Eastern", nor "Central European time" for
 * Chicago's. `undefined` where it is not one zone.
 */
export function zoneSaid(text: string): string | undefined {
  if (IANAZone.isValidZone(text)) return text;
  const words =
    text
      .toLowerCase()
      .replace(OFFSET, ' ')
      .match(/[\p{L}\d]+/gu) ?? [];
  const zones = new Set(
    [text, ...words].flatMap((said) => PLACES.filter(([pattern]) => pattern.test(said)).map(([, zone]) => zone)),
  );
  return zones.size > 1 || !words.every((word) => WORDS.has(word)) ? undefined : ianaZone(text);
}

/**
 * The IANA zones of members, whose records name a time zone setup that says its zone in words.
 * @returns a function that gives a member's zone, or `undefined` where none is set or its words say nothing
 */
export async function memberZones(
  names: Pick<Names, 'list'>,
  members: readonly Readonly<Record<string, unknown>>[],
  signal?: AbortSignal,
): Promise<(member: Readonly<Record<string, unknown>>) => string | undefined> {
  if (members.every(({ timeZone }) => idOf(timeZone) === undefined)) return () => undefined;
  // What these are called does not change from one minute to the next.
  const setups = await names.list('timeZone', { signal, checked: false });
  const words = new Map(setups.map(({ id, record }) => [id, nameOf(record.timeZone)]));
  return ({ timeZone }) => {
    const id = idOf(timeZone);
    return id === undefined ? undefined : (ianaZone(words.get(id) ?? '') ?? ianaZone(nameOf(timeZone) ?? ''));
  };
}

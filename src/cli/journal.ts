import { DateTime } from 'luxon';
import { closest } from '../api/closest.ts';
import type { ApiDescription } from '../api/index.ts';
import { loadApi } from '../api/load.ts';
import { ClockError, readPeriod } from '../clock/index.ts';
import { ConfigError, readJournalSettings } from '../config/config.ts';
import { zoneProblem } from '../config/problems.ts';
import type { Environment } from '../config/read-environment.ts';
import { type Asked, type Entry, Journal, OUTCOMES, type WriteOutcome } from '../journal/index.ts';
import { csvRow } from '../text/index.ts';
import { askedBy, deedOf, endOf, entryChanges, recordOf } from '../tool/results/journal-entry.ts';
import { UsageError } from './usage-error.ts';

export interface JournalFlags {
  readonly since?: string;
  readonly until?: string;
  readonly tool?: string;
  readonly record?: string;
  readonly member?: string;
  readonly outcome?: string;
  readonly follow?: boolean;
  readonly csv?: boolean;
  readonly json?: boolean;
}

/** The beginning or the end of what somebody calls a time: "yesterday", "2026-11-30", "2026-11-30T14:00", "last 2 hours". */
function momentOf(flag: 'since' | 'until', said: string, zone: string): Date {
  const now = DateTime.now().setZone(zone) as DateTime<true>;
  const written = /T\d/.test(said) ? DateTime.fromISO(said, { zone }) : undefined;
  if (written?.isValid) return written.toJSDate();
  try {
    const { start, end } = readPeriod(said, { now, argument: `--${flag}`, direction: 'past' });
    return (flag === 'since' ? start : end).toJSDate();
  } catch (error) {
    if (error instanceof ClockError) throw new UsageError(error.message);
    throw error;
  }
}

function outcomeOf(said: string | undefined): WriteOutcome | undefined {
  if (said === undefined) return undefined;
  const outcome = OUTCOMES.find((one) => one === said.toLowerCase());
  if (outcome !== undefined) return outcome;
  const [near] = closest(said, OUTCOMES, 1);
  throw new UsageError(
    `--outcome has to be one of ${OUTCOMES.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
}

interface Showing {
  readonly api: ApiDescription;
  readonly zone: string;
}

const COLUMNS = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['ended', ({ ended }) => ended],
  ['outcome', ({ outcome }) => outcome],
  ['member', ({ member }) => member],
  ['person', ({ caller }) => caller?.person],
  ['client', ({ caller }) => caller?.client],
  ['session', ({ caller }) => caller?.session],
  ['tool', ({ tool }) => tool],
  ['operation', ({ operation }) => operation],
  ['record', (entry) => recordOf(entry)],
  ['changes', (entry, showing) => entryChanges(entry, showing)],
  ['before', ({ before }) => before && JSON.stringify(before)],
  ['after', ({ after }) => after && JSON.stringify(after)],
  ['request', ({ requestId }) => requestId],
  ['status', ({ status }) => status],
  ['error', ({ error }) => error],
  ['undoes', ({ undoes }) => undoes],
  ['undone by', ({ undoneBy }) => undoneBy],
  ['site', ({ site }) => site],
] as const satisfies readonly (readonly [string, (entry: Entry, showing: Showing) => unknown])[];

/** A write on one line, for people. */
function lineOf(entry: Entry, showing: Showing): string {
  const at = DateTime.fromISO(entry.at, { zone: showing.zone }).toFormat('yyyy-MM-dd HH:mm:ss');
  const parts = [at, entry.id, endOf(entry), askedBy(entry), entry.tool, deedOf(entry), entryChanges(entry, showing)];
  return parts.filter((part) => part !== '').join('  ');
}

function shownAs({ csv, json }: JournalFlags, showing: Showing): (entry: Entry) => string {
  if (json) return (entry) => JSON.stringify(entry);
  if (csv) return (entry) => csvRow(COLUMNS.map(([, cell]) => cell(entry, showing)));
  return (entry) => lineOf(entry, showing);
}

/**
 * `cwm-mcp journal`: what was written, the oldest first, of all installations whose journal is in this folder.
 * @param untilStopped when to end following
 * @throws {ConfigError} {UsageError} when settings or flags cannot be understood, or there is no journal
 */
export async function runJournal(
  environment: Environment,
  flags: JournalFlags,
  print: (text: string) => void,
  untilStopped: () => Promise<void>,
): Promise<void> {
  const settings = readJournalSettings(environment);
  const { place } = settings;
  if (place.kind === 'off') throw new UsageError('The journal is off: CWM_JOURNAL or CWM_JOURNAL_DAYS says so.');
  if (place.kind === 'memory')
    throw new UsageError('There is no folder for a journal: set CWM_STATE_DIR or CWM_JOURNAL_DIR.');
  if (flags.csv && flags.json) throw new UsageError('Choose --csv or --json.');
  const journal = new Journal(settings);
  const zone = environment.CWM_TIME_ZONE?.trim() || DateTime.local().zoneName;
  const wrongZone = zoneProblem(zone);
  if (wrongZone !== undefined) throw new ConfigError([`CWM_TIME_ZONE ${wrongZone}`]);
  const asked: Asked = {
    since: flags.since === undefined ? undefined : momentOf('since', flags.since, zone),
    until: flags.until === undefined ? undefined : momentOf('until', flags.until, zone),
    tool: flags.tool,
    record: flags.record,
    member: flags.member,
    outcome: outcomeOf(flags.outcome),
  };
  const stop = new AbortController();
  const found: Entry[] = [];
  // Follows from before anything is read, so that nothing is missed in between.
  const following = flags.follow ? journal.follow(asked, stop.signal, found) : undefined;
  const stopped = flags.follow ? untilStopped().then(() => stop.abort()) : undefined;
  let next = following?.next();
  for await (const entry of journal.newestFirst(asked)) found.push(entry);
  const show = shownAs(flags, { api: loadApi(), zone });
  if (flags.csv) print(csvRow(COLUMNS.map(([name]) => name)));
  for (const entry of [...found].reverse()) print(show(entry));
  if (following === undefined) {
    if (found.length === 0 && !flags.csv && !flags.json) print(`No writes in ${place.folder}.`);
    return;
  }
  const ended = new Set(found.filter((entry) => entry.ended !== undefined).map(({ id }) => id));
  for (let one = await next; one !== undefined && one.done !== true; one = await next) {
    if (!ended.has(one.value.id)) print(show(one.value));
    next = following.next();
  }
  await stopped;
}

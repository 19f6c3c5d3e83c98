import { z } from 'zod';
import { bare } from '../../src/api/bare.ts';
import { secretsMasked } from '../../src/api/meanings.ts';
import { operationLacking } from '../../src/api/versions.ts';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import { Forbidden, ManageError, type ManageRecord, NoSuchOperation } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { cleanLine, counted, joined, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  loosened,
  type NameWithin,
  namedRecord,
  RECORD_OPERATIONS,
  type ToolContext,
  ToolInputError,
  tableResult,
  type Without,
} from '../../src/tool/index.ts';
import { onlyInLog } from './support/ticket-log.ts';

/** Rows that are read of one record's trail; it cannot be searched by date. */
const MOST = 5_000;

const TICKET_LOG = 'GET /service/tickets/changelogs';

/** The audit trail of a record, its latest rows; nothing where the security role forbids it. */
async function trailOf(
  { id, type }: { id: number; type: string },
  { manage, signal }: ToolContext,
): Promise<ManageRecord[] | Forbidden> {
  const rows: ManageRecord[] = [];
  try {
    for await (const row of manage.stream<ManageRecord>('GET /system/audittrail', {
      query: { type, id },
      // Its rows have no id to be read in the order of.
      orderBy: ['enteredDate desc'],
      signal,
    })) {
      rows.push(row);
      if (rows.length >= MOST) break;
    }
  } catch (error) {
    if (error instanceof Forbidden) return error;
    throw error;
  }
  return rows;
}

/** By the role, by a site that keeps no log, by this server's own limits. */
const REFUSALS: ReadonlySet<string> = new Set(['forbidden', 'notFound', 'badRequest', 'notConfinable', 'notAllowed']);

/**
 * A ticket's change log, the oldest row first; nothing for other records and on sites before 2025.1. It adds to the trail, which
 * is shown without it where it cannot be read.
 */
async function logOf(
  { id, type }: { id: number; type: string },
  { manage, api, signal }: ToolContext,
): Promise<readonly ManageRecord[] | 'unread' | undefined> {
  if (!/ticket$/i.test(type) || operationLacking(api, TICKET_LOG) !== undefined) return undefined;
  const conditions = field('ticketNumber', '=', id);
  return manage
    .all<ManageRecord>(TICKET_LOG, { conditions, orderBy: ['id asc'], signal })
    .catch((error: unknown): 'unread' | undefined => {
      if (error instanceof NoSuchOperation) return undefined;
      if (error instanceof ManageError && REFUSALS.has(error.kind)) return 'unread';
      throw error;
    });
}

/** The members by identifier, for their names; not everybody may list them, and not everybody who changes things is one. */
async function people({ names, signal }: ToolContext): Promise<ReadonlyMap<string, Named>> {
  const list = await names.list('member', { signal }).catch((error: unknown): readonly Named[] => {
    if (error instanceof Forbidden) return [];
    throw error;
  });
  return new Map(list.flatMap((one) => (one.identifier === undefined ? [] : [[one.identifier.toLowerCase(), one]])));
}

/** Rows of one person: by what stands in them (which may be no member), else by the member's name. */
async function byMember(name: NameWithin, rows: readonly ManageRecord[]): Promise<readonly ManageRecord[]> {
  const of = (identifier: string) => rows.filter(({ enteredBy }) => bare(enteredBy) === bare(identifier));
  const own = of(name.given);
  if (own.length > 0) return own;
  const { identifier } = await name.within({});
  return of(identifier ?? name.given);
}

function byField(given: string, rows: readonly ManageRecord[]): readonly ManageRecord[] {
  const wanted = bare(given);
  const exact = rows.filter(({ auditSubType }) => bare(auditSubType) === wanted);
  const found =
    exact.length > 0
      ? exact
      : rows.filter(({ text, auditSubType }) => bare(`${auditSubType} ${text}`).includes(wanted));
  if (found.length > 0 || rows.length === 0) return found;
  const kinds = [...new Set(rows.map(({ auditSubType }) => String(auditSubType ?? '')))].filter((kind) => kind !== '');
  throw new ToolInputError('field', say`field: nothing in this record's history is about "${cleanLine(given)}".`, {
    allowed: kinds,
  });
}

export default defineTool({
  name: 'get_change_history',
  title: 'Get change history',
  toolset: 'service',
  effect: 'read',
  uses: ['GET /system/audittrail', TICKET_LOG, ...RECORD_OPERATIONS],
  description: 'Who changed what of a record and when, newest first.',
  input: z.strictObject({
    record: z.string().describe('"ticket 4711", "company Acme"'),
    field: z.string().optional(),
    member: fragments.nameWithin('member', undefined, { inactive: true }).optional(),
    period: fragments.period('past').optional(),
    limit: fragments.list.limit,
  }),
  aliases: {
    ticketId: 'record',
    ticket: 'record',
    id: 'record',
    changedBy: 'member',
    who: 'member',
    when: 'period',
    what: 'field',
  },
  output: z.looseObject({ total: z.int().optional() }),
  async run(input, context) {
    const { zone } = context;
    const { period, limit = 50 } = input;
    const { id, label, type } = await namedRecord(input.record, 'changes', 'record', context);
    const [trail, log] = await Promise.all([trailOf({ id, type }, context), logOf({ id, type }, context)]);
    if (trail instanceof Forbidden && !Array.isArray(log)) throw trail;
    const told = trail instanceof Forbidden ? [] : trail;
    const all = [...told, ...onlyInLog(log === 'unread' ? [] : (log ?? []), told)].map((row) => secretsMasked(row));
    const local = await zone();
    const mine = input.member === undefined ? all : await byMember(input.member, all);
    const ofField = (rows: readonly ManageRecord[]) => (input.field === undefined ? rows : byField(input.field, rows));
    const dated = (rows: readonly ManageRecord[]) =>
      rows
        .map((row) => ({ row, at: fromManage(row.enteredDate, local) }))
        .filter(({ at }) => period === undefined || (at !== undefined && at >= period.start && at < period.end));
    const about = ofField(mine);
    const rows = dated(about).sort((a, b) => Number(b.at ?? 0) - Number(a.at ?? 0));
    const without = (): Without[] => [
      ...(input.member === undefined ? [] : [{ argument: 'member', total: dated(ofField(all)).length }]),
      ...(input.field === undefined ? [] : [{ argument: 'field', total: dated(mine).length }]),
      ...(period === undefined ? [] : [{ argument: 'period', total: about.length }]),
    ];
    const more =
      rows.length > limit && limit < 200 ? say`limit shows up to 200 of them; period narrows them.` : undefined;
    const known = rows.length > 0 ? await people(context) : new Map<string, Named>();
    const who = (identifier: unknown): string => {
      const member = known.get(String(identifier ?? '').toLowerCase());
      return member === undefined ? String(identifier ?? '') : `${member.label} (${identifier})`;
    };
    const isNarrowed = rows.length < all.length;
    return tableResult({
      noun: 'changes',
      head: joined(
        [
          say`Of ${label}, times in ${cleanLine(local)}`,
          isNarrowed && say`${counted(all.length, 'change')} in all`,
          told.length >= MOST && say`only the latest ${MOST} were read`,
          log === 'unread' && say`the ticket's change log could not be read`,
          trail instanceof Forbidden && say`from the change log alone: the audit trail is forbidden to these keys`,
        ],
        '; ',
      ),
      columns: ['when', 'who', 'what', 'from'],
      rows: rows
        .slice(0, limit)
        .map(({ row, at }) => [at && showMoment(at), who(row.enteredBy), row.text, row.auditSource]),
      total: rows.length,
      pageSize: Math.max(rows.length, 1),
      hint: rows.length === 0 ? loosened(without()) : more,
    });
  },
});

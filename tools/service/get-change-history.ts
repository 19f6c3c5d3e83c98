import { z } from 'zod';
import { fromManage, readPeriod, showMoment } from '../../src/clock/index.ts';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  namedRecord,
  RECORD_OPERATIONS,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';

/** Rows that are read of one record's trail; it cannot be searched by date. */
const MOST = 5_000;

const bare = (text: unknown): string =>
  String(text ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The members by identifier, for their names; not everybody may list them, and not everybody who changes things is one. */
async function people({ names, signal }: ToolContext): Promise<ReadonlyMap<string, Named>> {
  const list = await names.list('member', { signal }).catch((error: unknown): readonly Named[] => {
    if (error instanceof Forbidden) return [];
    throw error;
  });
  return new Map(list.flatMap((one) => (one.identifier === undefined ? [] : [[one.identifier.toLowerCase(), one]])));
}

/** Rows of one person: by what stands in them (which may be no member), else by the member's name. */
async function byMember(
  given: string,
  rows: readonly ManageRecord[],
  { names }: ToolContext,
): Promise<readonly ManageRecord[]> {
  const of = (identifier: string) => rows.filter(({ enteredBy }) => bare(enteredBy) === bare(identifier));
  const own = of(given);
  if (own.length > 0) return own;
  const { identifier } = await names.resolve('member', given, { argument: 'member' });
  return of(identifier ?? given);
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
  throw new ToolInputError('field', `field: nothing of this record's history is about ${JSON.stringify(given)}.`, {
    allowed: kinds,
  });
}

export default defineTool({
  name: 'get_change_history',
  title: 'Get change history',
  toolset: 'service',
  effect: 'read',
  uses: ['GET /system/audittrail', ...RECORD_OPERATIONS],
  description: 'Who changed what of a record and when, newest first.',
  input: z.strictObject({
    record: z.string().describe('"ticket 4711", "company Acme"'),
    field: z.string().optional(),
    member: z.string().optional(),
    period: z.string().optional(),
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
    const { manage, signal, zone, now } = context;
    const { id, label, type } = await namedRecord(input.record, 'changes', 'record', context);
    const period =
      input.period === undefined
        ? undefined
        : readPeriod(input.period, { now: await now(), direction: 'past', argument: 'period' });
    const all: ManageRecord[] = [];
    for await (const row of manage.stream<ManageRecord>('GET /system/audittrail', {
      query: { type, id },
      // Its rows have no id to be read in the order of.
      orderBy: ['enteredDate desc'],
      signal,
    })) {
      all.push(row);
      if (all.length >= MOST) break;
    }
    const local = await zone();
    const mine = input.member === undefined ? all : await byMember(input.member, all, context);
    const about = input.field === undefined ? mine : byField(input.field, mine);
    const rows = about
      .map(
        (row) =>
          ({ ...row, at: fromManage(row.enteredDate, local) }) as ManageRecord & { at?: ReturnType<typeof fromManage> },
      )
      .filter(({ at }) => period === undefined || (at !== undefined && at >= period.start && at < period.end))
      .sort((a, b) => String(b.enteredDate ?? '').localeCompare(String(a.enteredDate ?? '')));
    const limit = input.limit ?? 50;
    const known = rows.length > 0 ? await people(context) : new Map<string, Named>();
    const who = (identifier: unknown): string => {
      const member = known.get(String(identifier ?? '').toLowerCase());
      return member === undefined ? String(identifier ?? '') : `${member.label} (${identifier})`;
    };
    const narrowed = rows.length < all.length ? `; ${all.length} changes in all` : '';
    return tableResult({
      noun: 'changes',
      head: `Of ${label}, times in ${local}${narrowed}${all.length >= MOST ? `; only the latest ${MOST} were read` : ''}`,
      columns: ['when', 'who', 'what', 'from'],
      rows: rows
        .slice(0, limit)
        .map((row) => [row.at && showMoment(row.at), who(row.enteredBy), row.text, row.auditSource]),
      total: rows.length,
      pageSize: Math.max(rows.length, 1),
    });
  },
});

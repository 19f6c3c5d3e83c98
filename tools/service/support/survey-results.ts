import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';

/** Operations that reading a survey with its results needs. */
export const SURVEY_OPERATIONS = [
  'GET /service/surveys/{parentId}/questions',
  'GET /service/surveys/{parentId}/results',
  'GET /service/tickets',
] as const;

/** Ids in one query. */
const BATCH = 200;

/** One answered survey. */
export interface Response {
  readonly ticketId: number;
  readonly points: number;
  readonly company: string;
  readonly contact: string;
  readonly at: string;
  /** Whether the customer asked to be called. */
  readonly contactMe: boolean;
  readonly answers: readonly { readonly questionId: number; readonly answer: string }[];
}

export interface Question {
  readonly id: number;
  readonly text: string;
  readonly type: string;
  /** What can be answered, with the points for it. */
  readonly options: readonly { readonly caption: string; readonly points: number }[];
}

type Read = Pick<ManageClient, 'page' | 'stream'>;

export async function readQuestions(manage: Read, surveyId: number, signal: AbortSignal): Promise<Question[]> {
  const { rows } = await manage.page<ManageRecord>('GET /service/surveys/{parentId}/questions', {
    path: { parentId: surveyId },
    pageSize: 200,
    signal,
  });
  return [...rows]
    .sort((a, b) => Number(a.sequenceNumber ?? 0) - Number(b.sequenceNumber ?? 0))
    .map((row) => ({
      id: Number(row.id),
      text: String(row.question ?? ''),
      type: String(row.type ?? ''),
      options: ((row.options ?? []) as ManageRecord[]).map(({ caption, points }) => ({
        caption: String(caption ?? ''),
        points: Number(points ?? 0),
      })),
    }));
}

/** Every answer to a survey under a condition. */
export async function readResponses(
  manage: Read,
  surveyId: number,
  conditions: Expression | undefined,
  signal: AbortSignal,
): Promise<Response[]> {
  const responses: Response[] = [];
  const options = { path: { parentId: surveyId }, conditions, signal };
  for await (const row of manage.stream<ManageRecord>('GET /service/surveys/{parentId}/results', options)) {
    const info = (row._info ?? {}) as { dateEntered?: string; lastUpdated?: string };
    responses.push({
      ticketId: Number(row.ticketId ?? 0),
      points: Number(row.totalPoints ?? 0),
      company: nameOf(row.company) ?? '',
      contact: nameOf(row.contact) ?? String(row.emailAddress ?? ''),
      at: info.dateEntered ?? info.lastUpdated ?? '',
      contactMe: row.contactMeFlag === true,
      answers: ((row.results ?? []) as ManageRecord[]).map(({ questionId, answer }) => ({
        questionId: Number(questionId),
        answer: String(answer ?? ''),
      })),
    });
  }
  return responses;
}

/** Who worked on the tickets that were judged: names of their owners by ticket. A result itself knows only its ticket. */
export async function ownersOf(
  manage: Read,
  ticketIds: readonly number[],
  ownerId: number | undefined,
  signal: AbortSignal,
): Promise<Map<number, string>> {
  const owners = new Map<number, string>();
  for (let at = 0; at < ticketIds.length; at += BATCH) {
    const ids = field('id', 'in', ticketIds.slice(at, at + BATCH));
    const conditions = all(ids, ownerId === undefined ? undefined : field('owner/id', '=', ownerId));
    const { rows } = await manage.page<ManageRecord>('GET /service/tickets', {
      conditions,
      fields: ['id', 'owner'],
      pageSize: BATCH,
      signal,
    });
    for (const row of rows) owners.set(Number(row.id), nameOf(row.owner) ?? 'nobody');
  }
  return owners;
}

import { enteredAt } from '../../../src/clock/index.ts';
import type { ManageReader, ManageRecord, Whole } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';

/** Operations that reading a survey with its results needs. */
export const SURVEY_OPERATIONS = [
  'GET /service/surveys/{parentId}/questions',
  'GET /service/surveys/{parentId}/results',
  'GET /service/tickets',
] as const;

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

/** The questions of a survey, in their order. */
export async function readQuestions(manage: ManageReader, surveyId: number, signal: AbortSignal): Promise<Question[]> {
  const rows = await manage.all<ManageRecord>('GET /service/surveys/{parentId}/questions', {
    path: { parentId: surveyId },
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
  manage: ManageReader,
  surveyId: number,
  conditions: Expression | undefined,
  signal: AbortSignal,
): Promise<Whole<Response>> {
  const rows = await manage.all<ManageRecord>('GET /service/surveys/{parentId}/results', {
    path: { parentId: surveyId },
    conditions,
    signal,
  });
  return rows.map((row) => {
    return {
      ticketId: Number(row.ticketId ?? 0),
      points: Number(row.totalPoints ?? 0),
      company: nameOf(row.company) ?? '',
      contact: nameOf(row.contact) ?? String(row.emailAddress ?? ''),
      at: String(enteredAt(row) ?? ''),
      contactMe: row.contactMeFlag === true,
      answers: ((row.results ?? []) as ManageRecord[]).map(({ questionId, answer }) => ({
        questionId: Number(questionId),
        answer: String(answer ?? ''),
      })),
    };
  });
}

/** Who worked on the tickets that were judged: names of their owners by ticket. A result itself knows only its ticket. */
export async function ownersOf(
  manage: ManageReader,
  ticketIds: readonly number[],
  ownerId: number | undefined,
  signal: AbortSignal,
): Promise<Map<number, string>> {
  if (ticketIds.length === 0) return new Map();
  const conditions = all(
    field('id', 'in', ticketIds),
    ownerId === undefined ? undefined : field('owner/id', '=', ownerId),
  );
  const rows = await manage.all<ManageRecord>('GET /service/tickets', { conditions, fields: ['id', 'owner'], signal });
  return new Map(rows.map((row) => [Number(row.id), nameOf(row.owner) ?? 'nobody'] as const));
}

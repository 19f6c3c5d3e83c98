import { closest } from '../../../src/api/closest.ts';
import { dateOnly, readDay, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

const QUESTIONS = 'GET /company/configurations/types/{parentId}/questions';
const VALUES = 'GET /company/configurations/types/{grandparentId}/questions/{parentId}/values';

/** Operations that answering needs; tools that answer declare them. */
export const QUESTION_OPERATIONS = [QUESTIONS, VALUES] as const;

/** A question of a configuration's type with its answer, as the record holds it. */
interface Answered {
  readonly answerId?: number;
  readonly questionId?: number;
  readonly question?: string;
  readonly answer?: unknown;
  readonly fieldType?: string;
}

export interface Answers {
  /** The list to send: what was there, changed. */
  readonly questions: readonly ManageRecord[];
  /** What changes, a line each; passwords hidden. */
  readonly says: readonly string[];
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const MASK = /^[*•]+$/;

/** Questions and answers for reading, in their order; a password only says that there is one. */
export function shownAnswers(record: ManageRecord): [string, unknown][] {
  const list = Array.isArray(record.questions) ? (record.questions as (Answered & { sequenceNumber?: number })[]) : [];
  return [...list]
    .sort((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0))
    .filter(({ answer }) => !isEmpty(answer))
    .map(({ question, answer, fieldType }) => [
      String(question),
      fieldType === 'Password'
        ? '[hidden]'
        : fieldType === 'Date'
          ? String(answer).slice(0, 10)
          : fieldType === 'Checkbox'
            ? /^(true|1|yes)$/i.test(String(answer))
              ? 'yes'
              : 'no'
            : answer,
    ]);
}

/** The question that somebody means by its text, in any letter case and with or without its mark. */
function named(given: string, questions: readonly ManageRecord[], type: string): ManageRecord {
  const bare = (text: unknown): string =>
    String(text)
      .toLowerCase()
      .replace(/[\s?:*]+$/, '')
      .trim();
  const found = questions.find(({ question }) => bare(question) === bare(given));
  if (found !== undefined) return found;
  const texts = questions.map(({ question }) => String(question));
  const near = closest(given, texts);
  throw new ToolInputError(
    'answers',
    texts.length === 0
      ? `answers: configurations of type ${type} have no questions.`
      : `answers: ${type} has no question ${JSON.stringify(given)}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
    { allowed: texts },
  );
}

async function valueFor(
  question: ManageRecord,
  given: unknown,
  typeId: number,
  { manage, now, signal }: ToolContext,
): Promise<unknown> {
  const refuse = (wanted: string, allowed: readonly string[] = []): never => {
    throw new ToolInputError('answers', `answers: ${question.question} has to be ${wanted}.`, { allowed });
  };
  const text = String(given).trim();
  if (question.entryType === 'List' || question.entryType === 'Option') {
    const path = { grandparentId: typeId, parentId: Number(question.id) };
    const { rows } = await manage.page<ManageRecord>(VALUES, { path, pageSize: 1000, signal });
    const values = rows.filter(({ inactiveFlag }) => inactiveFlag !== true).map(({ value }) => String(value));
    const chosen = values.find((value) => value.toLowerCase() === text.toLowerCase());
    if (values.length > 0) return chosen ?? refuse('a choice that it offers', values);
  }
  switch (question.fieldType) {
    case 'Number':
    case 'Percent':
    case 'Currency':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : refuse('a number');
    case 'Checkbox':
      return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : refuse('true or false');
    case 'Date':
      return toManage(
        dateOnly(readDay(text, { now: await now(), direction: 'past', argument: `answers: ${question.question}` }).at),
      );
    case 'IPAddress':
      return /^(\d{1,3}\.){3}\d{1,3}$|:/.test(text) ? text : refuse('an IP address');
    default:
      return text;
  }
}

/**
 * The answers of a configuration with some of them set by the text of their question. `''` and `null` clear one.
 * @param type the configuration's type as it is to be: its questions count
 * @param present answers that are there; `undefined` for a configuration that is new to the type, whose required questions
 *   all have to be answered
 * @throws {ToolInputError} for unknown questions, values that do not fit, and required questions without an answer
 */
export async function answered(
  type: { readonly id: number; readonly label: string },
  present: unknown,
  given: Readonly<Record<string, unknown>>,
  context: ToolContext,
): Promise<Answers> {
  const { manage, signal, plain } = context;
  const { rows } = await manage.page<ManageRecord>(QUESTIONS, {
    path: { parentId: type.id },
    pageSize: 1000,
    signal,
  });
  const questions = rows.filter(({ inactiveFlag }) => inactiveFlag !== true);
  const set = new Map<unknown, unknown>();
  for (const [text, value] of Object.entries(given)) {
    const question = named(text, questions, plain(type.label));
    set.set(question.id, isEmpty(value) ? null : await valueFor(question, value, type.id, context));
  }
  const known = (Array.isArray(present) ? present : []) as readonly Answered[];
  const says: string[] = [];
  const list = questions.flatMap((question): ManageRecord[] => {
    const old = known.find(({ questionId }) => questionId === question.id);
    const changed = set.has(question.id);
    const answer = changed ? set.get(question.id) : old?.answer;
    if (question.requiredFlag === true && isEmpty(answer) && (changed || present === undefined))
      throw new ToolInputError('answers', `answers: ${question.question} has to be answered.`, {
        allowed: questions
          .filter(({ requiredFlag }) => requiredFlag === true)
          .map(({ question: text }) => String(text)),
      });
    const isSecret = question.fieldType === 'Password';
    if (changed && answer !== old?.answer && !(isEmpty(answer) && isEmpty(old?.answer))) {
      const show = (value: unknown): string => (isEmpty(value) ? '-' : isSecret ? '[hidden]' : plain(value));
      says.push(`${plain(question.question)}: ${show(old?.answer)} -> ${show(answer)}`);
    }
    // What Manage shows in place of a password must not be stored as the password.
    if (!changed && (isEmpty(answer) || (isSecret && MASK.test(String(answer))))) return [];
    return [
      {
        ...(old?.answerId !== undefined && { answerId: old.answerId }),
        questionId: Number(question.id),
        answer,
        fieldType: question.fieldType,
      },
    ];
  });
  return { questions: list, says };
}

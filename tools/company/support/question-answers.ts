import { closest } from '../../../src/api/closest.ts';
import { readDay } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

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

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const MASK = /^[*•]+$/;

const isYes = (answer: unknown): boolean => /^(true|1|yes)$/i.test(String(answer));

/** An answer as it is read; a password only says that there is one. */
function shownAnswer({ answer, fieldType }: Answered): unknown {
  switch (fieldType) {
    case 'Password':
      return '[hidden]';
    case 'Date':
      return String(answer).slice(0, 10);
    case 'Checkbox':
      return isYes(answer) ? 'yes' : 'no';
    default:
      return answer;
  }
}

/** Questions and answers for reading, in their order. */
export function shownAnswers(record: ManageRecord): [string, unknown][] {
  const list = Array.isArray(record.questions) ? (record.questions as (Answered & { sequenceNumber?: number })[]) : [];
  return [...list]
    .sort((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0))
    .filter(({ answer }) => !isEmpty(answer))
    .map((question) => [String(question.question), shownAnswer(question)]);
}

/** The question that somebody means by its text, in any letter case and with or without its mark. */
function questionNamed(given: string, questions: readonly ManageRecord[], type: Clean): ManageRecord {
  const bare = (text: unknown): string =>
    String(text)
      .toLowerCase()
      .replace(/[\s?:*]+$/, '')
      .trim();
  const found = questions.find(({ question }) => bare(question) === bare(given));
  if (found !== undefined) return found;
  const texts = questions.map(({ question }) => cleanLine(question));
  const near = closest(given, texts).map(cleanLine);
  const hint = near.length > 0 ? say` Did you mean ${joined(near, ' or ')}?` : '';
  throw new ToolInputError(
    'answers',
    texts.length === 0
      ? say`answers: configurations of type ${type} have no questions.`
      : say`answers: ${type} has no question "${cleanLine(given)}".${hint}`,
    { allowed: texts },
  );
}

/** The choices that a question offers; none when it takes any answer. */
async function choicesOf(
  { id, entryType }: ManageRecord,
  typeId: number,
  { manage, signal }: ToolContext,
): Promise<readonly string[]> {
  if (entryType !== 'List' && entryType !== 'Option') return [];
  const path = { grandparentId: typeId, parentId: Number(id) };
  const values = await manage.all<ManageRecord>(VALUES, { path, signal });
  return values.filter(({ inactiveFlag }) => inactiveFlag !== true).map(({ value }) => String(value));
}

async function valueFor(
  question: ManageRecord,
  given: unknown,
  typeId: number,
  context: ToolContext,
): Promise<unknown> {
  const asked = cleanLine(question.question);
  const refuse = (wanted: Clean, allowed: readonly Clean[] = []): never => {
    throw new ToolInputError('answers', say`answers: ${asked} has to be ${wanted}.`, { allowed });
  };
  const text = String(given).trim();
  const choices = await choicesOf(question, typeId, context);
  if (choices.length > 0) {
    const chosen = choices.find((value) => value.toLowerCase() === text.toLowerCase());
    return chosen ?? refuse(say`a choice that it offers`, choices.map(cleanLine));
  }
  switch (question.fieldType) {
    case 'Number':
    case 'Percent':
    case 'Currency':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : refuse(say`a number`);
    case 'Checkbox':
      return isYes(text) || (/^(false|no|0)$/i.test(text) ? false : refuse(say`true or false`));
    case 'Date': {
      const { day } = readDay(text, { now: await context.now(), direction: 'past', argument: `answers: ${asked}` });
      return `${day}T00:00:00Z`;
    }
    case 'IPAddress':
      return /^(\d{1,3}\.){3}\d{1,3}$|:/.test(text) ? text : refuse(say`an IP address`);
    default:
      return text;
  }
}

/** Answers to set, by question, and questions to empty. */
export interface GivenAnswers {
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly cleared?: readonly string[] | undefined;
}

/**
 * The answers of a configuration, the whole list as it is sent: the existing ones, with some of them set or emptied by the text of
 * their question.
 * @param type the configuration's type as it is to be: its questions count
 * @param present answers that are there; `undefined` for a configuration that is new to the type, whose required questions
 *   all have to be answered
 * @throws {ToolInputError} for unknown questions, values that do not fit, and required questions without an answer
 */
export async function answered(
  type: Pick<Named, 'id' | 'label'>,
  present: unknown,
  { set = {}, cleared = [] }: GivenAnswers,
  context: ToolContext,
): Promise<readonly ManageRecord[]> {
  const { manage, signal } = context;
  const rows = await manage.all<ManageRecord>(QUESTIONS, { path: { parentId: type.id }, signal });
  const questions = rows.filter(({ inactiveFlag }) => inactiveFlag !== true);
  const called = cleanLine(type.label);
  const changed = new Map<unknown, unknown>();
  for (const text of cleared) changed.set(questionNamed(text, questions, called).id, null);
  for (const [text, value] of Object.entries(set)) {
    const question = questionNamed(text, questions, called);
    if (changed.has(question.id))
      throw new ToolInputError('answers', say`answers: ${cleanLine(question.question)} is said twice; send it once.`);
    changed.set(question.id, await valueFor(question, value, type.id, context));
  }
  const known = (Array.isArray(present) ? present : []) as readonly Answered[];
  const required = questions.filter(({ requiredFlag }) => requiredFlag === true);
  return questions.flatMap((question): ManageRecord[] => {
    const old = known.find(({ questionId }) => questionId === question.id);
    const isChanged = changed.has(question.id);
    const answer = isChanged ? changed.get(question.id) : old?.answer;
    if (required.includes(question) && isEmpty(answer) && (isChanged || present === undefined))
      throw new ToolInputError('answers', say`answers: ${cleanLine(question.question)} has to be answered.`, {
        allowed: required.map((one) => cleanLine(one.question)),
      });
    const isMasked = question.fieldType === 'Password' && MASK.test(String(answer));
    // What Manage shows in place of a password must not be stored as the password.
    if (!isChanged && (isEmpty(answer) || isMasked)) return [];
    const { question: text, fieldType } = question;
    const answerId = old?.answerId;
    return [
      {
        ...(answerId !== undefined && { answerId }),
        questionId: Number(question.id),
        question: text,
        answer,
        fieldType,
      },
    ];
  });
}

import { z } from 'zod';
import { fromManage, showDay } from '../../src/clock/index.ts';
import { sumOf, type Whole } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { all, field, type TimeSpan, within } from '../../src/query/index.ts';
import { type Clean, cleanLine, counted, joined, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  fragments,
  loosened,
  type ToolContext,
  ToolInputError,
  type Without,
} from '../../src/tool/index.ts';
import {
  ownersOf,
  type Question,
  type Response,
  readQuestions,
  readResponses,
  SURVEY_OPERATIONS,
} from './support/survey-results.ts';

/** Remarks and wishes for a call that are shown. */
const LATEST = 10;
const MOST_OWNERS = 25;

const rounded = (value: number): number => Math.round(value * 100) / 100;
/** Points on average, over all of some responses. */
const average = (responses: Whole<Response>): number =>
  rounded(sumOf(responses, 'points') / Math.max(responses.length, 1));

/** The survey that is meant: the one that is named, or the only one that is in use. */
async function surveyOf(given: Named | undefined, { names, signal }: ToolContext): Promise<Named> {
  if (given !== undefined) return given;
  const list = await names.list('survey', { signal });
  const [only] = list;
  if (only !== undefined && list.length === 1) return only;
  throw new ToolInputError(
    'survey',
    list.length === 0 ? say`There is no survey in use.` : say`Send survey: there are several.`,
    {
      allowed: list.map(({ label }) => label),
    },
  );
}

/** How often each choice of a question was answered, with the points for it. */
function tallyOf(
  { id, options }: Question,
  responses: readonly Response[],
): { answer: Clean; points: number; count: number }[] {
  const given = responses.flatMap(({ answers }) => answers.filter(({ questionId }) => questionId === id));
  return [...options]
    .sort((a, b) => b.points - a.points)
    .map(({ caption, points }) => ({
      answer: cleanLine(caption),
      points,
      count: given.filter(({ answer }) => answer === caption).length,
    }));
}

/** How many of a list are shown, where that is not all. */
const outOf = (shown: readonly unknown[], all: readonly unknown[]): Clean =>
  shown.length < all.length ? say`, ${shown.length} of ${all.length}` : say``;

/** Averages by owner of the ticket, those with most answers first. */
function byOwner(responses: Whole<Response>, owners: ReadonlyMap<number, string>) {
  const ownerOf = ({ ticketId }: Response): string => owners.get(ticketId) ?? 'unknown';
  return [...new Set(responses.map(ownerOf))]
    .map((owner) => {
      const own = responses.filter((response) => ownerOf(response) === owner);
      return { owner: cleanLine(owner), answers: own.length, average: average(own) };
    })
    .sort((a, b) => b.answers - a.answers);
}

interface Asked {
  readonly company: Named | undefined;
  readonly member: Named | undefined;
  readonly period: TimeSpan | undefined;
}

/** Answers with the owners of the tickets that they are about. */
interface Answers {
  readonly responses: Whole<Response>;
  readonly owners: ReadonlyMap<number, string>;
}

export default defineTool({
  name: 'get_survey_results',
  title: 'Get survey results',
  toolset: 'service',
  effect: 'read',
  uses: ['GET /service/surveys', ...SURVEY_OPERATIONS],
  description:
    'What customers answered about closed tickets, added up: points, choices, by technician, latest remarks.',
  input: z.strictObject({
    survey: fragments.filterName('survey').optional(),
    period: fragments.period('past').optional(),
    company: fragments.filterName('company').optional(),
    member: fragments.filterName('member').optional(),
  }),
  aliases: { customer: 'company', technician: 'member', owner: 'member', when: 'period', name: 'survey' },
  output: z.looseObject({ responses: z.int() }),
  async run(input, context) {
    const { manage, api, signal, zone, quote } = context;
    const { company, member, period } = input;
    const survey = await surveyOf(input.survey, context);
    const answersTo = async (asked: Asked): Promise<Answers> => {
      const conditions = all(
        asked.company && field('company/id', '=', asked.company.id),
        asked.period && within('dateEntered', asked.period, { api, schema: 'SurveyResult' }),
      );
      const every = await readResponses(manage, survey.id, conditions, signal);
      const tickets = [...new Set(every.map(({ ticketId }) => ticketId))];
      const owners = await ownersOf(manage, tickets, asked.member?.id, signal);
      return {
        owners,
        responses: asked.member === undefined ? every : every.filter(({ ticketId }) => owners.has(ticketId)),
      };
    };
    const [questions, { responses, owners }] = await Promise.all([
      readQuestions(manage, survey.id, signal),
      answersTo({ company, member, period }),
    ]);
    const given = (['company', 'member', 'period'] as const).filter((argument) => input[argument] !== undefined);
    const without = async (argument: keyof Asked): Promise<Without> => ({
      argument,
      total: (await answersTo({ company, member, period, [argument]: undefined })).responses.length,
    });
    const nothing = responses.length > 0 ? undefined : loosened(await Promise.all(given.map(without)));
    const best = questions.reduce((sum, { options }) => sum + Math.max(0, ...options.map(({ points }) => points)), 0);
    const mean = average(responses);
    const tallies = questions
      .filter(({ options }) => options.length > 0)
      .map((question) => ({ question: cleanLine(question.text), choices: tallyOf(question, responses) }));
    const local = await zone();
    const about = (one: Response) => {
      const moment = fromManage(one.at, local);
      return {
        ticketId: one.ticketId,
        day: moment === undefined ? say`` : cleanLine(showDay(moment)),
        from: joined([cleanLine(one.contact), cleanLine(one.company)], ', '),
        points: one.points,
      };
    };
    const open = new Set(questions.filter(({ options }) => options.length === 0).map(({ id }) => id));
    const latest = [...responses].sort((a, b) => b.at.localeCompare(a.at));
    const written = latest.flatMap((one) =>
      one.answers
        .filter(({ questionId, answer }) => open.has(questionId) && answer !== '')
        .map(({ answer }) => ({ one, answer })),
    );
    const remarks = written.slice(0, LATEST).map(({ one, answer }) => ({ ...about(one), text: quote(answer) }));
    const wishes = latest.filter(({ contactMe }) => contactMe);
    const calls = wishes.slice(0, LATEST).map(about);
    const technicians = byOwner(responses, owners);
    const shown = technicians.slice(0, MOST_OWNERS);
    const line = (one: ReturnType<typeof about>): Clean =>
      say`- ticket ${one.ticketId}, ${one.day}, ${one.from}, ${counted(one.points, 'point')}`;
    const count = responses.length;
    return {
      structured: {
        responses: count,
        average: mean,
        best,
        questions: tallies,
        technicians: shown,
        calls,
        remarks,
        hint: nothing,
      },
      text: lines([
        joined(
          [
            say`Survey ${cleanLine(survey.label)}: ${count} ${count === 1 ? 'answer' : 'answers'}`,
            count > 0 && say`${mean} of ${best} points on average`,
          ],
          ', ',
        ),
        nothing,
        ...tallies.map(({ question, choices }) => {
          const each = choices.map(({ answer, count: times }) => say`${answer} ${times}`);
          return say`${question} ${joined(each, ', ')}`;
        }),
        shown.length > 0 && say`By technician${outOf(shown, technicians)}:`,
        ...shown.map((one) => say`- ${one.owner}: ${one.average} (${one.answers})`),
        calls.length > 0 && say`Want to be called${outOf(calls, wishes)}:`,
        ...calls.map(line),
        remarks.length > 0 && say`Latest remarks${outOf(remarks, written)}:`,
        ...remarks.map((one) => lines([line(one), one.text])),
      ]),
    };
  },
});

import { z } from 'zod';
import { fromManage, readPeriod, showDay } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  type LegacyToolContext as ToolContext,
  ToolInputError,
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
const average = (points: readonly number[]): number =>
  rounded(points.reduce((sum, one) => sum + one, 0) / Math.max(points.length, 1));

/** The survey that is meant: the one that is named, or the only one that is in use. */
async function surveyOf(given: string | undefined, { names, signal }: ToolContext) {
  if (given !== undefined) return names.resolve('survey', given, { argument: 'survey' });
  const list = await names.list('survey', { signal });
  const [only] = list;
  if (only !== undefined && list.length === 1) return only;
  throw new ToolInputError(
    'survey',
    list.length === 0 ? 'There is no survey in use.' : 'Send survey: there are several.',
    {
      allowed: list.map(({ label }) => label),
    },
  );
}

/** How often each choice of a question was answered, with the points for it. */
function tallyOf(
  { id, options }: Question,
  responses: readonly Response[],
): { answer: string; points: number; count: number }[] {
  const given = responses.flatMap(({ answers }) => answers.filter(({ questionId }) => questionId === id));
  return [...options]
    .sort((a, b) => b.points - a.points)
    .map(({ caption, points }) => ({
      answer: caption,
      points,
      count: given.filter(({ answer }) => answer === caption).length,
    }));
}

/** Averages by owner of the ticket, those with most answers first. */
function byOwner(responses: readonly Response[], owners: ReadonlyMap<number, string>) {
  const groups = new Map<string, number[]>();
  for (const { ticketId, points } of responses) {
    const owner = owners.get(ticketId) ?? 'unknown';
    groups.set(owner, [...(groups.get(owner) ?? []), points]);
  }
  return [...groups]
    .map(([owner, points]) => ({ owner, answers: points.length, average: average(points) }))
    .sort((a, b) => b.answers - a.answers)
    .slice(0, MOST_OWNERS);
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
    survey: z.string().optional(),
    period: z.string().optional(),
    company: z.string().optional(),
    member: z.string().optional(),
  }),
  aliases: { customer: 'company', technician: 'member', owner: 'member', when: 'period', name: 'survey' },
  output: z.looseObject({ responses: z.int() }),
  async run(input, context) {
    const { manage, names, signal, zone, now, plain, quote } = context;
    const survey = await surveyOf(input.survey, context);
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const member = await resolveGiven(names, 'member', input.member, { argument: 'member' });
    const period =
      input.period === undefined
        ? undefined
        : readPeriod(input.period, { now: await now(), direction: 'past', argument: 'period' });
    const conditions = all(
      company && field('company/id', '=', company.id),
      period && field('dateEntered', '>=', period.start),
      period && field('dateEntered', '<', period.end),
    );
    const [questions, every] = await Promise.all([
      readQuestions(manage, survey.id, signal),
      readResponses(manage, survey.id, conditions, signal),
    ]);
    const tickets = [...new Set(every.map(({ ticketId }) => ticketId))];
    const owners = await ownersOf(manage, tickets, member?.id, signal);
    const responses = member === undefined ? every : every.filter(({ ticketId }) => owners.has(ticketId));
    const best = questions.reduce((sum, { options }) => sum + Math.max(0, ...options.map(({ points }) => points)), 0);
    const mean = average(responses.map(({ points }) => points));
    const tallies = questions
      .filter(({ options }) => options.length > 0)
      .map((question) => ({ question: plain(question.text), choices: tallyOf(question, responses) }));
    const local = await zone();
    const day = (text: string): string => {
      const moment = fromManage(text, local);
      return moment === undefined ? '' : showDay(moment);
    };
    const open = new Set(questions.filter(({ options }) => options.length === 0).map(({ id }) => id));
    const latest = [...responses].sort((a, b) => b.at.localeCompare(a.at));
    const remarks = latest
      .flatMap((one) =>
        one.answers
          .filter(({ questionId, answer }) => open.has(questionId) && answer !== '')
          .map(({ answer }) => ({
            ticketId: one.ticketId,
            day: day(one.at),
            from: plain(`${one.contact}, ${one.company}`),
            points: one.points,
            text: quote(answer),
          })),
      )
      .slice(0, LATEST);
    const calls = latest
      .filter(({ contactMe }) => contactMe)
      .slice(0, LATEST)
      .map((one) => ({
        ticketId: one.ticketId,
        day: day(one.at),
        from: plain(`${one.contact}, ${one.company}`),
        points: one.points,
      }));
    const technicians = byOwner(responses, owners);
    const head = `Survey ${plain(survey.label)}: ${responses.length} answers${responses.length > 0 ? `, ${mean} of ${best} points on average` : ''}`;
    const text = [
      head,
      ...tallies.map(
        ({ question, choices }) =>
          `${question} ${choices.map(({ answer, count }) => `${plain(answer)} ${count}`).join(', ')}`,
      ),
      ...(technicians.length > 0 ? ['By technician:'] : []),
      ...technicians.map((one) => `- ${plain(one.owner)}: ${one.average} (${one.answers})`),
      ...(calls.length > 0 ? ['Want to be called:'] : []),
      ...calls.map((one) => `- ticket ${one.ticketId}, ${one.day}, ${one.from}, ${one.points} points`),
      ...(remarks.length > 0 ? ['Latest remarks:'] : []),
      ...remarks.map((one) => `- ticket ${one.ticketId}, ${one.day}, ${one.from}, ${one.points} points\n${one.text}`),
    ];
    return {
      structured: {
        responses: responses.length,
        average: mean,
        best,
        questions: tallies,
        technicians: technicians.map((one) => ({ ...one, owner: plain(one.owner) })),
        calls,
        remarks,
      },
      text: text.join('\n'),
    };
  },
});

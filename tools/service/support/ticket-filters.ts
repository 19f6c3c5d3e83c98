import { z } from 'zod';
import type { Schemas } from '../../../src/api/index.ts';
import { AmbiguousName, type Named, UnknownName } from '../../../src/names/index.ts';
import { all, any, type Expression, field, onDay, type TimeSpan, within, wordsIn } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { assignedTo, saysNobody } from '../../../src/tickets/assign.ts';
import { onAnyBoard } from '../../../src/tickets/boards.ts';
import { isClosed, openCondition, waitingCondition } from '../../../src/tickets/open-tickets.ts';
import { mayBeAtRisk } from '../../../src/tickets/sla.ts';
import {
  type Filter,
  fragments,
  type NameWithin,
  type ToolContext,
  ToolInputError,
  together,
  withSynonyms,
} from '../../../src/tool/index.ts';

/** What people call the states of tickets. */
const STATE_WORDS = {
  all: 'any',
  both: 'any',
  active: 'open',
  opened: 'open',
  completed: 'closed',
  resolved: 'closed',
} as const;

/** What people call the filters that have a name. */
const ONLY_WORDS = {
  waiting: 'waitingOnCustomer',
  waitingForCustomer: 'waitingOnCustomer',
  customer: 'waitingOnCustomer',
  late: 'overdue',
  pastDue: 'overdue',
  today: 'dueToday',
  sla: 'slaAtRisk',
  atRisk: 'slaAtRisk',
  slaRisk: 'slaAtRisk',
  slaBreached: 'slaAtRisk',
} as const;

/** The filters of `search_tickets` as its input has them. */
export const ticketFilters = {
  text: z.string().optional().describe('In the summary'),
  mine: z.boolean().optional(),
  assignedTo: fragments.nameWithin('member', 'Member, or "unassigned"', { inactive: true }).optional(),
  board: fragments.filterName('board').optional(),
  status: fragments.nameWithin('status').optional(),
  company: fragments.filterName('company').optional(),
  contact: fragments.filterName('contact', { of: 'company' }).optional(),
  priority: fragments.filterName('priority').optional(),
  type: fragments.nameWithin('type').optional(),
  team: fragments.nameWithin('team').optional(),
  project: fragments.filterName('project', { of: 'company' }).optional(),
  state: withSynonyms(z.enum(['open', 'closed', 'any']), STATE_WORDS).optional(),
  only: withSynonyms(z.enum(['waitingOnCustomer', 'overdue', 'dueToday', 'slaAtRisk']), ONLY_WORDS).optional(),
  staleDays: fragments.rows(z.int().min(1).optional().describe('Not updated for days')),
  opened: fragments.period('past', 'Period: "last week", 2026-11-01..2026-11-15').optional(),
  updated: fragments.period('past', 'Period').optional(),
  closed: fragments.periodOrSwitch('past', 'Period').optional(),
  due: fragments.period('ahead', 'Period; with slaAtRisk of the SLA').optional(),
  kind: withSynonyms(z.enum(['service', 'project', 'both']), { all: 'both', any: 'both' }).optional(),
};

export type TicketFilters = z.output<z.ZodObject<typeof ticketFilters>>;
type State = 'open' | 'closed' | 'any';

/** Fields that say whether a ticket is closed: who asks for them gets the closed ones as well. */
const OF_STATE = /^(status|closed(Flag|Date|By)|dateResolved)(\/|$)/i;
const EVERY = /^(all|any|every|everyone|everybody|anyone|anybody|\*)$/i;
/** What people say for every status that is not a closed one. */
const OPEN = /^(open|active|unresolved|still open|(!|not[ -]?|non-?)closed)$/i;

const saysEvery = (name: NameWithin | undefined): boolean => name !== undefined && EVERY.test(name.given.trim());

/** What contradicts itself is refused with the reason. */
export const contradiction = (argument: string, why: Clean): ToolInputError => new ToolInputError(argument, why);

/** The state that was asked for in so many words. */
function statedOf({ state, closed }: TicketFilters): State | undefined {
  if (closed === undefined) return state;
  const meant = closed === false ? 'open' : 'closed';
  if (state === undefined || state === meant || (state === 'any' && closed !== false)) return meant;
  throw contradiction(
    'closed',
    say`closed asks for ${meant} tickets and state for ${state} ones: leave one of them out.`,
  );
}

const SEVERAL = /\s*(?:[,;]|\bor\b|\band\b)\s*/i;

async function found(
  kind: 'status' | 'type' | 'team',
  name: NameWithin,
  board: Named | undefined,
  { names, signal }: ToolContext,
): Promise<readonly Named[]> {
  try {
    // The same name has another id on each board: all of them are meant.
    return board === undefined ? await onAnyBoard(names, kind, name.given) : [await name.within({ boardId: board.id })];
  } catch (error) {
    const parts = name.given.split(SEVERAL).filter((part) => part !== '');
    if (parts.length < 2 || !(error instanceof UnknownName || error instanceof AmbiguousName)) throw error;
    // "New, In Progress" is both of them; one that is not known is the error of the whole.
    const each = parts.map((part) =>
      board === undefined
        ? onAnyBoard(names, kind, part)
        : names.resolve(kind, part, { argument: kind, boardId: board.id, signal }).then((record) => [record]),
    );
    return (await Promise.all(each)).flat();
  }
}

const idIn = (path: string, records: readonly Named[]): Expression =>
  field(
    path,
    'in',
    records.map(({ id }) => id),
  );

const is = (path: string, record: Named | undefined): Expression | undefined => record && field(path, '=', record.id);

interface StateFilter {
  /** What the list says of its tickets: `open tickets`. */
  readonly state: State;
  readonly filter: Filter | undefined;
  /** Says that closed tickets are in the list although nobody asked for them in so many words. */
  readonly lifted?: Clean;
}

/** Open tickets, unless a status, a state or a condition on either says otherwise. */
async function stateFilter(
  input: TicketFilters,
  saidFields: readonly string[],
  context: ToolContext,
): Promise<StateFilter> {
  const { names } = context;
  const { board, status, only } = input;
  const said = statedOf(input);
  // A closed ticket is neither overdue nor at risk any more.
  if (only !== undefined && (said === 'closed' || said === 'any'))
    throw contradiction(
      'only',
      say`only: "${only}" is about open tickets, and ${said === 'any' ? 'all' : 'closed ones'} are asked for: leave one of them out.`,
    );
  const stated = only === undefined ? said : 'open';
  const open = async (state: 'open' | 'closed'): Promise<Expression> =>
    openCondition(names, state === 'open', board?.id);
  if (status !== undefined && !saysEvery(status)) {
    if (OPEN.test(status.given.trim())) {
      if (stated === 'closed')
        throw contradiction(
          'status',
          say`status asks for open tickets and state for closed ones: leave one of them out.`,
        );
      return { state: 'any', filter: { argument: 'status', condition: await open('open') } };
    }
    const named = await found('status', status, board, context);
    const fitting =
      stated === undefined || stated === 'any' ? named : named.filter((one) => isClosed(one) === (stated === 'closed'));
    if (fitting.length === 0) {
      const left = stated === 'closed' ? say`open` : say`closed`;
      const why =
        only === undefined
          ? say`${stated ?? 'other'} ones are asked for: leave out status or state`
          : say`only: "${only}" is about open ones: leave one of them out`;
      throw contradiction('status', say`Tickets in status ${cleanLine(named[0]?.label)} are ${left}, and ${why}.`);
    }
    return { state: 'any', filter: { argument: 'status', condition: idIn('status/id', fitting) } };
  }
  if (said === 'open' || said === 'closed')
    return { state: said, filter: { argument: 'state', condition: await open(said) } };
  if (only === undefined && (said === 'any' || saysEvery(status))) return { state: 'any', filter: undefined };
  const lifting = [...new Set(saidFields.filter((path) => OF_STATE.test(path)))].map(cleanLine);
  if (lifting.length > 0 && only === undefined)
    return {
      state: 'any',
      filter: undefined,
      lifted: say`Open and closed tickets, because ${joined(lifting, ', ')} is asked for; state: "open" leaves the closed ones out.`,
    };
  return { state: 'open', filter: { argument: 'the default state "open"', condition: await open('open') } };
}

async function whoFilter({ mine, assignedTo: given }: TicketFilters, { me }: ToolContext): Promise<Filter | undefined> {
  const name = saysEvery(given) ? undefined : given;
  const own = mine === true ? await me() : undefined;
  if (name === undefined) {
    const condition = own && assignedTo(own.identifier);
    return condition && { argument: 'mine', condition };
  }
  const isNobody = saysNobody(name.given);
  const member = isNobody ? undefined : await name.within({});
  if (own !== undefined && member?.id !== own.memberId)
    throw contradiction(
      'assignedTo',
      say`mine asks for tickets of ${cleanLine(own.name)} and assignedTo for ${isNobody ? 'unassigned ones' : cleanLine(member?.label)}: leave one of them out.`,
    );
  const condition = isNobody ? field('resources', '=', null) : assignedTo(member?.identifier ?? '');
  return condition && { argument: 'assignedTo', condition };
}

/** Tickets whose due date has passed. One without a time of day is due until its day is over. */
function overdue(today: TimeSpan, now: TimeSpan['start'], options: { api: Schemas; schema: string }): Expression {
  const before = within('requiredDate', { start: today.start.minus({ years: 100 }), end: today.start }, options);
  const earlierToday = all(
    field('requiredDate', '>=', today.start),
    field('requiredDate', '<', now),
    onDay('requiredDate', '!=', today.start),
    onDay('requiredDate', '!=', today.end),
  );
  return any(before, earlierToday) as Expression;
}

async function onlyFilter({ only, board, due }: TicketFilters, context: ToolContext): Promise<Expression | undefined> {
  if (only === undefined) return undefined;
  if (only === 'waitingOnCustomer') return waitingCondition(context.names, board?.id);
  const now = await context.now();
  if (only === 'slaAtRisk') return mayBeAtRisk(now, context.api, due);
  const options = { api: context.api, schema: 'Ticket' };
  const today = { start: now.startOf('day'), end: now.startOf('day').plus({ days: 1 }) };
  return only === 'overdue' ? overdue(today, now, options) : within('requiredDate', today, options);
}

/**
 * The filters of a search, each under its argument, and which tickets the list is of.
 * @param saidFields fields that the caller's own `where` and `conditions` compare: what they ask for beats a default
 * @throws {ToolInputError} for arguments that contradict each other
 */
export async function readFilters(
  input: TicketFilters,
  saidFields: readonly string[],
  context: ToolContext,
): Promise<{ filters: readonly Filter[]; state: State; lifted: Clean | undefined }> {
  const { board, only, staleDays } = input;
  const options = { api: context.api, schema: 'Ticket' };
  const ofBoard = async (kind: 'type' | 'team'): Promise<Expression | undefined> => {
    const name = input[kind];
    return name === undefined || saysEvery(name)
      ? undefined
      : idIn(`${kind}/id`, await found(kind, name, board, context));
  };
  const during = (path: string, span: TimeSpan | boolean | undefined): Expression | undefined =>
    typeof span === 'object' ? within(path, span, options) : undefined;
  const [{ state, filter, lifted }, who, type, team, onlyOne] = await together([
    stateFilter(input, saidFields, context),
    whoFilter(input, context),
    ofBoard('type'),
    ofBoard('team'),
    onlyFilter(input, context),
  ]);
  const conditions: [string, Expression | undefined][] = [
    ['text', input.text === undefined ? undefined : wordsIn('summary', input.text)],
    ['board', is('board/id', board)],
    ['company', is('company/id', input.company)],
    ['contact', is('contact/id', input.contact)],
    ['priority', is('priority/id', input.priority)],
    ['project', is('project/id', input.project)],
    ['type', type],
    ['team', team],
    [
      'staleDays',
      staleDays === undefined ? undefined : field('lastUpdated', '<', (await context.now()).minus({ days: staleDays })),
    ],
    ['only', onlyOne],
    ['opened', during('dateEntered', input.opened)],
    ['updated', during('lastUpdated', input.updated)],
    ['closed', during('closedDate', input.closed)],
    // With the risk of missing a service level, the deadline that is meant is the service level's.
    ['due', only === 'slaAtRisk' ? undefined : during('requiredDate', input.due)],
  ];
  const own = conditions.flatMap(([argument, condition]) => (condition === undefined ? [] : [{ argument, condition }]));
  return { filters: [...own, ...[filter, who].filter((one) => one !== undefined)], state, lifted };
}

import type { SandboxRecord } from '../store/store.ts';
import { type Provider, utc } from './provider.ts';

/** Hours to respond, to plan and to resolve, for the four priorities of an SLA. */
const HOURS = {
  'Standard SLA': [
    [1, 2, 4],
    [2, 8, 24],
    [4, 24, 72],
    [8, 48, 120],
  ],
  'Premium SLA': [
    [0.25, 1, 2],
    [0.5, 2, 8],
    [2, 8, 24],
    [4, 24, 72],
  ],
} as const;

/** What customers are promised: by SLA and priority. */
export function seedServiceLevels(provider: Provider): void {
  const priorities = provider.all('/service/priorities');
  const calendar = provider.named('/schedule/calendars', 'Office hours');
  const priority = (index: number): Record<string, unknown> =>
    provider.ref('PriorityReference', priorities[index] ?? provider.random.pick(priorities));
  Object.entries(HOURS).forEach(([name, hours], order) => {
    const [respondHours, planWithin, resolutionHours] = hours[2];
    const sla = provider.put('/service/SLAs', {
      name,
      basedOn: 'MyCalendar',
      customCalendar: provider.ref('CalendarReference', calendar),
      defaultFlag: order === 0,
      applicationOrder: order + 1,
      hiImpactHiUrgency: priority(0),
      hiImpactMedUrgency: priority(1),
      hiImpactLowUrgency: priority(2),
      medImpactHiUrgency: priority(1),
      medImpactMedUrgency: priority(2),
      medImpactLowUrgency: priority(3),
      lowImpactHiUrgency: priority(2),
      lowImpactMedUrgency: priority(3),
      lowImpactLowUrgency: priority(3),
      respondHours,
      respondPercent: 90,
      planWithin,
      planWithinPercent: 90,
      resolutionHours,
      resolutionPercent: 85,
    });
    hours.forEach(([respond, plan, resolve], index) => {
      provider.put(
        '/service/SLAs/{parentId}/priorities',
        {
          priority: priority(index),
          respondHours: respond,
          respondPercent: 90,
          planWithin: plan,
          planWithinPercent: 90,
          resolutionHours: resolve,
          resolutionPercent: 85,
          sla: provider.ref('SLAReference', sla),
        },
        { parents: [sla.id] },
      );
    });
  });
}

const TEMPLATES: readonly (readonly [name: string, summary: string, problem: string, hours: number])[] = [
  ['New starter', 'New starter: account and laptop', 'Create the account, order the laptop, plan the first day.', 3],
  ['Leaver', 'Leaver: close accounts', 'Disable the account, forward the mail, collect the devices.', 1],
  ['Monthly maintenance', 'Monthly maintenance of the servers', 'Updates, restarts, test of the backup.', 4],
  ['Quarterly review', 'Quarterly review with the customer', 'Tickets, warranties and licences of the quarter.', 2],
];

const ARTICLES: readonly (readonly [title: string, issue: string, resolution: string])[] = [
  [
    'VPN drops every hour',
    'The client loses the tunnel after 60 minutes.',
    'Raise the rekey time on the firewall; update the client.',
  ],
  [
    'Outlook asks for the password again and again',
    'After a change of the password.',
    'Clear the stored credentials and sign in again.',
  ],
  [
    'Printer shows offline',
    'Users on the second floor cannot print.',
    'The printer got another address: set the port to its name.',
  ],
  [
    'Backup job fails with a full disk',
    'The repository has less than 5 % left.',
    'Remove expired restore points, then run the job again.',
  ],
  [
    'Set up a new starter',
    'What a new colleague of a customer needs.',
    'Use the template New starter; order the laptop ten days ahead.',
  ],
  [
    'Report phishing',
    'A user got a suspicious mail.',
    'Save the mail as a file, reset the password if a link was opened.',
  ],
];

/** What the service desk works from: templates, knowledge, surveys with what customers answered, and who is on a ticket right now. */
export function seedServiceDesk(provider: Provider): void {
  provider.random.begin('service desk');
  const board = provider.named('/service/boards', 'Help Desk');
  const boardRef = provider.ref('BoardReference', board);
  for (const [name, summary, problem, hoursBudget] of TEMPLATES) {
    provider.put('/service/templates', {
      name,
      board: boardRef,
      summary,
      problem,
      hoursBudget,
      severity: 'Medium',
      impact: 'Medium',
      templateFlag: true,
      timeBillableFlag: true,
      billingMethod: 'ActualRates',
    });
  }
  const [category] = provider.table('/service/knowledgeBaseCategories', [{ name: 'How-to' }, { name: 'Known errors' }]);
  const created = provider.now.minus({ months: 5 });
  ARTICLES.forEach(([title, issue, resolution], index) => {
    const at = created.plus({ days: index * 17 });
    provider.put(
      '/service/knowledgeBaseArticles',
      {
        title,
        issue,
        resolution,
        board: boardRef,
        locationId: 1,
        businessUnitId: 1,
        categoryId: category?.id,
        dateCreated: utc(at),
        createdBy: 'mobrien',
      },
      { at, by: 'mobrien' },
    );
  });
  seedSurveys(provider);
  seedStopwatches(provider);
}

const REMARKS = ['Fast and friendly', 'It took two calls', 'Still not quite solved', 'Thank you!'];

function seedSurveys(provider: Provider): void {
  const { random, now } = provider;
  const survey = provider.put('/service/surveys', {
    name: 'Closed ticket',
    inactiveFlag: false,
    headerText: 'How did we do?',
    headerTextVisibleFlag: true,
    thankYouText: 'Thank you for your time.',
  });
  const parents = [survey.id];
  const options = ['Very bad', 'Bad', 'Fair', 'Good', 'Very good'].map((caption, points) => ({
    includeFlag: true,
    caption,
    points: points + 1,
  }));
  const [rating, remark] = (
    [
      ['Selection', 'How satisfied are you with our service?', options],
      ['OpenEnded', 'What could we do better?', undefined],
    ] as const
  ).map(([type, question, choices], index) =>
    provider.put(
      '/service/surveys/{parentId}/questions',
      {
        sequenceNumber: index + 1,
        type,
        question,
        ...(choices && { options: choices }),
        includeFlag: true,
        requiredFlag: index === 0,
        noAnswerPoints: 0,
        surveyId: survey.id,
      },
      { parents },
    ),
  );
  if (rating === undefined || remark === undefined) return;
  for (const ticket of lastClosed(provider, 160).filter((_, index) => index % 4 === 0)) {
    const points = random.pick([5, 5, 5, 4, 4, 4, 3, 2, 1]);
    const closed = String(ticket.closedDate);
    provider.store.collection('/service/surveys/{parentId}/results').plant(
      {
        id: 0,
        ticketId: ticket.id,
        emailAddress: ticket.contactEmailAddress,
        contactMeFlag: points < 3,
        contact: ticket.contact,
        company: ticket.company,
        results: [
          { questionId: rating.id, answer: options[points - 1]?.caption },
          ...(random.chance(0.4) ? [{ questionId: remark.id, answer: random.pick(REMARKS) }] : []),
        ],
        totalPoints: points,
        surveyId: survey.id,
        _info: { lastUpdated: closed, updatedBy: 'survey', dateEntered: closed, enteredBy: 'survey' },
      },
      parents,
    );
  }
  provider.put(
    '/service/surveys',
    { name: 'Yearly satisfaction', inactiveFlag: true },
    { at: now.minus({ years: 2 }) },
  );
}

/** So many of the newest tickets of a contact that are closed, oldest first. */
function lastClosed(provider: Provider, count: number): SandboxRecord[] {
  const tickets = provider.store.collection('/service/tickets');
  const found: SandboxRecord[] = [];
  for (let place = tickets.ids.length - 1; place >= 0 && found.length < count; place -= 1) {
    const ticket = tickets.get(tickets.ids[place] as number);
    if (ticket?.closedFlag === true && ticket.contact !== undefined) found.push(ticket);
  }
  return found.reverse();
}

/** The oldest open ticket of an owner; the oldest of any owner where this one has none. */
function oldestOpen(provider: Provider, ownerId: number): SandboxRecord | undefined {
  let oldest: SandboxRecord | undefined;
  for (const ticket of provider.store.collection('/service/tickets').all()) {
    if (ticket.closedFlag === true || ticket.owner === undefined) continue;
    if ((ticket.owner as { id: number }).id === ownerId) return ticket;
    oldest ??= ticket;
  }
  return oldest;
}

/** Two technicians have a stopwatch on a ticket: one runs, one is paused over a call. */
function seedStopwatches(provider: Provider): void {
  const { now } = provider;
  for (const [identifier, status, minutes] of [
    ['achen', 'Running', 25],
    ['swright', 'Paused', 70],
  ] as const) {
    const member = provider.named('/system/members', identifier, 'identifier');
    const ticket = oldestOpen(provider, member.id);
    if (ticket === undefined) continue;
    const start = now.minus({ minutes });
    provider.put(
      '/time/ticketstopwatches',
      {
        member: provider.ref('MemberReference', member),
        ticket: provider.ref('TicketReference', ticket),
        status,
        startTime: utc(start),
        dateEntered: utc(start),
        totalPauseTime: status === 'Paused' ? 600 : 0,
        billableOption: 'Billable',
        workType: member.workType,
        workRole: member.workRole,
        locationId: 1,
        businessUnitId: 1,
        notes: 'On it',
      },
      { at: start, by: identifier },
    );
  }
}

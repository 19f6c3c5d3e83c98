import { type Session, startSession } from '../test/support/session.ts';

// A conversation as it comes out on the sandbox: what a person says, the call that an assistant makes of it, and the whole answer.
// The day is fixed, so that the record changes only when an answer does.

interface Call {
  readonly tool: string;
  readonly input: Record<string, unknown>;
}

interface Turn {
  readonly says: string;
  /** Calls, each made of what was answered before. */
  readonly calls: readonly ((known: Known) => Call)[];
  /** What a reader should notice. */
  readonly note: string;
}

/** What later turns need of earlier ones. */
interface Known {
  ticketId: number;
  changeId: string;
}

const TURNS: readonly Turn[] = [
  {
    says: "Acme's VPN is down, their office manager called. Open a ticket, it's urgent, and I take it.",
    calls: [
      () => ({
        tool: 'create_ticket',
        input: {
          summary: 'VPN is down',
          company: 'Acme',
          contact: 'their office manager',
          priority: 'urgent',
          description: 'Nobody can connect since this morning.',
          assignTo: 'me',
        },
      }),
    ],
    note: 'Names go in as they were said, and come out as what was stored. What was not said is marked as a default; nobody was mailed.',
  },
  {
    says: 'Log 45 minutes on it, I started at two. The certificate of the gateway had run out.',
    calls: [
      ({ ticketId }) => ({
        tool: 'log_time',
        input: { ticketId, start: '2pm', hours: '45 minutes', notes: 'Renewed the certificate of the VPN gateway' },
      }),
    ],
    note: 'Local time goes in; the answer shows it with its day and zone, and what Manage stores.',
  },
  {
    says: 'Tell her that it works again, and mail it.',
    calls: [
      ({ ticketId }) => ({
        tool: 'add_ticket_note',
        input: {
          ticketId,
          kind: 'discussion',
          text: 'The VPN works again: the certificate of the gateway had run out and is renewed.',
          notify: true,
        },
      }),
    ],
    note: 'Mail to a customer needs the yes of the person, who sees the addresses and the text. The model cannot give it.',
  },
  {
    says: 'Close it. It was the certificate.',
    calls: [
      ({ ticketId }) => ({
        tool: 'update_ticket',
        input: { ticketId, close: true, resolution: 'The certificate of the VPN gateway had run out; renewed.' },
      }),
    ],
    note: 'Every change is said as before and after.',
  },
  {
    says: 'Hm, not yet, they want to watch it until tomorrow. Undo that.',
    calls: [
      () => ({ tool: 'list_changes', input: { limit: 1 } }),
      ({ changeId }) => ({ tool: 'undo_change', input: { id: changeId } }),
    ],
    note: 'The journal knows what was there before. Undoing asks again, because it writes again.',
  },
  {
    says: 'Who has not entered their time last week?',
    calls: [() => ({ tool: 'find_missing_time', input: { period: 'last week' } })],
    note: 'What is due comes from each calendar, holidays off.',
  },
  {
    says: 'Billable utilization by technician last month, against the month before.',
    calls: [
      () => ({
        tool: 'report',
        input: { measures: ['billable utilization'], by: ['member'], period: 'last month', compare: 'previous' },
      }),
    ],
    note: 'Figures are worked out by the server over all records, and say how.',
  },
];

/** The first part of a change's id is drawn by chance; every record has the same one. */
const withoutChance = (text: string): string => text.replace(/\b[0-9a-f]{10}(?=-\d|")/g, '689d6accd4');

const fenced = (text: string): string => `\`\`\`text\n${text.trim()}\n\`\`\``;

/** One turn as Markdown. */
async function play(session: Session, turn: Turn, known: Known, asked: string[]): Promise<string> {
  const parts = [`> **${turn.says}**`];
  for (const callOf of turn.calls) {
    const { tool, input } = callOf(known);
    asked.length = 0;
    const { text, structured, isError } = await session.call(tool, input);
    if (isError) throw new Error(`${tool}: ${text}`);
    if (tool === 'create_ticket') known.ticketId = structured.id;
    if (tool === 'list_changes') known.changeId = structured.rows[0][0];
    parts.push(`\`${tool}\` \`${withoutChance(JSON.stringify(input))}\``);
    for (const question of asked) parts.push('The person is asked, and says yes:', fenced(withoutChance(question)));
    parts.push(fenced(withoutChance(text)));
  }
  return `${[...parts, turn.note].join('\n\n')}\n`;
}

/** The whole conversation: `first` of its turns for the README, all for docs/conversation.md. */
export async function conversation(): Promise<{ readonly first: string; readonly document: string }> {
  const asked: string[] = [];
  const session = await startSession({
    toolsets: 'core,system',
    answer(question) {
      asked.push(question);
      return true;
    },
  });
  const known: Known = { ticketId: 0, changeId: '' };
  const played: string[] = [];
  try {
    for (const turn of TURNS) played.push(await play(session, turn, known, asked));
  } finally {
    await session.close();
  }
  const document = [
    '# What a conversation looks like',
    '',
    'Recorded on the sandbox by `npm run docs`, on Tuesday, 24 November 2026, 16:20 in New York: what a technician says, the call that an',
    'assistant makes of it, and the whole answer. Assistants put the answers into words of their own; the facts are these.',
    '',
    ...played,
  ].join('\n');
  return { first: played.slice(0, 2).join('\n'), document };
}

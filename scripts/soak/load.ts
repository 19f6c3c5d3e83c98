import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@modelcontextprotocol/client';

type Input = Readonly<Record<string, unknown>>;

/** A call, and the summary of the ticket that it creates, if it does. */
interface Call {
  readonly tool: string;
  readonly input: Input;
  readonly creates?: string;
}

const call = (tool: string, input: Input = {}): Call => ({ tool, input });
const write = (operation: string, body: unknown): Call =>
  call('call_write_operation', { operation, body, confirm: true });

/** What callers do all day, one in four a write. */
const CALLS: readonly ((caller: number, round: number) => Call)[] = [
  () => call('search_tickets'),
  () => call('search_tickets', { company: 'Acme Corporation', limit: 100, detail: 'full' }),
  (_, round) => call('get_ticket', { ticketId: 1 + (round % 90) }),
  () => call('search_companies', { name: 'Acme' }),
  () => call('get_timesheet'),
  () => call('search_schedule', { period: 'this week' }),
  () => call('find_missing_time', { period: 'last week' }),
  () => call('search_operations', { query: 'who changed the agreement' }),
  () => call('report', { measures: ['hours'], by: ['member'], period: 'last month' }),
  () => call('call_read_operation', { operation: 'GET /service/tickets', query: { pageSize: 500 } }),
  () => call('call_read_operation', { operation: 'GET /time/entries', all: true, query: { fields: 'id,notes' } }),
  (caller, round) => call('get_ticket', { ticketId: `#${caller}-${round}`, note: 'x'.repeat(20_000) }),
  (caller, round) => {
    const summary = `Soak ${caller}-${round}`;
    const input = { summary, company: 'Globex', board: 'Help Desk' };
    return { tool: 'create_ticket', input, creates: summary };
  },
  (caller, round) => call('add_ticket_note', { ticketId: 1 + caller, text: `Looked at it, ${round}` }),
  (caller, round) => call('update_ticket', { ticketId: 1 + caller, summary: `Changed ${round} by ${caller}` }),
  (caller, round) =>
    write(`PATCH /service/tickets/${1 + caller}`, [{ op: 'replace', path: 'poNumber', value: `P${round}` }]),
];

/** Faults, each of which hits a few requests. */
const FAULTS = [
  { kind: 'slow', delayMs: 1_500, times: 6 },
  { kind: 'slow-body', delayMs: 1_000, times: 3 },
  { kind: 'error', status: 503, times: 3 },
  { kind: 'error-html', status: 502, times: 2 },
  { kind: 'error-after', status: 500, times: 1 },
  { kind: 'reset-before', times: 2 },
  { kind: 'reset-after', times: 1 },
  { kind: 'reset-body', times: 2 },
  { kind: 'truncated', times: 2 },
  { kind: 'wrong-type', times: 2 },
  { kind: 'throttle', retryAfterSeconds: 1, times: 2 },
  { kind: 'throttle-html', retryAfterSeconds: 1, times: 1 },
] as const;

/** What came of calls, by kind; and of created tickets, by what was said of them. */
export interface Outcomes {
  readonly kinds: Map<string, number>;
  readonly created: Map<string, 'done' | 'unknown' | 'refused'>;
}

/** What kind of end a text tells of. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/failed inside the server/i, 'INTERNAL'],
  [/whole time before anything was written/, 'out of time, nothing written'],
  [/not known whether|unknown|before trying again/i, 'unknown, look first'],
  [/nothing was (created|changed|done)|was not (created|changed)/i, 'not done, said so'],
  [/deadline|did not answer|in time|seconds/i, 'no answer in time'],
  [/no ticket|not a (whole )?number|Unknown argument|no argument/i, 'refused arguments'],
];
const kindOf = (text: string): string => KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? text.slice(0, 70);

/** No client waits longer. */
const PATIENCE_MS = 60_000;

async function make(client: Client, { tool, input, creates }: Call, { kinds, created }: Outcomes): Promise<void> {
  const count = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  try {
    const result = await client.callTool({ name: tool, arguments: input }, { timeout: PATIENCE_MS });
    const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
    const kind = result.isError ? kindOf(text) : 'answered';
    count(kind);
    if (creates === undefined) return;
    if (!result.isError) created.set(creates, 'done');
    else created.set(creates, kind === 'unknown, look first' ? 'unknown' : 'refused');
  } catch (error) {
    count(`PROTOCOL ${tool}: ${(error as Error).message.slice(0, 70)}`);
    if (creates !== undefined) created.set(creates, 'unknown');
  }
}

/** One caller, who thinks for a moment between calls. */
export async function callFor(client: Client, caller: number, until: number, outcomes: Outcomes): Promise<void> {
  for (let round = 0; Date.now() < until; round += 1) {
    const next = CALLS[(round * 7 + caller * 3) % CALLS.length];
    if (next !== undefined) await make(client, next(caller, round), outcomes);
    await sleep(100 + ((caller * 37 + round * 53) % 400));
  }
}

/** Calls a fault: so that most are answered, however fast the machine is. */
const CALLS_A_FAULT = 12;

/** Lets something go wrong as callers go on. */
export async function fail(fault: (fault: object) => Promise<void>, until: number, { kinds }: Outcomes): Promise<void> {
  let turn = 0;
  while (Date.now() < until) {
    const calls = [...kinds.values()].reduce((sum, count) => sum + count, 0);
    if (turn * CALLS_A_FAULT <= calls) await fault(FAULTS[turn++ % FAULTS.length] ?? FAULTS[0]);
    else await sleep(100);
  }
}

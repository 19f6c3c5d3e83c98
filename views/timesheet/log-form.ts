import { instantAt } from '../calendar/clock.ts';
import type { Act } from '../shared/act.ts';
import { type Sheet, ticketOf } from './sheet.ts';

/** What is known before anything is filled in. */
export interface Prefilled {
  readonly date: string;
  readonly start?: string;
  readonly end?: string;
  readonly ticketId?: number;
}

/** Tickets of the sheet, and of what is not logged yet, as suggestions. */
function tickets({ days, proposals }: Sheet): { value: string; label: string }[] {
  const logged = days
    .flatMap(({ entries }) => entries.flatMap((entry) => ticketOf(entry) ?? []))
    .map(({ id, summary }) => [id, summary] as const);
  const left = proposals.map(({ ticketId, what }) => [String(ticketId), what] as const);
  return [...new Map([...logged, ...left])].map(([value, label]) => ({ value, label }));
}

/** The form by which time is logged on a day. @param member whose sheet it is, where it is not one's own */
export const logForm = (sheet: Sheet, known: Prefilled, member: unknown): Act => ({
  tool: 'log_time',
  title: 'Log time',
  preview: true,
  fields: [
    { name: 'date', label: 'Day', kind: 'date', value: known.date, required: true },
    { name: 'start', label: 'From', kind: 'time', value: known.start, required: true },
    { name: 'end', label: 'To', kind: 'time', value: known.end, required: true },
    {
      name: 'ticket',
      label: 'Ticket',
      kind: 'text',
      value: known.ticketId?.toString(),
      choices: tickets(sheet),
      hint: 'Number',
    },
    { name: 'code', label: 'or charge code', kind: 'text', hint: 'Training, Meeting...' },
    {
      name: 'billable',
      label: 'Billing',
      kind: 'choice',
      choices: [
        { value: '', label: "Manage's choice" },
        { value: 'Billable', label: 'Billable' },
        { value: 'NoCharge', label: 'No charge' },
        { value: 'DoNotBill', label: 'Do not bill' },
      ],
    },
    { name: 'notes', label: 'Notes', kind: 'lines' },
  ],
  input: ({ date = '', start = '', end = '', ticket = '', code, billable, notes }) => ({
    // With their offsets: the sheet's clock is its member's, which need not be that of the conversation.
    start: instantAt({ date, time: start, zone: sheet.timeZone }),
    end: instantAt({ date, time: end, zone: sheet.timeZone, after: start }),
    // As it was typed, where it is no number: the server says what it should be.
    ticketId: /^\D*(\d+)/.exec(ticket)?.[1] ?? ticket,
    chargeCode: code,
    billable,
    notes,
    member,
  }),
  words: ({ start, end, ticketId, chargeCode, notes }) =>
    `Log time from ${start} to ${end} on ${ticketId === '' ? chargeCode : `ticket ${ticketId}`}${notes === '' ? '' : `, notes: ${notes}`}.`,
});

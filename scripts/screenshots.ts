import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Session, startSession } from '../test/support/session.ts';
import { type HostOptions, type Shown, showTool } from '../test/views/host/show-tool.ts';
import { stageForViews } from '../test/views/host/stage.ts';

// Writes the pictures in docs/views: the views as a host shows them, on the sandbox's made-up data.

const folder = resolve(import.meta.dirname, '../docs/views');

/** One of my tickets from a customer, with a day's work on it. */
async function workOnTicket(session: Session): Promise<number> {
  const mine = await session.call('search_tickets', { assignedTo: 'me', board: 'Help Desk', status: 'In Progress' });
  const ticketId = Number(mine.structured.rows[0][0]);
  const note = (kind: string, text: string) => session.call('add_ticket_note', { ticketId, kind, text });
  await note('internal', 'Its address changed with the new switch; the print server still looks for the old one.');
  await note('discussion', 'We found the cause and are on it. Half an hour at most.');
  await session.call('log_time', { ticketId, start: '3:30pm', hours: '45 minutes', notes: 'Reserved the address' });
  await note('resolution', 'Reserved the address of the printer, so that it stays the same. Printed a test page.');
  for (const [notes, closedFlag] of [
    ['Reserve the address', true],
    ['Tell the user', false],
  ])
    await session.rest('POST', `/service/tickets/${ticketId}/tasks`, { notes, closedFlag });
  return ticketId;
}

/** Fills in the afternoons of last week, so that the sheet looks like a week of work. */
async function logLastWeek(session: Session): Promise<void> {
  const { structured } = await session.call('get_timesheet', { date: 'last week' });
  const [first, second] = structured.days[0].entries.map(({ on }: { on: string }) => Number(/\d+/.exec(on)?.[0]));
  const entries = [
    { day: 0, chargeCode: 'Training', start: '2:30pm', hours: '2 hours' },
    { day: 1, chargeCode: 'Meeting', start: '1:30pm', hours: '1 hour' },
    { day: 1, ticketId: first, start: '2:30pm', hours: '2.5 hours' },
    { day: 2, ticketId: second, start: '1pm', hours: '3 hours' },
    { day: 2, ticketId: first, start: '2pm', hours: '1 hour', allowOverlap: true },
    { day: 3, ticketId: second, start: '1pm', hours: '3.75 hours' },
  ];
  for (const { day, ...entry } of entries) {
    const { isError, text } = await session.call('log_time', { ...entry, date: structured.days[day].date });
    if (isError) throw new Error(text);
  }
}

const [session, { browser, pages }] = await Promise.all([startSession(), stageForViews()]);
await logLastWeek(session);
const ticketId = await workOnTicket(session);
const week = { date: 'last week' };
const months = { measures: ['opened', 'closed', 'backlog'], by: ['month'], period: 'last 6 months' };
const billing = { measures: ['hours'], by: ['member', 'billable'], period: 'last month' };

/** What is done to a view before its picture is taken. */
type Before = (view: Shown['view']) => Promise<void>;

interface Picture {
  readonly tool: string;
  readonly input: Record<string, unknown>;
  readonly options: HostOptions;
  readonly before?: Before;
}

const openEntry: Before = (view) => view.locator('.entry').first().click();
const lookAt: Before = (view) => view.locator('.plot, .bars').first().press('End');
const fillGap: Before = async (view) => {
  await view.locator('.fill').first().click();
  const form = view.getByRole('form');
  await form.getByRole('combobox', { name: 'Ticket' }).fill(String(ticketId));
  await form.getByLabel('Notes').fill('Checked the switch with the vendor');
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.locator('.shown').waitFor();
};

const board = { board: 'Help Desk', limit: 12 };
const asBoard: Before = (view) => view.getByRole('button', { name: 'Board' }).click();

const day = { member: 'all' };
const freeTimeRead: Before = (view) => view.locator('.gap').first().waitFor();
const dragEntry: Before = async (view) => {
  await freeTimeRead(view);
  const lane = view.getByRole('region', { name: 'Théo Moreau' }).locator('.grid');
  const { width = 0, height = 0 } = (await lane.boundingBox()) ?? {};
  // Into the afternoon, which is free.
  await view
    .locator('.entry')
    .last()
    .dragTo(lane, { targetPosition: { x: width * 0.82, y: height / 2 } });
  await view.getByRole('form').locator('.shown').waitFor();
};

/** Pictures by their names; `-dark` in a dark host, `-320` in a narrow one. */
const PICTURES: Readonly<Record<string, Picture>> = {
  timesheet: { tool: 'get_timesheet', input: week, options: { width: 1200 }, before: openEntry },
  'timesheet-dark': { tool: 'get_timesheet', input: week, options: { width: 1200, theme: 'dark' }, before: openEntry },
  'timesheet-768': { tool: 'get_timesheet', input: week, options: { width: 768 }, before: fillGap },
  'timesheet-320': { tool: 'get_timesheet', input: week, options: { width: 320, height: 760 } },
  ticket: { tool: 'get_ticket', input: { ticketId }, options: { width: 1200 } },
  'ticket-dark': { tool: 'get_ticket', input: { ticketId }, options: { width: 1200, theme: 'dark' } },
  'ticket-320': { tool: 'get_ticket', input: { ticketId }, options: { width: 320, height: 760, theme: 'dark' } },
  tickets: { tool: 'search_tickets', input: board, options: { width: 1200 }, before: asBoard },
  'tickets-dark': { tool: 'search_tickets', input: board, options: { width: 1200, theme: 'dark' }, before: asBoard },
  'tickets-320': { tool: 'search_tickets', input: board, options: { width: 320, height: 760 } },
  dispatch: { tool: 'search_schedule', input: day, options: { width: 1200 }, before: freeTimeRead },
  'dispatch-dark': {
    tool: 'search_schedule',
    input: day,
    options: { width: 1200, theme: 'dark' },
    before: freeTimeRead,
  },
  'dispatch-768': { tool: 'search_schedule', input: day, options: { width: 768 }, before: dragEntry },
  'dispatch-320': {
    tool: 'search_schedule',
    input: day,
    options: { width: 320, height: 760, theme: 'dark' },
    before: freeTimeRead,
  },
  report: { tool: 'report', input: months, options: { width: 1200 }, before: lookAt },
  'report-dark': { tool: 'report', input: months, options: { width: 1200, theme: 'dark' }, before: lookAt },
  'report-768': { tool: 'report', input: billing, options: { width: 768 }, before: lookAt },
  'report-320': { tool: 'report', input: billing, options: { width: 320, height: 760, theme: 'dark' }, before: lookAt },
};

mkdirSync(folder, { recursive: true });
for (const [file, { tool, input, options, before }] of Object.entries(PICTURES)) {
  const { page, view } = await showTool({ browser, pages, session }, tool, input, options);
  await before?.(view);
  const { height = 600 } = (await view.boundingBox()) ?? {};
  await page.setViewportSize({ width: options.width ?? 880, height: options.height ?? Math.ceil(height) });
  await page.screenshot({ path: join(folder, `${file}.png`) });
  await page.context().close();
}
await browser.close();
// The sandbox waits for the next one to borrow it.
process.exit(0);

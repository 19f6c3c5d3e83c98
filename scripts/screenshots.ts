import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Session, startSession } from '../test/support/session.ts';
import { launchChromium } from '../test/views/host/chromium.ts';
import { serveHostPages } from '../test/views/host/pages.ts';
import { type HostOptions, showTool } from '../test/views/host/show-tool.ts';

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

const [session, browser, pages] = await Promise.all([startSession(), launchChromium(), serveHostPages()]);
await logLastWeek(session);
const ticketId = await workOnTicket(session);
const week = { date: 'last week' };

const PICTURES: readonly (readonly [
  file: string,
  tool: string,
  input: Record<string, unknown>,
  options: HostOptions,
])[] = [
  ['timesheet', 'get_timesheet', week, { width: 840 }],
  ['timesheet-dark', 'get_timesheet', week, { width: 880, theme: 'dark' }],
  ['timesheet-narrow', 'get_timesheet', week, { width: 360, height: 760 }],
  ['ticket', 'get_ticket', { ticketId }, { width: 880 }],
  ['ticket-dark', 'get_ticket', { ticketId }, { width: 880, theme: 'dark' }],
];

mkdirSync(folder, { recursive: true });
for (const [file, tool, input, options] of PICTURES) {
  const { page, view } = await showTool({ browser, pages, session }, tool, input, options);
  if (file === 'timesheet') await view.locator('.entry').first().click();
  const { height = 600 } = (await view.boundingBox()) ?? {};
  await page.setViewportSize({ width: options.width ?? 880, height: options.height ?? Math.ceil(height) });
  await page.screenshot({ path: join(folder, `${file}.png`) });
}
await Promise.all([session.close(), browser.close()]);
pages.close();

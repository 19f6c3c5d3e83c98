import type { DateTime } from 'luxon';
import { toManage } from '../clock/index.ts';
import { Play, type Stage } from './play.ts';

const QUARTER = 15;

/** When the customer called and the work began, and how a person would say it. */
interface Began {
  readonly said: string;
  readonly day: 'today' | 'yesterday';
  readonly start: DateTime;
}

/**
 * The last quarter of an hour that is an hour ago, so that nothing is logged that lies ahead or long before the ticket. Whoever plays
 * this in the night that has an hour twice begins before it.
 */
function hourAgo(now: DateTime): Began {
  const ago = now.minus({ hours: 1 });
  let start = ago.minus({ minutes: ago.minute % QUARTER, seconds: ago.second, milliseconds: ago.millisecond });
  while (start.getPossibleOffsets().length > 1) start = start.minus({ minutes: QUARTER });
  const time = start.toFormat('h:mma').toLowerCase();
  return start.hasSame(now, 'day')
    ? { said: time, day: 'today', start }
    : { said: `yesterday ${time}`, day: 'yesterday', start };
}

const idOf = (reference: unknown): number => Number((reference as { id?: number } | undefined)?.id);

/** Finds the customer among those of the name, and the person there who reported the trouble. */
async function findCustomer(play: Play): Promise<{ company: string; contact: string; contactId: number }> {
  const companies = await play.say('Find Acme.', 'search_companies', { text: 'acme' });
  const names = (companies.rows as string[][]).map((row) => row[2] ?? '');
  const company = names.find((name) => /corporation/i.test(name)) ?? '';
  play.check(
    `${names.length} companies are called something like Acme; the person meant ${company}`,
    names.length > 1 && company !== '',
  );
  const contacts = await play.say('Their office manager called.', 'search_contacts', {
    company,
    title: 'office manager',
  });
  const [row] = contacts.rows as string[][];
  const contactId = Number(row?.[0]);
  const stored = await play.stored(`/company/contacts/${contactId}`);
  play.check(`contact ${contactId} is the ${stored.title} of Acme`, /office manager/i.test(String(stored.title)));
  return { company, contact: row?.[1] ?? '', contactId };
}

async function openTicket(play: Play, { said }: Began): Promise<number> {
  const { company, contact, contactId } = await findCustomer(play);
  const created = await play.say(
    `Open a ticket for her: the VPN is down, she called at ${said}. I take it.`,
    'create_ticket',
    {
      summary: 'VPN is down',
      company,
      contact,
      description: `Nobody in the office can reach the file server. Reported by phone at ${said}.`,
      priority: 'high',
      assignTo: 'me',
    },
  );
  const id = Number(created.id);
  const ticket = await play.stored(`/service/tickets/${id}`);
  play.check(
    `ticket ${id} is for that contact and assigned to jdoe`,
    idOf(ticket.contact) === contactId && ticket.resources === 'jdoe',
  );
  return id;
}

async function addNote(play: Play, ticketId: number): Promise<void> {
  const note = await play.say('Note for us: the gateway lost its certificate.', 'add_ticket_note', {
    ticketId,
    text: 'The gateway lost its certificate overnight; renewing it.',
  });
  const stored = await play.stored(`/service/tickets/${ticketId}/notes/${note.id}`);
  play.check(
    'the note is internal and nobody was mailed',
    stored.internalAnalysisFlag === true && stored.detailDescriptionFlag === false,
  );
}

async function logTime(play: Play, ticketId: number, { said, day, start }: Began): Promise<void> {
  const logged = await play.say(`Log 45 minutes on it, from ${said}.`, 'log_time', {
    ticketId,
    start: said,
    hours: '45 minutes',
    notes: 'Renewed the certificate of the VPN gateway',
  });
  const entry = await play.stored(`/time/entries/${logged.id}`);
  play.check(
    `entry ${logged.id} starts at ${entry.timeStart}, which is ${start.toFormat('HH:mm')} in ${start.zoneName}`,
    entry.timeStart === toManage(start) && entry.timeEnd === toManage(start.plus({ minutes: 3 * QUARTER })),
  );

  const sheet = await play.say(`What does ${day} look like?`, 'get_timesheet', { date: day });
  play.check('the time sheet shows the entry', JSON.stringify(sheet.days).includes(`"id":${logged.id}`));

  await play.say('It was an hour.', 'update_time_entry', { entryId: Number(logged.id), hours: '1 hour' });
  const corrected = await play.stored(`/time/entries/${logged.id}`);
  play.check(
    'the entry lasts an hour: its end was moved, because hours alone would be ignored',
    corrected.actualHours === 1 && corrected.timeEnd === toManage(start.plus({ hours: 1 })),
  );
}

async function closeTicket(play: Play, ticketId: number): Promise<void> {
  await play.say('Done. Close it.', 'update_ticket', {
    ticketId,
    close: true,
    resolution: 'Certificate of the VPN gateway renewed; connection tested with the customer.',
  });
  const ticket = await play.stored(`/service/tickets/${ticketId}`);
  const notes = await play.storedList(`/service/tickets/${ticketId}/notes`);
  play.check(
    `the ticket is closed (${(ticket.status as { name: string }).name}) and has its resolution`,
    ticket.closedFlag === true && notes.some((note) => note.resolutionFlag === true),
  );
}

/**
 * A technician's morning, call by call. Each step is checked against the sandbox over REST.
 * @param now the present in the technician's zone
 * @throws {DemoFailure} at the first step that did not do what it says
 */
export async function playMorning(stage: Stage, now: DateTime): Promise<void> {
  const play = new Play(stage);
  const me = await play.say('Who am I here?', 'whoami');
  play.check('the member is jdoe, and this is the sandbox', me.member === 'jdoe' && me.sandbox === true);
  const mine = await play.say("What's on my plate?", 'search_tickets', { mine: true, limit: 5 });
  play.check(`${mine.total} open tickets are assigned to me`, Number(mine.total) > 0);
  const began = hourAgo(now);
  const ticketId = await openTicket(play, began);
  await addNote(play, ticketId);
  await logTime(play, ticketId, began);
  await closeTicket(play, ticketId);
  const story = await play.say('Show me what was written.', 'get_ticket', { ticketId });
  play.check(
    'one hour, three notes of ours, and the time are in the story',
    Number(story['actual hours']) === 1 && Number(story.notesTotal) === 4,
  );
}

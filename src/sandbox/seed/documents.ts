import { Buffer } from 'node:buffer';
import type { DateTime } from 'luxon';
import { documentOf, documentParents } from '../behaviours/system/document.ts';
import { textPdf } from '../files/pdf.ts';
import { type Colour, framed } from '../files/png.ts';
import type { Provider } from './provider.ts';

interface File {
  readonly name: string;
  readonly title: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const textFile = (name: string, title: string, contentType: string, lines: readonly string[]): File => ({
  name,
  title,
  contentType,
  bytes: Buffer.from(`${lines.join('\n')}\n`),
});

const log = (at: DateTime): File =>
  textFile('vpn-client.log', 'VPN client log', 'text/plain', [
    `${at.toFormat('yyyy-MM-dd HH:mm:ss')} INFO  connecting to vpn.acme.example`,
    `${at.plus({ seconds: 4 }).toFormat('yyyy-MM-dd HH:mm:ss')} INFO  tunnel up, address 10.8.0.14`,
    `${at.plus({ minutes: 60 }).toFormat('yyyy-MM-dd HH:mm:ss')} WARN  rekey timed out`,
    `${at.plus({ minutes: 60, seconds: 2 }).toFormat('yyyy-MM-dd HH:mm:ss')} ERROR tunnel down: no answer from the gateway`,
  ]);

/** What a program of the customer's wrote and they attached. */
const errorReport = (ticketId: number): File => ({
  name: 'error-report.pdf',
  title: 'Error report',
  contentType: 'application/pdf',
  bytes: textPdf('Error report', [
    `Reference: CASE-${ticketId}`,
    'Program: Ledger 11.2, build 4471',
    'Error 0x8007000E: not enough memory to open the year-end file.',
    'Seen on three workstations since the update.',
  ]),
});

const pictures = new Map<Colour, Buffer>();

/** One picture a colour: drawing and packing it for each ticket would take longer than all other files. */
function screenshot(colour: Colour): File {
  const bytes = pictures.get(colour) ?? framed(48, 32, colour);
  pictures.set(colour, bytes);
  return { name: 'screenshot.png', title: 'Screenshot of the error', contentType: 'image/png', bytes };
}

const COLOURS: readonly Colour[] = [
  [200, 60, 60],
  [70, 120, 200],
  [90, 160, 90],
];

/** Files on tickets, companies, configurations, projects, opportunities and agreements. */
export function seedDocuments(provider: Provider): void {
  provider.random.begin('documents');
  const { random, now } = provider;
  const documents = provider.store.collection('/system/documents');
  let count = 0;
  const attach = (
    [recordType, recordId]: readonly [recordType: string, recordId: number],
    file: File,
    owner: string,
    at: DateTime,
  ): void => {
    count += 1;
    const guid = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
    documents.put(documentOf(file, { title: file.title, owner, guid }), {
      parentIds: documentParents(recordType, recordId),
      by: owner,
      at: at.toJSDate(),
    });
  };
  for (const ticket of provider.newest('/service/tickets', 400)) {
    if (!random.chance(0.15)) continue;
    const owner = String((ticket.owner as { identifier?: string } | undefined)?.identifier ?? 'dlopez');
    const at = now.minus({ days: random.int(1, 30) });
    attach(['Ticket', ticket.id], random.chance(0.5) ? log(at) : screenshot(random.pick(COLOURS)), owner, at);
  }
  const some = (template: string, step: number) => provider.all(template).filter(({ id }) => id % step === 2);
  const pdf = (name: string, title: string): File => ({
    name,
    title,
    contentType: 'application/pdf',
    bytes: textPdf(title, ['Prepared by Northwind IT Services.']),
  });
  for (const { id } of some('/company/companies', 4))
    attach(['Company', id], pdf('site-survey.pdf', 'Site survey'), 'mobrien', now.minus({ months: 4 }));
  for (const { id, name } of some('/company/configurations', 12)) {
    const file = textFile('interfaces.csv', 'Interfaces', 'text/csv', [
      'port,vlan,connected',
      `1,10,${name}`,
      '2,20,Printer',
      '3,30,',
    ]);
    attach(['Configuration', id], file, 'swright', now.minus({ months: 2 }));
  }
  for (const { id } of provider.all('/project/projects')) {
    const file = textFile('plan.md', 'Plan', 'text/markdown', ['# Plan', '1. Survey', '2. Build', '3. Hand over']);
    attach(['Project', id], file, 'klind', now.minus({ months: 2 }));
  }
  for (const { id } of some('/sales/opportunities', 3))
    attach(['Opportunity', id], pdf('quote.pdf', 'Quote'), 'mobrien', now.minus({ weeks: 3 }));
  for (const { id } of some('/finance/agreements', 3))
    attach(['Agreement', id], pdf('signed-agreement.pdf', 'Signed agreement'), 'mobrien', now.minus({ months: 10 }));
  const lately = now.minus({ days: 3 });
  for (const id of provider.store.collection('/service/tickets').ids)
    if (id % 40 === 7) attach(['Ticket', id], errorReport(id), 'dlopez', lately);
}

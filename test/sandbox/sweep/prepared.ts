import { framed } from '../../../src/sandbox/files/png.ts';
import type { Session } from '../../support/session.ts';
import { fresh } from './bodies.ts';

/** How to call an operation that wants more than a path and a body made from its schema. */
export interface Call {
  readonly path: string;
  readonly body?: unknown;
  /** Keys of somebody else. */
  readonly as?: 'integrator';
}

const created = async (rest: Session['rest'], path: string, body: unknown): Promise<number> => {
  const { status, body: record } = await rest('POST', path, body);
  if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(record)}`);
  return record.id;
};
const company = (rest: Session['rest']) =>
  created(rest, '/company/companies', { identifier: `Own${fresh()}`, name: 'Own', site: { name: 'Main' } });
const ticket = (rest: Session['rest']) =>
  created(rest, '/service/tickets', { summary: 'Own', company: { id: 2 }, board: { id: 1 } });
const upload = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(framed(4, 4, [1, 2, 3]))], { type: 'image/png' }), 'dot.png');
  return form;
};
const document = (rest: Session['rest']) =>
  created(rest, '/system/documents', upload({ recordType: 'Ticket', recordId: '1', title: 'Own' }));
const opportunity = { name: 'Own', primarySalesRep: { id: 1 }, company: { id: 2 }, contact: { id: 5 } };
const item = { forecastType: 'Product', status: { id: 1 } };
const line = async (rest: Session['rest']): Promise<string> => {
  const parent = await created(rest, '/sales/opportunities', opportunity);
  const made = await rest('POST', `/sales/opportunities/${parent}/forecast`, { forecastItems: [item] });
  return `/sales/opportunities/${parent}/forecast/${made.body.forecastItems[0].id}`;
};
/** A sheet with time of a week of its own, taken through these steps. */
const sheet = async (rest: Session['rest'], ...steps: readonly string[]): Promise<string> => {
  const day = new Date(Date.UTC(2027, 0, 4) + fresh() * 7 * 86_400_000).toISOString().slice(0, 10);
  const id = await created(rest, '/time/entries', {
    company: { id: 2 },
    member: { id: 2 },
    timeStart: `${day}T15:00:00Z`,
    timeEnd: `${day}T16:00:00Z`,
  });
  const path = `/time/sheets/${(await rest('GET', `/time/entries/${id}`)).body.timeSheet.id}`;
  for (const step of steps) await rest('POST', `${path}/${step}`, step === 'approve' ? {} : undefined);
  return path;
};
const report = async (rest: Session['rest'], ...steps: readonly string[]): Promise<string> => {
  const day = new Date(Date.UTC(2027, 0, 4) + fresh() * 7 * 86_400_000).toISOString().slice(0, 10);
  const body = { amount: 9, date: `${day}T00:00:00Z`, type: { id: 1 }, company: { id: 2 }, member: { id: 2 } };
  const id = await created(rest, '/expense/entries', body);
  const path = `/expense/reports/${(await rest('GET', `/expense/entries/${id}`)).body.expenseReport.id}`;
  for (const step of steps) await rest('POST', `${path}/${step}`);
  return path;
};
const audited = async (rest: Session['rest'], path: string): Promise<string> =>
  `${path}/audits/${(await rest('GET', `${path}/audits`)).body[0].id}`;
const RECORD = 'recordType=Ticket&recordId=1';

/** Operations with rules of their own, by method and path. */
export const PREPARED: Readonly<Record<string, (rest: Session['rest']) => Call | Promise<Call>>> = {
  'DELETE /company/configurations/bulk': async (rest) => ({
    path: '/company/configurations/bulk',
    body: {
      ids: [await created(rest, '/company/configurations', { name: 'Own', type: { id: 1 }, company: { id: 2 } })],
    },
  }),
  'DELETE /procurement/purchaseorders/{parentId}/lineitems/bulk': () => ({
    path: '/procurement/purchaseorders/1/lineitems/bulk',
    body: { ids: [1] },
  }),
  'DELETE /system/members/{parentId}/managedDeviceAccounts/bulk': () => ({
    path: '/system/members/1/managedDeviceAccounts/bulk',
    body: { ids: [1] },
  }),
  'GET /expense/entries/{parentId}/audits/{id}': async (rest) => {
    const id = await created(rest, '/expense/entries', {
      amount: 9,
      date: '2026-12-16T00:00:00Z',
      type: { id: 1 },
      company: { id: 2 },
      member: { id: 2 },
    });
    return { path: await audited(rest, `/expense/entries/${id}`) };
  },
  'GET /expense/reports/{parentId}/audits/{id}': async (rest) => ({
    path: await audited(rest, await report(rest, 'submit')),
  }),
  'GET /time/entries/{parentId}/audits/{id}': async (rest) => {
    const entry = { company: { id: 2 }, member: { id: 2 }, timeStart: '2026-12-16T15:00:00Z', actualHours: 1 };
    return { path: await audited(rest, `/time/entries/${await created(rest, '/time/entries', entry)}`) };
  },
  'GET /time/sheets/{parentId}/audits/{id}': async (rest) => ({
    path: await audited(rest, await sheet(rest, 'submit')),
  }),
  'GET /sales/opportunities/{parentId}/forecast/{id}': async (rest) => ({ path: await line(rest) }),
  'PUT /sales/opportunities/{parentId}/forecast/{id}': async (rest) => ({
    path: await line(rest),
    body: { ...item, opportunity: { id: 1 } },
  }),
  'PATCH /sales/opportunities/{parentId}/forecast/{id}': async (rest) => ({
    path: await line(rest),
    body: [{ op: 'replace', path: 'revenue', value: 5 }],
  }),
  'DELETE /sales/opportunities/{parentId}/forecast/{id}': async (rest) => ({ path: await line(rest) }),
  'POST /sales/opportunities/{parentId}/forecast/{id}': async (rest) => ({
    path: await line(rest),
    body: { ...item, opportunity: { id: 1 } },
  }),
  'POST /sales/opportunities/{parentId}/forecast/copy/{id}': async (rest) => ({
    path: (await line(rest)).replace('/forecast/', '/forecast/copy/'),
  }),
  'GET /system/audittrail': () => ({ path: '/system/audittrail?type=Ticket' }),
  'GET /system/audittrail/count': () => ({ path: '/system/audittrail/count?type=Ticket' }),
  'GET /system/documents': () => ({ path: `/system/documents?${RECORD}` }),
  'GET /system/documents/count': () => ({ path: `/system/documents/count?${RECORD}` }),
  'GET /system/documents/{id}': async (rest) => ({ path: `/system/documents/${await document(rest)}` }),
  'GET /system/documents/{id}/download': async (rest) => ({
    path: `/system/documents/${await document(rest)}/download`,
  }),
  'GET /system/documents/{id}/thumbnail': async (rest) => ({
    path: `/system/documents/${await document(rest)}/thumbnail`,
  }),
  'DELETE /system/documents/{id}': async (rest) => ({ path: `/system/documents/${await document(rest)}` }),
  'POST /system/documents': () => ({
    path: '/system/documents',
    body: upload({ recordType: 'Ticket', recordId: '1', title: 'Swept' }),
  }),
  'POST /system/documents/{id}': async (rest) => ({
    path: `/system/documents/${await document(rest)}`,
    body: upload({ title: 'Changed' }),
  }),
  'GET /system/reports/{reportName}': () => ({ path: '/system/reports/Service' }),
  'GET /system/reports/{reportName}/columns': () => ({ path: '/system/reports/Service/columns' }),
  'GET /system/reports/{reportName}/count': () => ({ path: '/system/reports/Service/count' }),
  'GET /system/members/{memberIdentifier}': () => ({ path: '/system/members/jdoe' }),
  'GET /system/info/members/{memberIdentifier}': () => ({ path: '/system/info/members/jdoe' }),
  'POST /system/members/{memberIdentifier}/tokens': () => ({
    path: '/system/members/jdoe/tokens',
    body: { memberIdentifier: 'jdoe' },
    as: 'integrator',
  }),
  'GET /procurement/catalog/vendors/{parentId}': () => ({ path: '/procurement/catalog/vendors/1' }),
  'DELETE /schedule/entries/{id}/{notifyResource}': async (rest) => {
    const entry = { type: { id: 4 }, objectId: await ticket(rest), member: { id: 2 } };
    return { path: `/schedule/entries/${await created(rest, '/schedule/entries', entry)}/false` };
  },
  'GET /procurement/catalog/{catalogItemIdentifier}/quantityOnHand': () => ({
    path: '/procurement/catalog/1/quantityOnHand',
  }),
  'POST /company/companies/{id}/merge': async (rest) => ({
    path: `/company/companies/${await company(rest)}/merge`,
    body: { toCompanyId: await company(rest) },
  }),
  'PUT /company/companies/{parentId}/typeAssociations/{id}': async (rest) => {
    const id = await company(rest);
    const path = `/company/companies/${id}/typeAssociations`;
    const own = await created(rest, path, { type: { id: 2 }, company: { id } });
    return { path: `${path}/${own}`, body: { type: { id: 3 }, company: { id } } };
  },
  'PUT /company/contacts/{parentId}/typeAssociations/{id}': async (rest) => {
    const id = await created(rest, '/company/contacts', { firstName: 'Own', company: { id: 2 } });
    const path = `/company/contacts/${id}/typeAssociations`;
    const own = await created(rest, path, { type: { id: 2 }, contact: { id } });
    return { path: `${path}/${own}`, body: { type: { id: 3 }, contact: { id } } };
  },
  'POST /company/companies/{parentId}/typeAssociations': async (rest) => {
    const id = await company(rest);
    return { path: `/company/companies/${id}/typeAssociations`, body: { type: { id: 2 }, company: { id } } };
  },
  'POST /company/contacts/{parentId}/typeAssociations': async (rest) => {
    const id = await created(rest, '/company/contacts', { firstName: 'Own', company: { id: 2 } });
    return { path: `/company/contacts/${id}/typeAssociations`, body: { type: { id: 2 }, contact: { id } } };
  },
  'POST /service/tickets/{parentId}/merge': async (rest) => ({
    path: `/service/tickets/${await ticket(rest)}/merge`,
    body: { mergeTicketIds: [await ticket(rest)], status: { id: 7 } },
  }),
  'POST /service/tickets/{parentId}/attachChildren': async (rest) => ({
    path: `/service/tickets/${await ticket(rest)}/attachChildren`,
    body: { childTicketIds: [await ticket(rest)] },
  }),
  'POST /service/tickets/{parentId}/convert': async (rest) => ({
    path: `/service/tickets/${await ticket(rest)}/convert`,
    body: { recordType: 'ProjectTicket', phase: { id: 1 } },
  }),
  'POST /project/tickets/{parentId}/convert': async (rest) => ({
    path: `/project/tickets/${await created(rest, '/project/tickets', { summary: 'Own', phase: { id: 1 } })}/convert`,
    body: { recordType: 'ServiceTicket' },
  }),
  'POST /expense/reports/{id}/submit': async (rest) => ({ path: `${await report(rest)}/submit` }),
  'POST /expense/reports/{id}/approve': async (rest) => ({ path: `${await report(rest, 'submit')}/approve`, body: {} }),
  'POST /expense/reports/{id}/reject': async (rest) => ({ path: `${await report(rest, 'submit')}/reject` }),
  'POST /expense/reports/{id}/reverse': async (rest) => ({ path: `${await report(rest, 'submit')}/reverse` }),
  'POST /time/sheets/{id}/submit': async (rest) => ({ path: `${await sheet(rest)}/submit` }),
  'POST /time/sheets/{id}/approve': async (rest) => ({ path: `${await sheet(rest, 'submit')}/approve`, body: {} }),
  'POST /time/sheets/{id}/reject': async (rest) => ({ path: `${await sheet(rest, 'submit')}/reject` }),
  'POST /time/sheets/{id}/reverse': async (rest) => ({ path: `${await sheet(rest, 'submit')}/reverse` }),
};

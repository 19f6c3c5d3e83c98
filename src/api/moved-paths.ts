import type { WrongPath } from './model.ts';

const NEWER = '2025.1';

/**
 * Operations that only older or only newer sites have, and what there is instead: facts of the descriptions of 2022.1 and later
 * versions. Two creations and two changes of 2025.1 have odd paths there; the usual ones lead to them.
 */
export const MOVED_PATHS: readonly WrongPath[] = [
  {
    methods: ['DELETE'],
    paths: ['time/sheets/*'],
    before: NEWER,
    advice: 'The unused time sheets of a member can be deleted together.',
    operations: ['DELETE /system/members/{id}/unusedTimeSheets'],
  },
  {
    paths: ['expense/reports/*/approve', 'expense/reports/*/reject'],
    before: NEWER,
    advice: 'An expense report can be submitted and reversed.',
    operations: ['POST /expense/reports/{id}/submit', 'POST /expense/reports/{id}/reverse'],
  },
  {
    paths: ['service/tickets/*/copy'],
    before: NEWER,
    advice: 'Read the ticket and create another one from it.',
    operations: ['GET /service/tickets/{id}', 'POST /service/tickets'],
  },
  {
    paths: ['service/tickets/calculateSla'],
    before: NEWER,
    advice: 'Reading a single ticket gives its current SLA values.',
    operations: ['GET /service/tickets/{id}'],
  },
  {
    paths: ['service/tickets/*/changelogs', 'service/tickets/*/history', 'service/tickets/*/audits'],
    from: NEWER,
    advice:
      'What a ticket was at each of its changes is in the change logs, with conditions=ticketNumber=N; who changed what is in the audit trail.',
    operations: ['GET /service/tickets/changelogs', 'GET /system/audittrail'],
  },
  {
    paths: [
      'service/tickets/*/changelogs',
      'service/tickets/changelogs',
      'service/tickets/*/history',
      'service/tickets/*/audits',
    ],
    before: NEWER,
    advice: 'Who changed a ticket, and what, is in the audit trail: type=Ticket and id=the ticket.',
    operations: ['GET /system/audittrail'],
  },
  {
    paths: ['time/entries/*/changelogs', 'time/entries/changelogs'],
    from: NEWER,
    advice:
      'The change logs of all time entries are one list, with conditions=timeRecId=N; the history of one is in its audits.',
    operations: ['GET /time/changelogs', 'GET /time/entries/{parentId}/audits'],
  },
  {
    paths: ['time/entries/*/changelogs', 'time/entries/changelogs', 'time/changelogs'],
    before: NEWER,
    advice: 'The history of a time entry is in its audits.',
    operations: ['GET /time/entries/{parentId}/audits'],
  },
  {
    paths: ['service/SLAs/info', 'service/SLAs/*/info'],
    before: NEWER,
    advice: 'Before 2025.1 this list is /service/slainfo/info.',
    operations: ['GET /service/slainfo/info', 'GET /service/SLAs'],
  },
  {
    paths: ['service/slainfo/**'],
    from: NEWER,
    advice: 'Since 2025.1 this list is /service/slas/info.',
    operations: ['GET /service/slas/info', 'GET /service/slas/{id}/info'],
  },
  {
    methods: ['PUT'],
    paths: ['finance/companyFinance/*'],
    before: NEWER,
    advice: 'Before 2025.1 the replacement of a company’s finance record is under /company.',
    operations: ['PUT /company/companyFinance/{id}', 'PATCH /finance/companyFinance/{id}'],
  },
  {
    methods: ['PUT'],
    paths: ['company/companyFinance/*'],
    from: NEWER,
    advice: 'Since 2025.1 it is under /finance.',
    operations: ['PUT /finance/companyFinance/{id}'],
  },
  {
    paths: ['finance/billingSetups/info/count'],
    before: NEWER,
    advice: 'Before 2025.1 this count is under /company.',
    operations: ['GET /company/billingSetups/info/count'],
  },
  {
    paths: ['company/billingSetups/info/count'],
    from: NEWER,
    advice: 'Since 2025.1 this count is under /finance.',
    operations: ['GET /finance/billingSetups/info/count'],
  },
  {
    methods: ['POST'],
    paths: ['procurement/invoicegrouping', 'procurement/invoiceGroupings'],
    from: NEWER,
    advice: 'The description of 2025.1 has the creation of a grouping at this odd path.',
    operations: ['POST /procurement/invoicegrouping/count'],
  },
  {
    methods: ['PATCH'],
    paths: ['project/*/billingRates/*', 'project/projects/*/billingRates/*'],
    from: NEWER,
    advice: 'The description of 2025.1 has this change at an odd path; PUT replaces a rate at the usual one.',
    operations: [
      'PATCH /project/billingRates/{parentId}/billingRates/{id}',
      'PUT /project/{parentId}/billingRates/{id}',
    ],
  },
  {
    paths: ['project/projects/*/billingRates/**'],
    from: NEWER,
    advice: 'The billing rates of a project are under /project, without /projects.',
    operations: ['GET /project/{parentId}/billingRates', 'POST /project/{parentId}/billingRates'],
  },
  {
    paths: ['schedule/holidaylists/*/holidays/info/count'],
    from: NEWER,
    advice: 'The description of 2025.1 has this count under /sales.',
    operations: ['GET /sales/schedule/holidaylists/{parentId}/holidays/info/count'],
  },
  {
    paths: ['procurement/changeorders', 'procurement/purchaseorders/*/changeorders/**'],
    from: NEWER,
    advice: 'Change orders are one list; `purchaseHeaderRecId` of each is its purchase order.',
    operations: ['GET /procurement/changeorder', 'POST /procurement/changeorder'],
  },
  {
    paths: ['finance/agreements/*/recap', 'finance/agreements/*/agreementrecap', 'finance/agreements/recap'],
    from: NEWER,
    advice: 'The recap of an agreement is found by the id of the agreement.',
    operations: ['GET /finance/agreementrecap/{id}', 'GET /finance/agreementrecap'],
  },
  {
    paths: ['project/projects/*/recap'],
    from: '2026.4',
    advice: 'It is called projectRecap.',
    operations: ['GET /project/projects/{id}/projectRecap'],
  },
  {
    paths: ['project/projects/*/workplan'],
    from: NEWER,
    advice: 'It is called projectWorkplan.',
    operations: ['GET /project/projects/{id}/projectWorkplan'],
  },
  {
    paths: ['project/templates/**'],
    from: NEWER,
    advice: 'They are called projectTemplates.',
    operations: ['GET /project/projectTemplates', 'GET /project/projectTemplates/{id}'],
  },
  {
    paths: [
      'finance/agreements/*/recap',
      'finance/agreements/*/agreementrecap',
      'project/projects/*/projectRecap',
      'project/projects/*/projectWorkplan',
      'project/projectTemplates/**',
      'project/templates/**',
      'sales/orders/*/lineitems/**',
      'sales/orders/*/changeOrders/**',
      'finance/invoices/*/routings/**',
      'finance/invoices/*/glEntries/**',
    ],
    before: NEWER,
    advice: 'They came with Manage 2025.1, and nothing before it does the same.',
    operations: [],
  },
];

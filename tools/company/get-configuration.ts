import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  readablePart,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';
import { shownAnswers } from './support/question-answers.ts';

/** Members that are shown as they are, by what people call them. */
const PLAIN: readonly (readonly [label: string, member: string])[] = [
  ['serial number', 'serialNumber'],
  ['tag', 'tagNumber'],
  ['model', 'modelNumber'],
  ['device identifier', 'deviceIdentifier'],
  ['IP address', 'ipAddress'],
  ['MAC address', 'macAddress'],
  ['gateway', 'defaultGateway'],
  ['OS', 'osType'],
  ['OS details', 'osInfo'],
  ['CPU', 'cpuSpeed'],
  ['RAM', 'ram'],
  ['disks', 'localHardDrives'],
  ['last login', 'lastLoginName'],
  ['management link', 'managementLink'],
  ['remote link', 'remoteLink'],
];

export default defineTool({
  name: 'get_configuration',
  title: 'Get configuration',
  toolset: 'company',
  effect: 'read',
  uses: ['GET /company/configurations', 'GET /company/configurations/{id}', 'GET /service/tickets'],
  description: 'A configuration (asset) with the answers to its questions, its parts and its latest tickets.',
  input: z.strictObject({
    configuration: z.string().describe('Name, serial number, tag or id'),
    company: z.string().optional(),
  }),
  aliases: {
    id: 'configuration',
    configurationId: 'configuration',
    name: 'configuration',
    asset: 'configuration',
    device: 'configuration',
    customer: 'company',
  },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal, quote } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const { id } = await names.resolve('configuration', input.configuration, {
      argument: 'configuration',
      ...(company && { companyId: company.id }),
    });
    const part = (list: string, conditions: ReturnType<typeof all>, fields: string[], orderBy: string[]) =>
      readablePart<ManageRecord>(manage.page(list, { conditions, fields, orderBy, pageSize: 5, signal }));
    const [record, parts, tickets] = await Promise.all([
      manage.get<ManageRecord>('GET /company/configurations/{id}', { path: { id }, signal }),
      part(
        'GET /company/configurations',
        all(field('parentConfigurationId', '=', id)),
        ['id', 'name', 'type/name'],
        ['name asc'],
      ),
      part(
        'GET /service/tickets',
        all(field('configuration/id', '=', id)),
        ['id', 'summary', 'status/name'],
        ['id desc'],
      ),
    ]);
    const note = [quote(record.notes), quote(record.vendorNotes)].filter((text) => text !== '').join('\n');
    return recordView({
      id,
      title: `Configuration ${id}: ${record.name}`,
      facts: [
        ['type', nameOf(record.type)],
        ['status', nameOf(record.status)],
        ['inactive', record.activeFlag === false ? 'yes' : ''],
        ['company', nameOf(record.company)],
        ['contact', nameOf(record.contact)],
        ['site', nameOf(record.site)],
        ['manufacturer', nameOf(record.manufacturer)],
        ['vendor', nameOf(record.vendor)],
        ...PLAIN.map(([label, member]): [string, unknown] => [label, record[member]]),
        ['purchased', dayOf(record.purchaseDate)],
        ['installed', dayOf(record.installationDate)],
        ['warranty ends', dayOf(record.warrantyExpirationDate)],
        ['part of configuration', record.parentConfigurationId],
        ...shownAnswers(record),
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'parts',
          title: 'Parts',
          columns: ['id', 'name', 'type'],
          rows: parts.map((row) => [row.id, row.name, nameOf(row.type)]),
        },
        {
          key: 'tickets',
          title: 'Latest tickets',
          columns: ['id', 'summary', 'status'],
          rows: tickets.map((row) => [row.id, row.summary, nameOf(row.status)]),
        },
      ],
      notes: note,
    });
  },
});

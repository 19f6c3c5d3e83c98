import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Expression, field } from '../../src/query/index.ts';
import { lines } from '../../src/text/index.ts';
import { dayOf, defineTool, fragments, readable, recordView, shownCustomFields } from '../../src/tool/index.ts';
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

/** Rows that are shown of each part. */
const MOST = 5;

export default defineTool({
  name: 'get_configuration',
  title: 'Get configuration',
  toolset: 'company',
  effect: 'read',
  uses: [
    'GET /company/configurations',
    'GET /company/configurations/count',
    'GET /company/configurations/{id}',
    'GET /service/tickets',
    'GET /service/tickets/count',
  ],
  description: 'A configuration (asset) with the answers to its questions, its parts and its latest tickets.',
  input: z.strictObject({
    configuration: fragments.name('configuration', {
      of: 'company',
      inactive: true,
      description: 'Name, serial number, tag or id',
    }),
    company: fragments.name('company').optional(),
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
  async run({ configuration: { id } }, { manage, signal, quote }) {
    const part = async (list: string, own: Expression, fields: string[], orderBy: string[]) =>
      readable(manage.list<ManageRecord>(list, { conditions: own, fields, orderBy, limit: MOST, signal }));
    const [record, parts, tickets] = await Promise.all([
      manage.get<ManageRecord>('GET /company/configurations/{id}', { path: { id }, signal }),
      part(
        'GET /company/configurations',
        field('parentConfigurationId', '=', id),
        ['id', 'name', 'type/name'],
        ['name asc'],
      ),
      part('GET /service/tickets', field('configuration/id', '=', id), ['id', 'summary', 'status/name'], ['id desc']),
    ]);
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
          total: parts?.total,
          rows: parts?.rows.map((row) => [row.id, row.name, nameOf(row.type)]),
        },
        {
          key: 'tickets',
          title: 'Latest tickets',
          columns: ['id', 'summary', 'status'],
          total: tickets?.total,
          rows: tickets?.rows.map((row) => [row.id, row.summary, nameOf(row.status)]),
        },
      ],
      notes: lines([quote(record.notes), quote(record.vendorNotes)]),
    });
  },
});

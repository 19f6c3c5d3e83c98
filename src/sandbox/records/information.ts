import { isRecord } from '../../json.ts';
import { guidOf } from '../store/guid.ts';
import type { SandboxRecord } from '../store/store.ts';

/** What a record's `_info` says of its making: both times and names, the last change only, or the pair under other names. */
type Stamps = 'both' | 'updated' | 'created' | 'none';

/** Schemas that differ from the rest, which tell who entered and who updated a record. As recorded. */
const STAMPS: Readonly<Record<string, Stamps>> = {
  Contact: 'updated',
  ServiceNote: 'updated',
  TicketNote: 'updated',
  CallbackEntry: 'updated',
  Opportunity: 'updated',
  ConfigurationType: 'updated',
  ServiceLocation: 'updated',
  UserDefinedField: 'updated',
  TimeEntry: 'updated',
  Agreement: 'created',
};

type Links = Readonly<Record<string, string>>;

/** Links to what hangs on a record, as `sales/activities?conditions=company/id={}` with the record's id. */
const LINKS: Readonly<Record<string, Links>> = {
  Company: {
    contacts_href: '/company/contacts?conditions=company/id={}',
    agreements_href: '/finance/agreements?conditions=company/id={}',
    tickets_href: '/service/tickets?conditions=company/id={}',
    opportunities_href: '/sales/opportunities?conditions=company/id={}',
    activities_href: '/sales/activities?conditions=company/id={}',
    projects_href: '/project/projects?conditions=company/id={}',
    configurations_href: '/company/configurations?conditions=company/id={}',
    orders_href: '/sales/orders?conditions=company/id={}',
    documents_href: '/system/documents?recordType=Company&recordId={}',
    sites_href: '/company/companies/{}/sites',
    teams_href: '/company/companies/{}/teams',
    reports_href: '/company/companies/{}/managementSummaryReports',
    notes_href: '/company/companies/{}/notes',
  },
  Contact: {
    communications_href: '/company/contacts/{}/communications',
    notes_href: '/company/contacts/{}/notes',
    tracks_href: '/company/contacts/{}/tracks',
    portalSecurity_href: '/company/contacts/{}/portalSecurity',
    activities_href: '/sales/activities?conditions=contact/id={}',
    documents_href: '/system/documents?recordType=Contact&recordId={}',
    configurations_href: '/company/configurations?conditions=contact/id={}',
    tickets_href: '/service/tickets?conditions=contact/id={}',
    opportunities_href: '/sales/opportunities?conditions=contact/id={}',
    projects_href: '/project/projects?conditions=contact/id={}',
    image_href: '/company/contacts/{}/image',
  },
  Invoice: {
    products_href: '/procurement/products?conditions=invoice/id={}',
    timeEntries_href: '/time/entries?conditions=invoice/id={}',
    expenseEntries_href: '/expense/entries?conditions=invoice/id={}',
  },
  Opportunity: {
    notes_href: '/sales/opportunities/{}/notes',
    contacts_href: '/sales/opportunities/{}/contacts',
    forecast_href: '/sales/opportunities/{}/forecast',
    team_href: '/sales/opportunities/{}/team',
  },
  ConfigurationType: { questions_href: '/company/configurations/types/{}/questions' },
  Member: { image_href: '/system/members/{}/image' },
  Priority: { image_href: '/service/priorities/{}/image' },
};

/** When a record was entered, as it is written; `undefined` where nobody noted it. */
export const enteredOf = ({ _info }: SandboxRecord): string | undefined =>
  (_info as { dateEntered?: string } | undefined)?.dateEntered;

/** The stamps that a schema's records carry, with the links to what hangs on them. */
export function informationOf(schema: string): (record: SandboxRecord) => Record<string, unknown> {
  const stamps = STAMPS[schema] ?? 'both';
  const links = Object.entries(LINKS[schema] ?? {});
  return (record) => {
    const { dateEntered, enteredBy, ...kept } = (isRecord(record._info) ? record._info : {}) as Record<string, unknown>;
    const info: Record<string, unknown> = kept;
    if (stamps === 'both') {
      if (dateEntered !== undefined) info.dateEntered = dateEntered;
      if (enteredBy !== undefined) info.enteredBy = enteredBy;
    } else if (stamps === 'created') {
      info.createdDate = dateEntered;
      info.createdBy = enteredBy;
    }
    if (schema === 'TimeEntry' && record.chargeToId !== undefined)
      info.chargeToMobileGuid = guidOf(`${String(record.chargeToType)} ${String(record.chargeToId)}`);
    if (schema === 'ScheduleEntry' && record.objectId !== undefined)
      info.objectMobileGuid = guidOf(
        `${String((record.type as { id?: unknown } | undefined)?.id)} ${String(record.objectId)}`,
      );
    for (const [name, path] of links) info[name] = path.replace('{}', String(record.id));
    return info;
  };
}

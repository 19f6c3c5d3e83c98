import type { NameKind } from '../names/index.ts';
import { type CalendarUnit, UNITS } from '../tool/results/calendar-groups.ts';

/** Everything that a report can be split by, besides custom fields: what people call it, and the kind of name that narrows to it. */
export const DIMENSIONS = {
  company: { aliases: ['customer', 'client', 'account'], kind: 'company' },
  territory: { aliases: ['region'], kind: 'location' },
  market: { aliases: ['industry', 'vertical'] },
  member: {
    aliases: 'technician tech engineer person user employee staff who rep salesrep manager'.split(' '),
    kind: 'member',
  },
  owner: { aliases: ['ticketowner'], kind: 'member' },
  assignee: { aliases: ['assigned', 'assignedto', 'resource'], kind: 'member' },
  team: { aliases: ['serviceteam'] },
  board: { aliases: ['queue', 'serviceboard'], kind: 'board' },
  type: { aliases: ['kind'] },
  subtype: { aliases: [] },
  category: { aliases: ['productcategory'] },
  subcategory: { aliases: ['productsubcategory'] },
  productClass: { aliases: ['class'] },
  item: { aliases: [] },
  priority: { aliases: ['prio', 'urgency'], kind: 'priority' },
  severity: { aliases: [] },
  impact: { aliases: [] },
  source: { aliases: ['channel'], kind: 'source' },
  status: { aliases: ['state'] },
  sla: { aliases: ['servicelevel'], kind: 'sla' },
  ticket: { aliases: ['ticketnumber'] },
  site: { aliases: ['customersite', 'companysite'] },
  serviceLocation: { aliases: ['workplace', 'onsiteorremote'], kind: 'serviceLocation' },
  contact: { aliases: ['requester', 'caller', 'enduser', 'reporter'], kind: 'contact' },
  configuration: { aliases: ['device', 'asset', 'machine', 'endpoint', 'computer'], kind: 'configuration' },
  closedBy: { aliases: ['closer', 'closedbymember', 'resolver'], kind: 'member' },
  enteredBy: { aliases: ['createdby', 'openedby', 'loggedby', 'dispatcher'], kind: 'member' },
  agreement: { aliases: ['contract'], kind: 'agreement' },
  agreementType: { aliases: ['contracttype'], kind: 'agreementType' },
  product: { aliases: ['addition', 'sku'] },
  invoice: { aliases: ['invoicenumber'] },
  vendor: { aliases: ['supplier', 'distributor'], kind: 'company' },
  project: { aliases: [], kind: 'project' },
  phase: { aliases: [] },
  stage: { aliases: ['salesstage'], kind: 'opportunityStage' },
  opportunity: { aliases: ['deal'] },
  campaign: { aliases: ['leadsource'] },
  manufacturer: { aliases: ['make', 'brand'] },
  model: { aliases: ['modelnumber'] },
  os: { aliases: ['operatingsystem', 'ostype'] },
  location: { aliases: ['office', 'branch'], kind: 'location' },
  department: { aliases: ['businessunit'], kind: 'department' },
  workType: { aliases: [], kind: 'workType' },
  workRole: { aliases: ['role'], kind: 'workRole' },
  chargeCode: { aliases: ['internalcode', 'chargecodename'], kind: 'chargeCode' },
  billable: { aliases: ['billableoption', 'billing'] },
  chargedTo: { aliases: ['recordtype', 'chargetype', 'chargetotype', 'chargeto', 'kindofwork', 'worktarget'] },
  currency: { aliases: [] },
  day: { aliases: ['date', 'daily'] },
  week: { aliases: ['weekly'] },
  month: { aliases: ['monthly'] },
  quarter: { aliases: ['quarterly'] },
  year: { aliases: ['yearly', 'annual'] },
  weekday: { aliases: ['dayofweek'] },
  hour: { aliases: ['hourofday', 'timeofday'] },
  age: { aliases: ['aging', 'ageing', 'bucket', 'agebucket'] },
} as const satisfies Readonly<Record<string, { readonly aliases: readonly string[]; readonly kind?: NameKind }>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as DimensionName[];

/** Whether a dimension is a unit of the calendar, whose groups follow each other without gaps. */
export const isCalendar = (name: string | undefined): name is CalendarUnit => UNITS.includes(name as CalendarUnit);

/** Dimensions that come from a date of the row, not from a member of its own. */
export const OF_TIME: ReadonlySet<string> = new Set([...UNITS, 'weekday', 'hour', 'age']);

/** The kind of name that a dimension's values are said by; `undefined` where they are only texts of the records. */
export const kindOf = (name: DimensionName): NameKind | undefined => {
  const known: { readonly aliases: readonly string[]; readonly kind?: NameKind } = DIMENSIONS[name];
  return known.kind;
};

/** What a dimension means where records have none of that name: the category of a ticket is its type, the owner of an hour who worked it. */
export const OTHERWISE: Readonly<Partial<Record<DimensionName, DimensionName>>> = {
  category: 'type',
  subcategory: 'subtype',
  productClass: 'type',
  owner: 'member',
  assignee: 'member',
};

/** The dimension that a word means, in any letter case, in the plural, or by another word for it. */
export function dimensionNamed(said: string): DimensionName | undefined {
  const whole = bareTerm(said);
  const word = whole.replace(/(?:\/?(?:id|name))$/i, '') || whole;
  const forms = [whole, word, word.replace(/ies$/, 'y'), word.replace(/s$/, '')];
  return FORMS.find(([, names]) => forms.some((form) => names.has(form)))?.[0];
}

/** A name as it compares: in any letter case, without blanks, `_`, `-`, `/` and `.`, and in American spelling. */
export const bareTerm = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\-\s/.]/g, '')
    .replace(/(utili|reali)sation/g, '$1zation');

/** A name as it compares, in which a ratio stays one: `billable/hours` is not "billable hours". */
export const bareRatio = (name: string): string => name.split('/').map(bareTerm).join('/');

/** Each dimension with its names as they compare. */
const FORMS: readonly (readonly [DimensionName, ReadonlySet<string>])[] = DIMENSION_NAMES.map((name) => [
  name,
  new Set([name, ...DIMENSIONS[name].aliases].map(bareTerm)),
]);

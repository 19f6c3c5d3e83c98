import type { Behaviour } from '../../contract/behaviour.ts';
import type { FieldError } from '../../contract/failure.ts';

const COMPANY = ['Owner', 'Status', 'Type', 'Territory', 'Company', 'IntegratorTag'];

/** Levels that each type of callback has, in lower case as they are compared. */
const LEVELS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Activity: ['Owner', 'Status', 'Type', 'Company', 'Activity'],
    Agreement: ['Owner', 'Type', 'Company', 'Agreement'],
    Company: COMPANY,
    Contact: ['Owner', 'Type', 'Territory', 'Company', 'Contact'],
    Configuration: ['Owner', 'Type', 'Status', 'Configuration'],
    Invoice: ['Owner', 'Status', 'Company', 'Invoice'],
    Expense: ['Owner', 'ChargeToType', 'Type', 'Class', 'Company', 'Expense'],
    Member: ['Owner', 'Location', 'SecurityRole', 'Member'],
    Opportunity: ['Owner', 'StatusId', 'Company', 'Opportunity'],
    ProductCatalog: ['Owner'],
    Project: ['Owner', 'Status', 'Board', 'Project'],
    PurchaseOrder: ['Owner', 'Status', 'Vendor', 'Company', 'PurchaseOrder'],
    Schedule: ['Owner', 'Status', 'Type', 'Location', 'Member', 'Schedule'],
    Ticket: ['Owner', 'Board', 'Project', 'Phase', 'Status', 'Ticket', 'IntegratorTag'],
    Time: ['Owner', 'Company', 'Time'],
  }).map(([type, levels]) => [type.toLowerCase(), levels.map((level) => level.toLowerCase())]),
);

const lower = (value: unknown): string => String(value).toLowerCase();

function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return ['http:', 'https:'].includes(new URL(value).protocol);
}

/** Subscriptions to changes: one for each url, type, level and object. */
export const callback: Behaviour = {
  collection: '/system/callbacks',
  resource: 'callbackEntry',
  label: 'CallbackEntry',
  derived: ['payloadVersion', 'isSoapCallbackFlag', 'isSelfSuppressedFlag', 'memberId'],

  defaults(record, { caller }) {
    // Everything that the owner sees: the server answers 1, also when 0 was sent.
    if (lower(record.level) === 'owner' && record.objectId === 0) record.objectId = 1;
    record.inactiveFlag ??= false;
    record.payloadVersion = '3.0.0';
    record.isSoapCallbackFlag = false;
    record.isSelfSuppressedFlag = false;
    record.memberId = caller.memberId;
  },

  validate(record, { previous, store }): FieldError[] {
    const errors: FieldError[] = isWebAddress(record.url)
      ? []
      : [{ code: 'InvalidField', message: 'Invalid URL', field: 'url' }];
    const levels = LEVELS.get(lower(record.type));
    // The words for an unknown type are this sandbox's own.
    if (levels === undefined)
      return [...errors, { code: 'InvalidObject', message: 'Unrecognized type, see documentation', field: 'type' }];
    if (!levels.includes(lower(record.level)))
      errors.push({ code: 'InvalidObject', message: 'Unrecognized level for type, see documentation', field: 'level' });
    if (errors.length > 0) return errors;
    const same = [...store.collection('/system/callbacks').all()].find(
      (other) =>
        other.id !== previous?.id &&
        other.url === record.url &&
        other.objectId === record.objectId &&
        lower(other.type) === lower(record.type) &&
        lower(other.level) === lower(record.level),
    );
    return same === undefined
      ? []
      : [{ code: 'ObjectExists', message: 'A matching callback entry already exists', field: 'objectId' }];
  },
};

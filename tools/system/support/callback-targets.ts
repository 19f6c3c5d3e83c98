import { closest } from '../../../src/api/closest.ts';
import type { NameKind, Names } from '../../../src/names/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** What a subscription is about: one of Manage's types, and how much of it. */
export interface CallbackTarget {
  readonly type: CallbackType;
  readonly level: string;
}

/**
 * Levels of each type with what their object is called by: a kind of name, or `id` where people have nothing but a number.
 * `Owner` is everything that the caller may see.
 */
const LEVELS = {
  Activity: { Status: 'activityStatus', Type: 'activityType', Company: 'company', Activity: 'id' },
  Agreement: { Type: 'agreementType', Company: 'company', Agreement: 'agreement' },
  Company: {
    Status: 'companyStatus',
    Type: 'companyType',
    Territory: 'location',
    Company: 'company',
    IntegratorTag: 'id',
  },
  Contact: { Type: 'contactType', Territory: 'location', Company: 'company', Contact: 'contact' },
  Configuration: { Type: 'configurationType', Status: 'configurationStatus', Configuration: 'configuration' },
  Invoice: { Status: 'billingStatus', Company: 'company', Invoice: 'id' },
  Expense: { ChargeToType: 'id', Type: 'id', Class: 'id', Company: 'company', Expense: 'id' },
  Member: { Location: 'location', SecurityRole: 'securityRole', Member: 'member' },
  Opportunity: { StatusId: 'opportunityStatus', Company: 'company', Opportunity: 'opportunity' },
  ProductCatalog: {},
  Project: { Status: 'projectStatus', Board: 'board', Project: 'project' },
  PurchaseOrder: { Status: 'purchaseOrderStatus', Vendor: 'company', Company: 'company', PurchaseOrder: 'id' },
  Schedule: { Status: 'scheduleStatus', Type: 'scheduleType', Location: 'location', Member: 'member', Schedule: 'id' },
  Ticket: { Board: 'board', Project: 'project', Phase: 'id', Status: 'status', Ticket: 'id', IntegratorTag: 'id' },
  Time: { Company: 'company', Time: 'id' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, NameKind | 'id'>>>>;

export type CallbackType = keyof typeof LEVELS;

export const CALLBACK_TYPES = Object.keys(LEVELS) as [CallbackType, ...CallbackType[]];

export const levelsOf = (type: CallbackType): readonly string[] => ['Owner', ...Object.keys(LEVELS[type])];

const kindOf = ({ type, level }: CallbackTarget): NameKind | 'id' | undefined =>
  (LEVELS[type] as Readonly<Record<string, NameKind | 'id'>>)[level];

/** A level of a type. @throws {ToolInputError} with the levels of that type */
export function levelNamed(type: CallbackType, given: string): string {
  const levels = levelsOf(type);
  const plain = given.trim().toLowerCase();
  // "All of them", and the record itself by its type's name.
  const meant = /^(all|any|everything)$/.test(plain)
    ? 'owner'
    : type === 'Opportunity' && plain === 'status'
      ? 'statusid'
      : plain;
  const found = levels.find((level) => level.toLowerCase() === meant);
  if (found !== undefined) return found;
  const [near] = closest(given, levels, 1);
  throw new ToolInputError(
    'level',
    `level: callbacks of ${type} have no level ${JSON.stringify(given)}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    { allowed: levels },
  );
}

/** The object that a level is about. Everything (`Owner`) is 1. */
export async function objectNamed(
  names: Names,
  target: CallbackTarget,
  given: string | undefined,
  board: string | undefined,
): Promise<{ readonly id: number; readonly label: string }> {
  const kind = kindOf(target);
  if (kind === undefined) return { id: 1, label: 'everything' };
  if (given === undefined)
    throw new ToolInputError(
      'object',
      `object is missing: which ${target.level} is it about? Level Owner is about all.`,
    );
  if (kind === 'id') {
    if (!/^#?\d+$/.test(given.trim()))
      throw new ToolInputError('object', `object: a ${target.type} level ${target.level} takes an id, a whole number.`);
    const id = Number(given.trim().replace('#', ''));
    return { id, label: String(id) };
  }
  if (kind !== 'status') return names.resolve(kind, given, { argument: 'object' });
  if (board === undefined)
    throw new ToolInputError('board', 'A status belongs to a board: send board as well.', {
      next: 'lookup_values {"table": "boards"} lists the boards.',
    });
  const { id: boardId } = await names.resolve('board', board, { argument: 'board' });
  return names.resolve('status', given, { argument: 'object', boardId });
}

/** What people call the object of a subscription as Manage keeps it; its id where that cannot be said. */
export async function objectLabel(
  names: Names,
  { type, level: said, objectId: id }: Readonly<Record<'type' | 'level' | 'objectId', unknown>>,
): Promise<string> {
  const known = CALLBACK_TYPES.find((one) => one.toLowerCase() === String(type).toLowerCase());
  const level = known && levelsOf(known).find((one) => one.toLowerCase() === String(said).toLowerCase());
  if (known === undefined || level === undefined) return String(id);
  if (level === 'Owner') return 'everything';
  const kind = kindOf({ type: known, level });
  if (kind === undefined || kind === 'id' || kind === 'status') return String(id);
  return names.resolve(kind, Number(id), { argument: 'object' }).then(
    ({ label }) => label,
    () => String(id),
  );
}

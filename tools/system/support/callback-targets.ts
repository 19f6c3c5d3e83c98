import { closest } from '../../../src/api/closest.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import type { Named, NameKind, Names } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { ofBoards } from '../../../src/tickets/boards.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import { shownUrl } from './callback-url.ts';

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

/** The levels at which Manage tells of a type's changes; `Owner` is for all of them. */
export const levelsOf = (type: CallbackType): readonly string[] => ['Owner', ...Object.keys(LEVELS[type])];

const kindOf = ({ type, level }: CallbackTarget): NameKind | 'id' | undefined =>
  (LEVELS[type] as Readonly<Record<string, NameKind | 'id'>>)[level];

/** A type by its name in any letter case, as Manage gives it back. */
export const typeNamed = (given: unknown): CallbackType | undefined =>
  CALLBACK_TYPES.find((type) => type.toLowerCase() === String(given).toLowerCase());

/** A level of a type. @throws {ToolInputError} with the levels of that type */
export function levelNamed(type: CallbackType, given: string): string {
  const levels = levelsOf(type);
  const said = given.trim().toLowerCase();
  const isStatus = type === 'Opportunity' && said === 'status';
  const meant = isStatus ? 'statusid' : said.replace(/^(all|any|everything)$/, 'owner');
  const found = levels.find((level) => level.toLowerCase() === meant);
  if (found !== undefined) return found;
  const [near] = closest(given, levels, 1);
  const hint = near === undefined ? say`` : say` Did you mean ${cleanLine(near)}?`;
  throw new ToolInputError('level', say`level: callbacks of ${type} have no level "${cleanLine(given)}".${hint}`, {
    allowed: levels,
  });
}

/** What a level is about: its id, and what people call it. Everything (`Owner`) is 1. */
export interface CallbackObject {
  readonly id: number;
  readonly label: Clean;
}

const EVERYTHING: CallbackObject = { id: 1, label: say`everything` };

const objectOf = ({ id, label }: Named): CallbackObject => ({ id, label: cleanLine(label) });

/**
 * The object that a level is about.
 * @param board where a status is looked for
 * @throws {ToolInputError} when it is missing, or is not an id where only an id will do
 */
export async function objectNamed(
  names: Names,
  target: CallbackTarget,
  { object, board }: { readonly object?: string | undefined; readonly board?: Named | undefined },
): Promise<CallbackObject> {
  const { type, level } = target;
  const kind = kindOf(target);
  if (kind === undefined) {
    if (board !== undefined || (object !== undefined && !/^(1|all|any|every\w*|owner)$/i.test(object.trim())))
      throw new ToolInputError(
        board === undefined ? 'object' : 'board',
        say`Level ${cleanLine(level)} is about everything: leave object and board out, or send the level of what is meant.`,
        { allowed: levelsOf(type) },
      );
    return EVERYTHING;
  }
  if (object === undefined)
    throw new ToolInputError(
      'object',
      say`object is missing: which ${cleanLine(level)} is it about? Level Owner is about all.`,
    );
  if (kind === 'id') {
    if (!/^#?\d+$/.test(object.trim()))
      throw new ToolInputError('object', say`object: a ${type} level ${cleanLine(level)} takes an id, a whole number.`);
    const id = Number(object.trim().replace('#', ''));
    return { id, label: say`${id}` };
  }
  if (kind !== 'status') return objectOf(await names.resolve(kind, object, { argument: 'object' }));
  if (board === undefined)
    throw new ToolInputError('board', say`A status belongs to a board: send board as well.`, {
      next: say`lookup_values {"table": "boards"} lists the boards.`,
    });
  return objectOf(await names.resolve('status', object, { argument: 'object', boardId: board.id }));
}

/** What people call the object of a callback as Manage keeps it; its id where that cannot be said. */
export async function objectLabel(names: Names, { type: said, level: held, objectId }: ManageRecord): Promise<Clean> {
  const id = Number(objectId);
  const type = typeNamed(said);
  const level = type && levelsOf(type).find((one) => one.toLowerCase() === String(held).toLowerCase());
  if (type === undefined || level === undefined) return cleanLine(objectId);
  if (level === 'Owner') return EVERYTHING.label;
  const kind = kindOf({ type, level });
  if (kind === undefined || kind === 'id') return cleanLine(objectId);
  const found =
    kind === 'status'
      ? ofBoards(names, kind).then((rows) => rows.find((row) => row.id === id))
      : names.resolve(kind, id, { argument: 'object', inactive: true });
  const label = await found.then(
    (named) => named?.label,
    () => undefined,
  );
  return cleanLine(label ?? objectId);
}

/** `callback 12 (Ticket Board Help Desk to https://hooks.example.com/tickets, off)`. */
export function callbackText({ id, type, level, url, inactiveFlag }: ManageRecord, object: Clean): Clean {
  const about = [cleanLine(type), cleanLine(level), object === EVERYTHING.label ? undefined : object];
  const off = inactiveFlag === true ? say`, off` : say``;
  return say`callback ${cleanLine(id)} (${joined(about, ' ')} to ${shownUrl(url)}${off})`;
}

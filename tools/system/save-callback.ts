import { z } from 'zod';
import { defined } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { cleanLine, lines, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  defineTool,
  fragments,
  type ToolContext,
  ToolInputError,
  together,
  update,
} from '../../src/tool/index.ts';
import {
  CALLBACK_TYPES,
  type CallbackType,
  callbackText,
  levelNamed,
  objectLabel,
  objectNamed,
  typeNamed,
} from './support/callback-targets.ts';
import { checkedUrl, shownUrl, urlRemark } from './support/callback-url.ts';

const LIST = 'GET /system/callbacks';

const input = z.strictObject({
  callback: fragments.id(z.int().optional()),
  url: fragments.prose().optional(),
  type: z.enum(CALLBACK_TYPES).optional(),
  level: z.string().optional().describe('Owner (all), Board, Status, ...'),
  object: z.string().optional().describe('"Help Desk" for level Board'),
  board: fragments.name('board').optional(),
  description: z.string().max(100).optional(),
  active: z.boolean().optional(),
  clear: fragments.clear(['description']),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

/** The level that nobody said: the callback's own, else the one that the object or the board is of. */
function unsaidLevel({ object, board }: Input, type: CallbackType, before?: ManageRecord): string {
  const own = typeNamed(before?.type) === type ? String(before?.level) : 'Owner';
  if ((object === undefined && board === undefined) || own !== 'Owner') return own;
  return object === undefined ? 'Board' : type;
}

/** The members that say what a callback is about; none when a change leaves them alone. */
async function target(given: Input, { names }: ToolContext, before?: ManageRecord): Promise<ManageRecord> {
  const { level, object, board } = given;
  const stray = (['level', 'object', 'board'] as const).find((argument) => given[argument] !== undefined);
  const own = typeNamed(before?.type);
  const type: CallbackType | undefined = given.type ?? (stray && own);
  if (stray === undefined && (type === undefined || type === own)) return {};
  if (type === undefined) {
    throw new ToolInputError('type', say`type is missing: ${stray ?? 'level'} depends on it.`);
  }
  const named = levelNamed(type, level ?? unsaidLevel(given, type, before));
  // A board is what the level Board is about, and where the statuses of the level Status are.
  const about =
    named === 'Board' && object === undefined && board !== undefined ? { object: String(board.id) } : { object, board };
  const { id } = await objectNamed(names, { type, level: named }, about);
  return { type, level: named, objectId: id };
}

/** The address that is called, checked. */
const urlOf = async ({ url }: Input, sandbox: boolean): Promise<string | undefined> =>
  url === undefined ? undefined : checkedUrl(url, sandbox);

/** The callback that tells the same to the same address. */
async function sameCallback(
  { type, level, objectId, url }: ManageRecord,
  { manage }: ToolContext,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  const conditions = all(
    field('type', '=', String(type)),
    field('level', '=', String(level)),
    field('objectId', '=', Number(objectId)),
  );
  const rows = await manage.all<ManageRecord>(LIST, { conditions, signal });
  return rows.find((row) => row.url === url);
}

export default defineTool({
  name: 'save_callback',
  title: 'Add or change callback',
  toolset: 'system',
  effect: 'update',
  uses: ['POST /system/callbacks', 'PATCH /system/callbacks/{id}', LIST, 'GET /system/callbacks/{id}'],
  description: 'Register a webhook (url, type, level, object), or change one (callback).',
  input,
  aliases: {
    id: 'callback',
    callbackId: 'callback',
    webhook: 'callback',
    objectId: 'object',
    entity: 'type',
    name: 'description',
    enabled: 'active',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal, server } = context;
    const { callback, active, dryRun, confirm } = given;
    const path = { id: callback ?? 0 };
    const before =
      callback === undefined
        ? undefined
        : await manage.get<ManageRecord>('GET /system/callbacks/{id}', { path, signal });
    const [url, aims] = await together([urlOf(given, server.sandbox), target(given, context, before)]);
    const remark = url === undefined ? undefined : urlRemark(url);
    const members: ManageRecord = {
      ...aims,
      url,
      description: given.description,
      inactiveFlag: active === undefined ? undefined : !active,
      ...cleared(given, { description: 'description' }),
    };
    const about = { ...before, ...defined(members) };
    const object = await objectLabel(names, about);
    const tells = say`${cleanLine(about.type)} records (${cleanLine(about.level)}: ${object})`;
    const question = say`Send ${tells} to ${shownUrl(about.url)} whenever one is added, changed or deleted?`;
    const describe = (row: ManageRecord) => lines([callbackText(row, object), remark]);
    const plan = { dryRun, confirm, question, notes: [remark], members, describe };
    if (before !== undefined)
      return update(context, { ...plan, operation: 'PATCH /system/callbacks/{id}', path, before });
    if (url === undefined || given.type === undefined) {
      const missing = url === undefined ? 'url' : 'type';
      throw new ToolInputError(
        missing,
        say`A new callback needs url and type; ${missing} is missing. To change one send callback.`,
        { next: say`list_callbacks lists those that there are.` },
      );
    }
    return create(context, {
      ...plan,
      operation: 'POST /system/callbacks',
      duplicate: {
        find: (within) => sameCallback(members, context, within),
        argument: 'url',
        says(duplicate) {
          const id = cleanLine(duplicate.id);
          const off = duplicate.inactiveFlag === true;
          const next = off ? say` Switch it on with callback: ${id}, active: true.` : say``;
          return say`This callback already exists: ${callbackText(duplicate, object)}.${next}`;
        },
      },
    });
  },
});

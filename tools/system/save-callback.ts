import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  ToolInputError,
  updateRecord,
} from '../../src/tool/index.ts';
import { CALLBACK_TYPES, levelNamed, objectNamed } from './support/callback-targets.ts';
import { checkedUrl, shownUrl, urlRemark } from './support/callback-url.ts';

const LIST = 'GET /system/callbacks';

const input = z.strictObject({
  callback: z.int().optional(),
  url: z.string().optional(),
  type: z.enum(CALLBACK_TYPES).optional(),
  level: z.string().optional().describe('Owner (all), Board, Status, ...'),
  object: z.string().optional().describe('"Help Desk" for level Board'),
  board: z.string().optional(),
  description: z.string().max(100).optional(),
  active: z.boolean().optional(),
  dryRun: fragments.dryRun,
});

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
    const { manage, names, signal, plain, server } = context;
    const url = given.url === undefined ? undefined : checkedUrl(given.url, server.sandbox);
    const remark = url === undefined ? '' : urlRemark(url);
    const about = async (): Promise<ManageRecord> => {
      if (given.type === undefined) {
        const stray = (['level', 'object', 'board'] as const).find((argument) => given[argument] !== undefined);
        if (stray !== undefined) throw new ToolInputError('type', `type is missing: ${stray} depends on it.`);
        return {};
      }
      const { type } = given;
      const level = levelNamed(type, given.level ?? (given.object === undefined ? 'Owner' : type));
      const object = await objectNamed(names, { type, level }, given.object, given.board);
      return { type, level, objectId: object.id };
    };
    const members: ManageRecord = {
      ...(await about()),
      ...(url !== undefined && { url }),
      ...(given.description !== undefined && { description: given.description === '' ? null : given.description }),
      ...(given.active !== undefined && { inactiveFlag: !given.active }),
    };
    const describe = (row: ManageRecord): string =>
      [
        `callback ${row.id}: ${plain(row.type)} ${plain(row.level)} ${plain(row.objectId)} to ${shownUrl(row.url)}${row.inactiveFlag === true ? ', off' : ''}`,
        remark,
      ]
        .filter((line) => line !== '')
        .join('\n');
    const find = async (signal?: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('type', '=', String(members.type)),
        field('level', '=', String(members.level)),
        field('objectId', '=', Number(members.objectId)),
      );
      const { rows } = await manage.page<ManageRecord>(LIST, { conditions, pageSize: 1000, signal });
      return rows.find((row) => row.url === members.url);
    };
    if (given.callback !== undefined) {
      const path = { id: given.callback };
      const before = await manage.get<ManageRecord>('GET /system/callbacks/{id}', { path, signal });
      return updateRecord(context, {
        operation: 'PATCH /system/callbacks/{id}',
        path,
        before,
        members,
        dryRun: given.dryRun,
        describe,
      });
    }
    if (url === undefined || given.type === undefined) {
      const missing = url === undefined ? 'url' : 'type';
      throw new ToolInputError(
        missing,
        `A new callback needs url and type; ${missing} is missing. To change one send callback.`,
        {
          next: 'list_callbacks lists those that there are.',
        },
      );
    }
    return createRecord(context, {
      operation: 'POST /system/callbacks',
      body: Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)),
      dryRun: given.dryRun,
      describe,
      twin: {
        find,
        argument: 'url',
        says: (twin) =>
          `There is such a callback already: ${describe(twin)}.${twin.inactiveFlag === true ? ` Switch it on with callback: ${twin.id}, active: true.` : ''}`,
      },
    });
  },
});

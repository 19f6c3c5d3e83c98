import { z } from 'zod';
import { defineLegacyTool as defineTool, listOutput, readListPage, tableResult } from '../../src/tool/index.ts';
import { objectLabel } from './support/callback-targets.ts';
import { shownUrl } from './support/callback-url.ts';

const MOST = 200;

export default defineTool({
  name: 'list_callbacks',
  title: 'List callbacks',
  toolset: 'system',
  effect: 'read',
  uses: ['GET /system/callbacks', 'GET /system/callbacks/count'],
  description: 'Webhooks: which changes Manage tells to which URL.',
  input: z.strictObject({}),
  output: listOutput,
  async run(_, { manage, names, signal }) {
    const { rows, total } = await readListPage(
      manage,
      'GET /system/callbacks',
      {},
      {
        orderBy: ['id asc'],
        page: 1,
        limit: MOST,
        signal,
      },
    );
    const cells = await Promise.all(
      rows.map(async (row) => [
        row.id,
        row.type,
        row.level,
        await objectLabel(names, { type: row.type, level: row.level, objectId: row.objectId }),
        shownUrl(row.url),
        // Manage switches off what fails on three days in a row.
        row.inactiveFlag === true ? 'off' : 'on',
        row.description,
      ]),
    );
    return tableResult({
      noun: 'callbacks',
      columns: ['id', 'type', 'level', 'object', 'url', 'state', 'description'],
      rows: cells,
      total,
      pageSize: MOST,
    });
  },
});

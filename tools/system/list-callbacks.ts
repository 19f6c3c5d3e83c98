import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { defineTool, listOutput, tableResult } from '../../src/tool/index.ts';
import { objectLabel } from './support/callback-targets.ts';
import { shownUrl } from './support/callback-url.ts';

export default defineTool({
  name: 'list_callbacks',
  title: 'List callbacks',
  toolset: 'system',
  effect: 'read',
  uses: ['GET /system/callbacks'],
  description: 'Webhooks: which changes Manage tells to which URL.',
  input: z.strictObject({}),
  output: listOutput,
  async run(_, { manage, names, signal }) {
    const callbacks = await manage.all<ManageRecord>('GET /system/callbacks', { signal });
    const cells = [...callbacks].map(async (row) => [
      row.id,
      row.type,
      row.level,
      await objectLabel(names, row),
      shownUrl(row.url),
      // Manage switches off what fails on three days in a row.
      row.inactiveFlag === true ? 'off' : 'on',
      row.description,
    ]);
    return tableResult({
      noun: 'callbacks',
      columns: ['id', 'type', 'level', 'object', 'url', 'state', 'description'],
      rows: await Promise.all(cells),
      total: callbacks.length,
      pageSize: callbacks.length,
    });
  },
});

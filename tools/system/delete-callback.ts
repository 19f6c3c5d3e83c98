import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { defineTool, fragments, remove } from '../../src/tool/index.ts';
import { callbackText, objectLabel } from './support/callback-targets.ts';

export default defineTool({
  name: 'delete_callback',
  title: 'Delete callback',
  toolset: 'system',
  effect: 'delete',
  idempotent: true,
  uses: ['DELETE /system/callbacks/{id}', 'GET /system/callbacks/{id}'],
  description: 'Delete a webhook.',
  input: z.strictObject({ callback: fragments.id(z.int()), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'callback', callbackId: 'callback', webhook: 'callback' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ callback, dryRun, confirm }, context) {
    const path = { id: callback };
    const row = await context.manage.get<ManageRecord>('GET /system/callbacks/{id}', { path, signal: context.signal });
    return remove(context, {
      operation: 'DELETE /system/callbacks/{id}',
      path,
      what: callbackText(row, await objectLabel(context.names, row)),
      dryRun,
      confirm,
    });
  },
});

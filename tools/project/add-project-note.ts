import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { createRecord, defineLegacyTool as defineTool, fragments, ToolInputError } from '../../src/tool/index.ts';

const NOTES = '/project/projects/{parentId}/notes';

export default defineTool({
  name: 'add_project_note',
  title: 'Add project note',
  toolset: 'project',
  effect: 'create',
  uses: [`POST ${NOTES}`, `GET ${NOTES}`],
  description: 'Add a note to a project (not to a ticket of it).',
  input: z.strictObject({
    project: z.string(),
    text: z.string(),
    flagged: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { projectId: 'project', id: 'project', note: 'text', body: 'text' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    if (input.text.trim() === '') throw new ToolInputError('text', 'text is empty.');
    const project = await names.resolve('project', input.project, { argument: 'project' });
    const path = { parentId: project.id };
    const newest = (until: AbortSignal): Promise<ManageRecord | undefined> =>
      manage.first(`GET ${NOTES}`, { path, orderBy: ['id desc'], signal: until });
    const before = Number((await newest(signal))?.id ?? 0);
    return createRecord(context, {
      operation: `POST ${NOTES}`,
      path,
      body: { text: input.text, ...(input.flagged && { flagged: true }) },
      dryRun: input.dryRun,
      describe: (created) => `note ${created.id} on project ${plain(project.label)}`,
      settle: async (until) => {
        const last = await newest(until);
        return Number(last?.id ?? 0) > before && last?.text === input.text ? last : undefined;
      },
    });
  },
});

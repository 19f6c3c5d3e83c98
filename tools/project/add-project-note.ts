import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, saysSame } from '../../src/tool/index.ts';

const NOTES = '/project/projects/{parentId}/notes';

export default defineTool({
  name: 'add_project_note',
  title: 'Add project note',
  toolset: 'project',
  effect: 'create',
  uses: [`POST ${NOTES}`, `GET ${NOTES}`],
  description: 'Add a note to a project (not to a ticket of it).',
  input: z.strictObject({
    project: fragments.name('project'),
    text: fragments.prose(),
    flagged: z.boolean().optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { projectId: 'project', id: 'project', note: 'text', body: 'text' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ project, text, flagged, allowDuplicate, dryRun }, context) {
    const { manage, signal } = context;
    const path = { parentId: project.id };
    const label = say`project ${cleanLine(project.label)} (id ${project.id})`;
    const same = async (until: AbortSignal): Promise<readonly ManageRecord[]> => {
      const notes = await manage.all<ManageRecord>(`GET ${NOTES}`, { path, signal: until });
      return notes.filter((note) => saysSame(note.text, text));
    };
    const earlier = new Set(allowDuplicate ? (await same(signal)).map(({ id }) => id) : []);
    return create(context, {
      operation: `POST ${NOTES}`,
      path,
      members: { text, flagged: flagged || undefined },
      duplicate: allowDuplicate
        ? undefined
        : {
            find: async (until) => (await same(until))[0],
            argument: 'text',
            says: (note) =>
              say`Note ${Number(note.id)} on ${label} already says the same. Send another text, or allowDuplicate: true.`,
          },
      find: async (until) => (await same(until)).find(({ id }) => !earlier.has(id)),
      dryRun,
      describe: (note) => say`note ${Number(note.id)} on ${label}`,
    });
  },
});

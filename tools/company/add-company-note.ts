import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, saysSame, ToolInputError } from '../../src/tool/index.ts';

const COMPANY_NOTES = '/company/companies/{parentId}/notes';
const CONTACT_NOTES = '/company/contacts/{parentId}/notes';

export default defineTool({
  name: 'add_company_note',
  title: 'Add company note',
  toolset: 'company',
  effect: 'create',
  uses: [`GET ${COMPANY_NOTES}`, `POST ${COMPANY_NOTES}`, `GET ${CONTACT_NOTES}`, `POST ${CONTACT_NOTES}`],
  description: 'Write a note on a company or a contact.',
  input: z.strictObject({
    company: fragments.name('company').optional(),
    contact: fragments.name('contact', { of: 'company', inactive: true }).optional(),
    text: fragments.prose(),
    type: fragments.name('companyNoteType').optional(),
    flagged: z.boolean().optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', note: 'text', body: 'text', content: 'text', noteType: 'type', flag: 'flagged' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ company, contact, text, type, flagged, allowDuplicate, dryRun }, context) {
    const on = contact ?? company;
    if (on === undefined) throw new ToolInputError('company', say`Send company, or contact for a note on a person.`);
    const list = contact === undefined ? COMPANY_NOTES : CONTACT_NOTES;
    const path = { parentId: on.id };
    const who = cleanLine(on.label);
    const find = async (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const notes = await context.manage.all<ManageRecord>(`GET ${list}`, { path, signal });
      return notes.find((note) => saysSame(note.text, text));
    };
    return create(context, {
      operation: `POST ${list}`,
      path,
      members: { text, type: type && { id: type.id, name: type.label }, flagged },
      dryRun,
      describe: (created) => say`note ${Number(created.id)} on ${who}`,
      duplicate: allowDuplicate
        ? undefined
        : {
            find,
            argument: 'text',
            says: (duplicate) =>
              say`${who} already has this note (id ${Number(duplicate.id)}). Send allowDuplicate: true to write it again.`,
          },
    });
  },
});

import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { createRecord, defineLegacyTool as defineTool, fragments, ToolInputError } from '../../src/tool/index.ts';
import { contactLine, findContact } from './support/find-contact.ts';

const COMPANY_NOTES = '/company/companies/{parentId}/notes';
const CONTACT_NOTES = '/company/contacts/{parentId}/notes';

export default defineTool({
  name: 'add_company_note',
  title: 'Add company note',
  toolset: 'company',
  effect: 'create',
  uses: [
    `GET ${COMPANY_NOTES}`,
    `POST ${COMPANY_NOTES}`,
    `GET ${CONTACT_NOTES}`,
    `POST ${CONTACT_NOTES}`,
    'GET /company/contacts/{id}',
  ],
  description: 'Write a note on a company or a contact.',
  input: z.strictObject({
    company: z.string().optional(),
    contact: z.string().optional(),
    text: z.string(),
    type: z.string().optional(),
    flagged: z.boolean().optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', note: 'text', body: 'text', content: 'text', noteType: 'type', flag: 'flagged' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, plain } = context;
    if (input.text.trim() === '') throw new ToolInputError('text', 'text is empty: what is to be noted?');
    const type = await resolveGiven(names, 'companyNoteType', input.type, { argument: 'type' });
    const on = await (async () => {
      if (input.contact !== undefined) {
        const contact = await findContact(context, input.contact, input.company);
        return { list: CONTACT_NOTES, parentId: Number(contact.id), label: contactLine(contact) };
      }
      if (input.company === undefined)
        throw new ToolInputError('company', 'Send company, or contact for a note on a person.');
      const { id, label } = await names.resolve('company', input.company, { argument: 'company' });
      return { list: COMPANY_NOTES, parentId: id, label };
    })();
    const path = { parentId: on.parentId };
    const find = async (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const { rows } = await manage.page<ManageRecord>(`GET ${on.list}`, {
        path,
        orderBy: ['id desc'],
        pageSize: 25,
        signal,
      });
      return rows.find(({ text }) => String(text).trim() === input.text.trim());
    };
    return createRecord(context, {
      operation: `POST ${on.list}`,
      path,
      body: {
        text: input.text,
        ...(type && { type: { id: type.id } }),
        ...(input.flagged !== undefined && { flagged: input.flagged }),
      },
      dryRun: input.dryRun,
      describe: (created) => `note ${created.id} on ${plain(on.label)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'text',
            says: (twin) =>
              `${plain(on.label)} has this note already (id ${twin.id}). Send allowDuplicate: true to write it again.`,
          },
    });
  },
});

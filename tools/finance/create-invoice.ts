import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field, onDay } from '../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../src/text/index.ts';
import { TICKET_OF_COMPANY_OPERATIONS, ticketOfCompany } from '../../src/tickets/ticket-of-company.ts';
import { create, dayOf, defineTool, fragments, newCustomFields, sameText } from '../../src/tool/index.ts';

/** `CreditMemo` as people say it. */
const typeWords = (type: unknown): Clean => {
  const words = String(type).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return cleanLine(words);
};

export default defineTool({
  name: 'create_invoice',
  title: 'Create invoice',
  toolset: 'finance',
  effect: 'create',
  uses: ['POST /finance/invoices', 'GET /finance/invoices', ...TICKET_OF_COMPANY_OPERATIONS],
  description:
    'Start a miscellaneous, credit or other invoice of a customer; lines are added with add_product. Agreement invoices are made by Manage itself.',
  input: z.strictObject({
    company: fragments.name('company'),
    type: z.enum(['Miscellaneous', 'CreditMemo', 'DownPayment', 'Progress', 'Standard']).default('Miscellaneous'),
    reference: z.string().optional(),
    date: fragments.day('past', 'Default today').optional(),
    ticketId: z.int().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', ticket: 'ticketId', invoiceDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ company, type, reference, date, ticketId, ...input }, context) {
    const { manage, now } = context;
    const ticket = ticketId === undefined ? undefined : await ticketOfCompany(ticketId, company, context);
    const forTicket = ticket && say`ticket ${Number(ticketId)} (${cleanLine(ticket.summary)})`;
    const day = date?.at ?? (await now());
    const sameKind = all(field('company/id', '=', company.id), field('type', '=', type));
    // One ticket is billed once, whatever the day.
    const sameSubject =
      ticketId === undefined
        ? all(sameKind, onDay('date', '=', day))
        : all(sameKind, field('applyToType', '=', 'Ticket'), field('applyToId', '=', ticketId));
    return create(context, {
      operation: 'POST /finance/invoices',
      members: {
        company: { id: company.id, name: company.label },
        type,
        date: dayToManage(day),
        reference,
        applyToType: ticketId === undefined ? undefined : 'Ticket',
        applyToId: ticketId,
        ...(await newCustomFields(context, 'GET /finance/invoices', input.customFields)),
      },
      dryRun: input.dryRun,
      notes: [forTicket && say`for ${forTicket}`],
      describe: (created) =>
        say`${typeWords(created.type)} invoice ${cleanLine(created.invoiceNumber)} (id ${Number(created.id)}) for ${cleanLine(nameOf(created.company))}, ${dayOf(created.date)}${forTicket ? say`, for ${forTicket}` : say``}`,
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (signal) =>
              reference === undefined
                ? manage.first('GET /finance/invoices', { conditions: sameSubject, signal })
                : sameText(
                    context,
                    { list: 'GET /finance/invoices', member: 'reference', text: reference, conditions: sameSubject },
                    signal,
                  ),
            argument: 'company',
            says: (duplicate) =>
              say`${cleanLine(company.label)} already has ${typeWords(type)} invoice ${cleanLine(duplicate.invoiceNumber)} (id ${Number(duplicate.id)}) of ${dayOf(duplicate.date)}${forTicket ? say` for ${forTicket}` : say``}. Use that one, or send allowDuplicate: true.`,
          },
    });
  },
});

import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  listOutput,
  readable,
  type ToolContext,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';

/** Records that can carry custom fields, by what people call them. */
const RECORDS = {
  ticket: 'GET /service/tickets',
  projectTicket: 'GET /project/tickets',
  company: 'GET /company/companies',
  contact: 'GET /company/contacts',
  configuration: 'GET /company/configurations',
  agreement: 'GET /finance/agreements',
  invoice: 'GET /finance/invoices',
  opportunity: 'GET /sales/opportunities',
  activity: 'GET /sales/activities',
  order: 'GET /sales/orders',
  project: 'GET /project/projects',
  product: 'GET /procurement/products',
  catalogItem: 'GET /procurement/catalog',
  purchaseOrder: 'GET /procurement/purchaseorders',
  rma: 'GET /procurement/rmaTags',
  timeEntry: 'GET /time/entries',
  expense: 'GET /expense/entries',
  member: 'GET /system/members',
} as const;

/** Records inside others, with the list of those that they are in. */
const INSIDE = {
  phase: ['GET /project/projects', 'GET /project/projects/{parentId}/phases'],
  addition: ['GET /finance/agreements', 'GET /finance/agreements/{parentId}/additions'],
  adjustment: ['GET /finance/agreements', 'GET /finance/agreements/{parentId}/adjustments'],
} as const;

type Kind = keyof typeof RECORDS | keyof typeof INSIDE;
const KINDS = [...Object.keys(RECORDS), ...Object.keys(INSIDE)] as Kind[];
/** Parents that are looked into for a record inside them. */
const PARENTS = 5;

const DEFINITIONS = 'GET /system/userDefinedFields';
const MOST_CHOICES = 15;

/** A record of a kind, to see which fields it carries. */
async function sampleOf(
  kind: Kind,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<ManageRecord | undefined> {
  const options = { fields: ['id', 'customFields'], orderBy: ['id desc'], signal };
  if (kind in RECORDS) return manage.first(RECORDS[kind as keyof typeof RECORDS], options);
  const [parents, list] = INSIDE[kind as keyof typeof INSIDE];
  const { rows } = await manage.list(parents, { fields: ['id'], orderBy: ['id asc'], limit: PARENTS, signal });
  for (const { id } of rows) {
    const found = await manage.first(list, { ...options, path: { parentId: Number(id) } });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `Tickets`, `time entry`: the kind that a word means. */
function kindNamed(given: string): Kind {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  const word = letters(given).replace(/ies$/, 'y');
  const found = KINDS.find((kind) => [letters(kind), `${letters(kind)}s`].includes(word));
  if (found !== undefined) return found;
  throw new ToolInputError('record', say`record: nothing called "${cleanLine(given)}" has custom fields.`, {
    allowed: KINDS.map(cleanLine),
  });
}

function choicesOf({ options }: ManageRecord): string {
  const names = ((options ?? []) as readonly ManageRecord[])
    .filter(({ inactiveFlag }) => inactiveFlag !== true)
    .map(({ optionValue }) => String(optionValue));
  const rest = names.length > MOST_CHOICES ? [`and ${names.length - MOST_CHOICES} more`] : [];
  return [...names.slice(0, MOST_CHOICES), ...rest].join(', ');
}

export default defineTool({
  name: 'list_custom_fields',
  title: 'List custom fields',
  toolset: 'system',
  effect: 'read',
  uses: [DEFINITIONS, ...Object.values(RECORDS), ...Object.values(INSIDE).map(([, list]) => list)],
  description: 'Custom fields: captions, types, choices, which records have them.',
  input: z.strictObject({ record: z.string().optional() }),
  aliases: { kind: 'record', entity: 'record', type: 'record', table: 'record', recordType: 'record' },
  output: listOutput,
  async run({ record }, { manage, signal }) {
    const kinds = record === undefined ? KINDS : [kindNamed(record)];
    // A definition names its screen by a number that differs between servers. Every record carries all fields of its kind, so
    // one of each tells.
    const [known, samples] = await Promise.all([
      readable(manage.all<ManageRecord>(DEFINITIONS, { signal })),
      Promise.all(kinds.map((kind) => readable(sampleOf(kind, { manage, signal }).then((sample) => ({ sample }))))),
    ]);
    const definitions = known ?? [];
    const found = samples.flatMap((read, index) =>
      ((read?.sample?.customFields ?? []) as readonly ManageRecord[]).map((field) => ({ kind: kinds[index], field })),
    );
    const unread = kinds.filter((_, index) => samples[index] === undefined).map(cleanLine);
    const none = kinds.filter((_, index) => samples[index] !== undefined && samples[index].sample === undefined);
    const byId = new Map(definitions.map((definition) => [Number(definition.id), definition]));
    const ids = [
      ...new Set([...found.map(({ field }) => Number(field.id)), ...(record === undefined ? byId.keys() : [])]),
    ];
    const rows = ids.map((id) => {
      const uses = found.filter(({ field }) => Number(field.id) === id);
      const definition = byId.get(id);
      const field = definition ?? uses[0]?.field ?? {};
      return [
        id,
        field.caption,
        definition?.fieldTypeIdentifier ?? field.type,
        definition === undefined ? '' : choicesOf(definition),
        definition?.requiredFlag === true ? 'required' : '',
        uses.length > 0 ? uses.map(({ kind }) => kind).join(', ') : 'no record seen with it',
      ];
    });
    return tableResult({
      noun: record === undefined ? 'custom fields' : `custom fields of ${record}`,
      head: lines([
        known === undefined && say`Choices are not known: the security role may not read the set-up of custom fields.`,
        unread.length > 0 && say`Not read, because the security role may not: ${joined(unread, ', ')}.`,
        // Without a record nobody sees which of the fields it would have.
        none.length > 0 && say`No record is there to tell by: ${joined(none.map(cleanLine), ', ')}.`,
      ]),
      columns: ['id', 'caption', 'type', 'choices', 'required', 'records'],
      rows,
      total: rows.length,
      pageSize: rows.length,
    });
  },
});

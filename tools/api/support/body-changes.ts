import type { ApiDescription, Operation } from '../../../src/api/index.ts';
import { meaningOf } from '../../../src/api/meanings.ts';
import { isRecord } from '../../../src/json.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { currencyOf, invoicedIn } from '../../../src/revenue/currency.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { referencesOf, type ToolContext } from '../../../src/tool/index.ts';
import { changesOf } from '../../../src/tool/write/changes.ts';
import { membersSet } from '../../../src/tool/write/effects.ts';
import type { Change } from '../../../src/tool/write/plan.ts';
import { membersAfter } from './members-after.ts';
import { namedReferences } from './named-references.ts';

/** What Manage works out or takes back by itself, whatever a body holds. */
const OWN = /^(_info|id|mobileGuid|.*Guid)$/;

/** Members with a value that a body leaves out: a PUT empties them. Switches that are off and zeros hold nothing. */
export function leftOut(
  body: unknown,
  record: ManageRecord,
  { schema = '', api }: { schema: string | undefined; api: ApiDescription },
): Clean[] {
  const sent = new Set(Object.keys(membersSet(body)).map((member) => member.toLowerCase()));
  const fields = api.schema(schema)?.fields;
  return Object.entries(record).flatMap(([member, value]) => {
    const isKept =
      OWN.test(member) || meaningOf(schema, member)?.onWrite !== undefined || fields?.has(member) === false;
    const isEmpty = value === undefined || value === null || value === '' || value === false || value === 0;
    const holdsNothing =
      isEmpty ||
      (Array.isArray(value) && value.every((item) => isRecord(item) && 'caption' in item && (item.value ?? '') === ''));
    return isKept || holdsNothing || sent.has(member.toLowerCase()) ? [] : [cleanLine(member)];
  });
}

/** The lists that a PATCH puts in the place of those that are there, by their members; custom fields are completed before. */
const listsSet = (body: unknown): [string, unknown[]][] =>
  Object.entries(membersSet(body)).flatMap(([member, value]) =>
    Array.isArray(value) && !member.includes('/') && member !== 'customFields' ? [[member, value]] : [],
  );

/** Whether a body replaces lists of a record whole, so that the record has to be read to know what goes. */
export const replacesLists = ({ request }: Operation, body: unknown): boolean =>
  request?.kind === 'patch' && listsSet(body).length > 0;

/** What a record's lists lose by a PATCH that replaces them, as `Email grace@acme.example`. */
export async function lostOfLists(
  body: unknown,
  record: ManageRecord,
  { schema = '', context }: { schema: string | undefined; context: ToolContext },
): Promise<Clean[]> {
  const showing = { api: context.api, schema, zone: await context.zone() };
  return listsSet(body).flatMap(([member, value]) => {
    const changes = changesOf(record, { ...record, [member]: value }, { ...showing, members: [member] });
    // One that comes without its id is there again.
    const isBack = (text: Clean): boolean => changes.some(({ before, after }) => before === '-' && after === text);
    return changes
      .filter(({ before, after }) => after === '-' && !isBack(before))
      .map(({ field, before }) => joined([field, before], ' '));
  });
}

/**
 * The currency of the amounts in a body, for the preview: the record's own, else that of the customer whose record it is, as of
 * products, or that of the invoice which it is on. Nothing for a body without amounts.
 */
export async function currencyIn(
  body: unknown,
  record: ManageRecord | undefined,
  { schema = '', context }: { schema: string | undefined; context: ToolContext },
): Promise<unknown> {
  const set = membersSet(body);
  const isAmount = (member: string): boolean => meaningOf(schema, member, 'number')?.money === true;
  const own = record?.currency ?? set.currency;
  if (own !== undefined || !Object.keys(set).some(isAmount)) return own;
  const invoice = idOf(record?.invoice) ?? idOf(set.invoice);
  const invoiced = invoice === undefined ? undefined : (await invoicedIn([invoice], context)).get(invoice);
  return invoiced || currencyOf(idOf(record?.company) ?? idOf(set.company), context);
}

/** References to what belongs to a customer. */
const OF_COMPANY = ['contact', 'site', 'agreement', 'opportunity'] as const;

/** What a change of the customer leaves behind, which is the old one's; nothing where it changes no customer. */
export function ofTheOldCompany(body: unknown, record: ManageRecord | undefined): Clean | undefined {
  const set = membersAfter(membersSet(body), record ?? {});
  const [was, is] = [idOf(record?.company), idOf(set.company)];
  if (record === undefined || was === undefined || is === undefined || was === is) return undefined;
  const left = OF_COMPANY.filter((member) => !(member in set) && idOf(record[member]) !== undefined);
  if (left.length === 0) return undefined;
  const named = left.map((member) => say`${member} ${cleanLine(nameOf(record[member]))}`);
  return say`Of ${cleanLine(nameOf(record.company))}, and not changed by this: ${joined(named, ', ')}. Send ${left.length === 1 ? say`it` : say`them`} as well.`;
}

/** What a body changes of a record, for the preview. */
export async function changesBy(
  body: unknown,
  record: ManageRecord,
  { schema = '', currency, context }: { schema: string | undefined; currency: unknown; context: ToolContext },
): Promise<readonly Change[]> {
  const set = membersAfter(membersSet(body), record);
  const members = await namedReferences(set, record, { schema, context });
  const showing = { api: context.api, schema, zone: await context.zone(), members: Object.keys(members), currency };
  return changesOf(record, { ...record, ...members }, showing);
}

/** The records that a new one refers to by their ids, for the preview. */
export async function referredTo(
  body: unknown,
  { schema = '', context }: { schema: string | undefined; context: ToolContext },
): Promise<Clean | undefined> {
  if (!isRecord(body)) return undefined;
  return referencesOf(await namedReferences(body, {}, { schema, context }));
}

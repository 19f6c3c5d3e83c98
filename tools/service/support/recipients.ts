import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** Whom Manage can mail a note or a ticket to: its contact, the members on it, the addresses in its cc field. */
export const RECIPIENTS = ['contact', 'resources', 'cc'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** A ticket's own switches for who is mailed. */
export const MAIL_FLAGS = {
  contact: 'automaticEmailContactFlag',
  resources: 'automaticEmailResourceFlag',
  cc: 'automaticEmailCcFlag',
} as const satisfies Readonly<Record<Recipient, string>>;

/** Who would be mailed, and who would not for want of an address. */
export interface Mailing {
  /** `Grace Keller (grace@acme.example)`, each once. */
  readonly to: readonly Clean[];
  /** Who has no address, as `contact Jo Fox`. */
  readonly without: readonly Clean[];
}

const isAddress = (text: string): boolean => text.includes('@');

/** A person with an address, as a question and an answer name them. */
export const mailed = (name: string | undefined, address: string): Clean =>
  name === undefined ? cleanLine(address) : say`${cleanLine(name)} (${cleanLine(address)})`;

/** The address of a contact's record: the default e-mail, else the first. */
export function addressOf(contact: ManageRecord): string | undefined {
  const items = Array.isArray(contact.communicationItems) ? (contact.communicationItems as ManageRecord[]) : [];
  const mails = items.filter(
    ({ communicationType, value }) => communicationType === 'Email' && isAddress(String(value)),
  );
  const chosen = mails.find(({ defaultFlag }) => defaultFlag === true) ?? mails[0];
  return chosen === undefined ? undefined : String(chosen.value);
}

const none = (what: Clean): Mailing => ({ to: [], without: [what] });

function contactOf({ contact, contactName, contactEmailAddress }: ManageRecord): Mailing {
  const name = nameOf(contact) ?? (typeof contactName === 'string' ? contactName : undefined);
  if (typeof contactEmailAddress === 'string' && isAddress(contactEmailAddress))
    return { to: [mailed(name, contactEmailAddress)], without: [] };
  return none(
    name === undefined ? say`no contact is on the ticket` : say`contact ${cleanLine(name)} has no e-mail address`,
  );
}

function resourcesOf({ resources }: ManageRecord, members: readonly Named[]): Mailing {
  const identifiers = String(resources ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (identifiers.length === 0) return none(say`nobody is assigned`);
  const found = identifiers.map((identifier) => {
    const member = members.find((one) => one.identifier?.toLowerCase() === identifier.toLowerCase());
    const address = member?.alsoCalled?.find(isAddress);
    return address === undefined ? cleanLine(identifier) : { to: mailed(member?.label, address) };
  });
  return {
    to: found.flatMap((one) => (typeof one === 'string' ? [] : [one.to])),
    without: found.flatMap((one) => (typeof one === 'string' ? [say`member ${one} has no e-mail address`] : [])),
  };
}

function copiesOf({ automaticEmailCc }: ManageRecord): Mailing {
  const addresses = String(automaticEmailCc ?? '')
    .split(/[;,\s]+/)
    .filter(isAddress);
  return addresses.length === 0
    ? none(say`the ticket has no cc addresses`)
    : { to: addresses.map(cleanLine), without: [] };
}

/** Whom a note on a ticket is mailed to where nobody in particular was chosen: its contact, and who its switches name. */
export const usualRecipients = (ticket: ManageRecord): readonly Recipient[] =>
  RECIPIENTS.filter((who) => who === 'contact' || ticket[MAIL_FLAGS[who]] === true);

/** Who of the chosen ones would be mailed about a ticket, by name and address. */
export async function mailingOf(
  ticket: ManageRecord,
  chosen: readonly Recipient[],
  { names }: Pick<ToolContext, 'names'>,
): Promise<Mailing> {
  const parts: Mailing[] = [];
  if (chosen.includes('contact')) parts.push(contactOf(ticket));
  if (chosen.includes('resources')) parts.push(resourcesOf(ticket, await names.list('member')));
  if (chosen.includes('cc')) parts.push(copiesOf(ticket));
  return {
    to: [...new Set(parts.flatMap(({ to }) => to))],
    without: parts.flatMap(({ without }) => without),
  };
}

/** Why nobody would be mailed. */
export const nobodyToMail = ({ without }: Mailing): Clean => say`Nobody would be mailed: ${joined(without, ', ')}.`;

/** Said beside a contact that nobody named: whoever thinks that the caller is on the ticket would mail somebody else. */
export const OF_COMPANY: Clean = say`the company's default contact, who gets what is mailed to the contact`;

/** The contact that a new ticket gets: the one given, else the company's own. */
export async function contactOfNew(
  contact: Named | undefined,
  company: Named,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<Mailing> {
  const id = idOf(company.record.defaultContact);
  const record =
    contact?.record ??
    (id === undefined
      ? undefined
      : await manage.get<ManageRecord>('GET /company/contacts/{id}', { path: { id }, signal }));
  if (record === undefined) return none(say`${cleanLine(company.label)} has no default contact, and none was given`);
  const name = contact?.label ?? [record.firstName, record.lastName].filter(Boolean).join(' ');
  const address = addressOf(record);
  return address === undefined
    ? none(say`contact ${cleanLine(name)} has no e-mail address`)
    : { to: [mailed(name, address)], without: [] };
}

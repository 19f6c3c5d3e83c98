import { isRecord } from '../../json.ts';
import { idOf, nameIn } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { own, type Rule } from './rules.ts';
import { COMPANIES, SITES, type Sources } from './sources.ts';

/** Who a returned thing belongs to, was bought from, is under warranty of and is repaired by. */
const PARTIES = ['returned', 'purchased', 'warranty', 'repair'] as const;

/** The address, and how to reach the contact, that an RMA tag copies from one of its parties. */
function membersOfParty(party: (typeof PARTIES)[number]): Readonly<Record<string, Rule>> {
  const companyOf = (sources: Sources, record: SandboxRecord): SandboxRecord | undefined =>
    sources.record(COMPANIES, record[`${party}Company`]);
  const contactOf = (sources: Sources, record: SandboxRecord): SandboxRecord | undefined =>
    sources.record('/company/contacts', record[`${party}Contact`]);
  const siteOf = (sources: Sources, record: SandboxRecord): SandboxRecord | undefined =>
    sources.record(SITES, record[`${party}Site`] ?? companyOf(sources, record)?.site);
  const ofSite =
    (member: string): Rule =>
    (sources, record) =>
      siteOf(sources, record)?.[member];
  const items = (sources: Sources, record: SandboxRecord, kind: string): Record<string, unknown> | undefined => {
    const found = contactOf(sources, record)?.communicationItems;
    return (Array.isArray(found) ? found : []).find((item) => isRecord(item) && item.communicationType === kind);
  };
  return {
    [`${party}Site`]: (sources, record) => companyOf(sources, record)?.site,
    [`${party}ContactType`]: (sources, record) =>
      record[`${party}Contact`] === undefined ? undefined : (nameIn(items(sources, record, 'Phone')?.type) ?? ''),
    [`${party}ContactPhone`]: (sources, record) => contactOf(sources, record)?.defaultPhoneNbr,
    [`${party}ContactExtension`]: (sources, record) => contactOf(sources, record) && '',
    [`${party}ContactEmail`]: (sources, record) => items(sources, record, 'Email')?.value,
    [`${party}ContactAddressLine1`]: ofSite('addressLine1'),
    [`${party}ContactAddressLine2`]: ofSite('addressLine2'),
    [`${party}ContactCity`]: ofSite('city'),
    [`${party}ContactState`]: (sources, record) =>
      (siteOf(sources, record)?.stateReference as { identifier?: unknown } | undefined)?.identifier,
    [`${party}ContactZip`]: ofSite('zip'),
    [`${party}ContactCountry`]: (sources, record) =>
      siteOf(sources, record) && (siteOf(sources, record)?.country ?? sources.first('CountryReference')),
  };
}

/** What a tax is called in accounting, which nobody set up here: the sandbox raises one level, and has no accounting. */
const ofTax = Object.fromEntries(
  ['state', 'county', 'city', 'country', 'composite'].map((level) => [`${level}TaxXref`, own(() => '')]),
);
const TAXES: Readonly<Record<string, Rule>> = { ...ofTax, levelSixTaxXref: own(() => '') };

const ofOrder =
  (member: string): Rule =>
  (sources, { purchaseOrder }) =>
    sources.record('/procurement/purchaseorders', purchaseOrder)?.[member];

/** An invoice names what it was made for beside the kind and the id. */
const appliedTo = (kind: string): Rule =>
  own(({ applyToType, applyToId }) => (applyToType === kind && applyToId ? { id: applyToId } : undefined));

const ofTicket =
  (member: string): Rule =>
  (sources, { ticket }) =>
    nameIn(sources.record('/service/tickets', idOf(ticket) === undefined ? undefined : ticket)?.[member]);

/** What returned goods, and what waits for accounting, take over from others. */
export const OF_GOODS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  RmaTag: Object.assign({}, ...PARTIES.map(membersOfParty)) as Readonly<Record<string, Rule>>,
  UnpostedInvoice: TAXES,
  UnpostedExpense: {
    ...TAXES,
    accountNumber: own(() => ''),
    creditAccount: own(() => ''),
    dateClosed: own(({ dateExpense }) => dateExpense),
  },
  UnpostedProcurement: {
    ...TAXES,
    customer: ofOrder('customerCompany'),
    trackingNumber: ofOrder('trackingNumber'),
    taxCode: ofOrder('taxCode'),
    vendorInvoiceNumber: ofOrder('vendorInvoiceNumber'),
    vendorInvoiceDate: ofOrder('vendorInvoiceDate'),
    vendorAccountNumber: (sources, { vendor }) => sources.record(COMPANIES, vendor)?.accountNumber ?? '',
  },
  UnpostedInvoiceTaxableLevel: { taxCodeXref: own(() => '') },
  UnpostedExpenseTaxableLevel: { taxCodeXref: own(() => '') },
  UnpostedProcurementTaxableLevel: { taxCodeXref: own(() => '') },
  Invoice: {
    ticket: appliedTo('Ticket'),
    project: appliedTo('Project'),
    phase: appliedTo('ProjectPhase'),
    salesOrder: appliedTo('SalesOrder'),
    agreement: appliedTo('Agreement'),
  },
  TimeEntry: { ticketType: ofTicket('type'), ticketSubType: ofTicket('subType') },
  // The half of a day is told, the whole of it is from its first to its last second.
  Holiday: {
    timeStart: own(({ allDayFlag }) => (allDayFlag === true ? '00:00:00' : undefined)),
    timeEnd: own(({ allDayFlag }) => (allDayFlag === true ? '23:59:59' : undefined)),
  },
};

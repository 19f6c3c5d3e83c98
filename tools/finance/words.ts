import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Agreements, invoices and accounting. */
export const FINANCE: GroupWords = {
  'accounting/batches':
    'Batches handed to accounting | export posted batch quickbooks ledger posting close period book closed created last list run reopen',
  'accounting/batches/entries': 'Entries of an accounting batch | gl entry posted bookings postings journal',
  'accounting/batches/export': 'Export a batch to accounting | quickbooks xero sage gl transfer send file',
  'accounting/export':
    'Export invoices and the like to accounting | quickbooks xero sage gl interface post transfer sync bookkeeping hand over books erp software system package program figures numbers accountant',
  'accounting/unpostedexpenses':
    'Expenses not handed to accounting yet | unposted quickbooks xero sage posted yet waiting not exported accounting',
  'accounting/unpostedexpenses/taxablelevels': 'Tax levels of expenses not handed to accounting yet',
  'accounting/unpostedinvoices':
    'Invoices not handed to accounting yet | unposted pending export not posted open quickbooks xero sage yet waiting exported accounting',
  'accounting/unpostedinvoices/taxablelevels': 'Tax levels of invoices not handed to accounting yet',
  'accounting/unpostedprocurement':
    'Purchases not handed to accounting yet | unposted vendor bills quickbooks xero sage posted yet waiting not exported accounting',
  'accounting/unpostedprocurement/taxablelevels': 'Tax levels of purchases not handed to accounting yet',
  accountingpackages: 'Accounting systems that can be fed | quickbooks xero sage',
  accountingpackagesetup: 'How the accounting system is set up | quickbooks integration',
  agreements:
    'Agreements: what customers pay for regularly | contract managed services subscription retainer block of hours prepaid recurring msa renewal renew expire expiring expiry cancel monthly maintenance plan support contract recurring revenue flat rate all-in all-inclusive sign term end date extend ending contracts retainers sla service warranty status terms number customer has which renewals',
  'agreements/additions':
    'Additions: what an agreement bills beside its base, such as seats and licences | line item addon add-on seat license licence user quantity included covered product recurring subscription per device licences seats microsoft 365 office count raise lower users backup antivirus extra billed monthly what is in',
  'agreements/adjustments':
    'Adjustments of prepaid hours or amounts | credit correction top up block time balance refund extra hours give goodwill used add remaining bonus',
  'agreements/boarddefaults': 'Board on which an agreement puts its tickets | default board queue',
  'agreements/configurations':
    'Assets that an agreement covers | device machine covered under contract which devices machines servers in',
  'agreements/sites': 'Sites that an agreement covers | office location covered',
  'agreements/types': 'Types of agreements | kind of contract kinds managed block',
  'agreements/workroleexclusions':
    'Work roles that an agreement does not cover | not covered exclude excluded extra billed separately',
  'agreements/workroles':
    'Rates of work roles under an agreement | special rate discount hourly price contract rate per role agreed',
  'agreements/worktypeexclusions':
    'Work types that an agreement does not cover | not covered exclude excluded extra billed separately outside scope',
  'agreements/worktypes':
    'Rates of work types under an agreement | special rate overtime covered contract per type agreed included',
  'agreementtypes/boarddefaults': 'Default boards of an agreement type',
  'agreementtypes/workroleexclusions': 'Work roles that an agreement type does not cover',
  'agreementtypes/workroles': 'Rates of work roles under an agreement type',
  'agreementtypes/worktypeexclusions': 'Work types that an agreement type does not cover',
  'agreementtypes/worktypes': 'Rates of work types under an agreement type',
  batchsetups: 'How accounting batches are numbered | batch setup',
  billingcycles:
    'Billing cycles: monthly, quarterly, yearly | billing frequency how often invoice period rhythm interval annually every month quarter yearly invoiced',
  billingsetups:
    'How a location bills: logo, address, numbers | billing company setup remit-to letterhead logo invoice header address',
  'billingsetups/routings':
    'Who approves invoices, in what order | invoice approval routing approve invoices chain before sent',
  billingstatuses:
    'Statuses of invoices: new, sent, closed | billing status invoice state draft ready printed steps states of a bill',
  billingterms:
    'Payment terms: net 30 and the like | net 30 due days terms condition payment term 14 to pay on receipt payable',
  closedinvoices: 'Invoices that are closed | change closed invoice locked finished posted correct after',
  companyfinance:
    'Finance data of a company: tax code, terms, billing | company billing details tax terms credit exempt number vat id contact payment settings of a customer',
  currencies: 'Currencies | dollar euro exchange money foreign dollars euros pounds rate symbol',
  currencycodes: 'Codes of the currencies | usd eur iso',
  deliverymethods:
    'How invoices reach customers: mail, post | invoice delivery paper post letter how bill sent email way print',
  glaccounts:
    'Ledger accounts to which things are posted | gl general ledger chart of accounts mapping bookkeeping income revenue expense account numbers cogs',
  'glaccounts/mappedtypes': 'Kinds of ledger accounts | gl type',
  glcaptions: 'Names of the ledger segments | gl caption',
  glpaths: 'Paths to the accounting files | gl export folder',
  invoice: 'One invoice, for low rights',
  invoiceemailtemplates: 'E-mails with which invoices are sent | send invoice mail text template wording covering bill',
  invoices:
    'Invoices to customers | bill billing billed receivable outstanding unpaid overdue due balance owed owe charge credit memo amount total revenue ar bills customers dunning reminder rechnung receivables note down payment sent mark status number month income turnover',
  'invoices/payments':
    'Payments of an invoice | paid payment received money receipt remittance pay collected pays cheque check transfer wire settled settle came much receive history',
  'invoices/pdf': 'An invoice as PDF | print download document invoice copy send printout file save',
  invoicetemplates: 'Layouts of invoices | invoice template format look design',
  invoicetemplatesetups: 'Layouts of invoices in detail | invoice template',
  taxcodes: 'Tax codes with their rates | sales tax vat gst rate mwst percent taxes rates charged',
  'taxcodes/copy': 'Make a tax code like another | clone duplicate',
  'taxcodes/expensetypeexemptions': 'Expense types exempt from a tax | tax exempt not taxed untaxed free',
  'taxcodes/expensetypeexemptions/taxableexpensetypelevels': 'Tax levels on expense types',
  'taxcodes/producttypeexemptions':
    'Product types exempt from a tax | tax exempt product not taxed hardware untaxed free',
  'taxcodes/producttypeexemptions/taxableproducttypelevels': 'Tax levels on product types',
  'taxcodes/taxcodelevels':
    'Levels of a tax code: state, county, city | rate percentage local tax percent state county rates',
  'taxcodes/taxcodexrefs': 'Tax code in the accounting system | cross reference mapping',
  'taxcodes/taxcodexrefs/taxablexreflevels': 'Tax levels of a cross reference',
  'taxcodes/workroleexemptions':
    'Work roles exempt from a tax | tax exempt labour labor service not taxed untaxed free',
  'taxcodes/workroleexemptions/taxableworkrolelevels': 'Tax levels on work roles',
  taxintegrations: 'Tax services such as Avalara | avatax tax calculation integration avalara connector',
  'accounting/unpostedpayments':
    'Payments not handed to accounting yet | unposted receipts quickbooks xero sage waiting not exported',
  agreementrecap:
    'Recap of agreements: used, remaining, overrun, next and last invoice | how much left available balance prepaid block hours consumed usage burn summary next invoice amount date unbilled',
  'agreements/applicationparameters':
    'What an agreement covers and up to which limit | application parameters limit carry over rollover overrun expire covers time expenses products',
  'agreements/copy':
    'Copy an agreement | duplicate clone replicate contract template managed services from an existing one like another',
  'agreements/invoice':
    'Invoice an agreement now | bill create invoice generate contract monthly billing run next period',
  'agreements/quickaccess':
    'How many records hang on an agreement | quick access count additions adjustments number related sidebar tab',
  'agreements/recurringparameters':
    'How an agreement is billed regularly | recurring parameters billing cycle amount prorate tax terms auto invoice',
  'agreements/types/copy': 'Copy an agreement type | duplicate clone kind of contract type',
  'invoices/commissions': 'Commissions on an invoice | sales commission share percent rep bonus split',
  'invoices/commissions/recalculate':
    'Calculate the commissions of an invoice again | recalculate refresh sales commission',
  'invoices/glentries': 'Ledger entries of an invoice | gl entries postings bookings segments cogs account',
  'invoices/routings': 'Who has to review an invoice, and who has | invoice routing approval reviewed approver chain',
};

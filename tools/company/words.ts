import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Customers, contacts and configurations. */
export const COMPANY: GroupWords = {
  addressformats: 'How addresses are written in a country | address format postal layout printed',
  billingsetups: 'Billing setups, counted for low rights',
  communicationtypes:
    'Ways to reach people: e-mail, phone, fax | phone type email type mobile contact method whatsapp pager landline channels kinds of numbers',
  companies:
    'Companies: customers, vendors, prospects | customer client account vendor supplier prospect organisation organization firm business lead partner debtor distributor tenant shop school new logo accounts clients status name address primary parent main customers list',
  'companies/customstatusnotes': 'Notes shown with a status of a company | status note warning alert popup banner',
  'companies/default': 'Values for a new company',
  'companies/groups':
    'Marketing groups that a company is in | segment mailing list tag newsletter tags segments belongs labels',
  'companies/managementreportnotifications': 'Who gets the management reports of a company',
  'companies/managementreportsetup': 'How the management reports of a company are made',
  'companies/managementsummaryreports':
    'Management summary reports of a company | executive summary report qbr quarterly business review',
  'companies/merge':
    'Merge two companies into one | combine duplicate dedupe join customers same twice doubled double unify consolidate one',
  'companies/notes':
    'Notes about a company | comment remark information memo customer account remember write down journal info',
  'companies/sites':
    'Sites of a company: its offices and addresses | address office branch street location building customer site headquarters city zip shipping billing address premises place postal located where plant branches locations addresses directions ship to bill to',
  'companies/statuses':
    'Statuses of companies: active, not approved | customer state inactive credit hold blocked delinquent do not service imminent',
  'companies/surveys': 'Surveys that a company answered, counted',
  'companies/teams':
    'Who looks after a company: account manager, technician | account manager owner responsible primary engineer account rep team assigned in charge looks after csm vcio dedicated consultant technical lead',
  'companies/tracks': 'Tracks that run for a company | automation sequence follow-up start nurture drip put on',
  'companies/typeassociations':
    'Types that a company has | mark as vendor customer prospect tag assign type of company become turn into also too flag classify role',
  'companies/types':
    'Types of companies: customer, vendor, prospect | kind of company classification kinds roles partner former',
  companyfinance: 'Replace the finance data of a company',
  companypickeritems: 'Companies chosen in the picker | company list picker',
  'companypickeritems/clear': 'Empty the picker of companies',
  companytypeassociations: 'Types of companies, across companies | company type association',
  configurations:
    'Configurations: the assets of customers | asset device machine computer laptop server workstation printer firewall router switch equipment hardware inventory warranty expiring serial number model retire decommission domain license ssl certificate ci vm phone tablet nas ups access point ip address mac operating system end of life assets devices machines kit endpoints software status name cpu ram installed expiry renew',
  'configurations/bulk':
    'Create, change or delete many configurations at once | bulk mass many several assets devices import hundreds lots at once one go',
  'configurations/changetype':
    'Change the type of a configuration | asset device kind from workstation to server convert becomes wrong type reclassify',
  'configurations/statuses':
    'Statuses of configurations: active, retired | asset device state in use spare decommissioned states',
  'configurations/types':
    'Types of configurations: server, workstation, printer | kind of asset device category asset type kinds laptop firewall classes',
  'configurations/types/questions':
    'Questions that a configuration type asks: its own fields | asset field attribute custom property template fields asked attributes properties own what is recorded',
  'configurations/types/questions/values':
    'Answers to choose from in a configuration question | option dropdown choice choices picklist drop-down list selection',
  contacts:
    'Contacts: people at customers | person people user customer employee end user name email phone caller requester portal decision maker cfo boss receptionist persons callers staff birthday title somebody at default primary names emails of work for',
  'contacts/communications':
    'Phone numbers and e-mail addresses of a contact | phone email mobile fax number address reach call cell direct reachable addresses changed new',
  'contacts/default': 'Values for a new contact',
  'contacts/departments': 'Departments of contacts | customer department accounting hr divisions where people work',
  'contacts/groups':
    'Marketing groups that a contact is in | mailing list newsletter subscription lists newsletters mailings opted',
  'contacts/image': 'Photo of a contact | picture avatar image face portrait profile',
  'contacts/notes': 'Notes about a contact | comment remark person remember about',
  'contacts/portalsecurity':
    'What a contact may do in the customer portal | portal access rights permission allowed see tickets login may customer',
  'contacts/relationships':
    'How contacts relate: spouse, assistant | relationship spouse boss assistant reports to married',
  'contacts/requestpassword':
    'Mail a contact a new portal password | reset password forgot customer portal login forgotten link send new credentials',
  'contacts/tracks': 'Tracks that run for a contact | automation sequence put on nurture start',
  'contacts/typeassociations': 'Types that a contact has | tag approver vip mark as make flag',
  'contacts/types': 'Types of contacts: approver, end user | kind of contact vip',
  'contacts/validateportalcredentials':
    'Check the portal login of a contact | verify password portal credentials test correct login works',
  contacttypeassociations: 'Types of contacts, across contacts | contact type association',
  countries: 'Countries | nation country list land nations iso',
  entitytypes: 'Legal forms of companies | entity type inc ltd gmbh llc corporation incorporated',
  expensetypes: 'Expense types, counted for low rights',
  manageddevicesintegrations:
    'Links to RMM and other device systems | rmm automate integration managed device monitoring datto ninja kaseya labtech n-able agent tool',
  'manageddevicesintegrations/crossreferences':
    'How devices of an RMM map to configuration types and products | mapping rmm agent types matched',
  'manageddevicesintegrations/logins': 'Logins of an RMM link | rmm credentials user password tool',
  'manageddevicesintegrations/notifications': 'Who is told about an RMM link | rmm alert',
  management: 'Managed services set-up | management it setup rmm',
  'management/executemanageditsync':
    'Run the synchronisation with the RMM now | sync rmm start trigger kick off refresh synchronise devices',
  'management/log/download': 'Download the log of the synchronisation | sync log',
  'management/logs': 'Logs of the synchronisation with the RMM | sync log failed errors last',
  'management/managementreportnotifications': 'Who gets the management reports',
  managementbackups: 'Backup products in management reports | backup solutions',
  managementitsolutions: 'RMM solutions that feed Manage | managed it solution rmm',
  'managementitsolutions/managementproducts': 'Products of an RMM solution',
  marketdescriptions:
    'Markets that companies are in | industry vertical market sector branch industries healthcare legal finance education trade sectors verticals',
  notetypes: 'Types of notes on companies and contacts | kind of note categories kinds',
  ownershiptypes:
    'Who owns companies: private, public | ownership kinds listed limited non profit government family partnership',
  paymenttypes: 'Payment types, counted for low rights',
  portalconfigurations:
    'Customer portals and how they look | portal configuration client portal self service website customers log in look logo',
  'portalconfigurations/copy': 'Make a portal like another | clone duplicate',
  'portalconfigurations/invoicesetup/paymentprocessors':
    'Payment processors of the portal | credit card online payment',
  'portalconfigurations/invoicesetups': 'How invoices appear in the portal | online payment',
  'portalconfigurations/invoicesetups/testtransaction': 'Try a payment in the portal',
  'portalconfigurations/opportunitysetups': 'How opportunities appear in the portal',
  'portalconfigurations/passwordemailsetups': 'E-mails with portal passwords | password mail',
  'portalconfigurations/projectsetups': 'How projects appear in the portal',
  'portalconfigurations/servicesetups': 'How tickets appear in the portal',
  portalsecuritylevels: 'Levels of rights in the customer portal | portal permission access admin user tiers levels',
  portalsecuritysettings: 'Rights of the levels in the customer portal | portal permission',
  states: 'States and provinces | region county province provinces counties bundesland',
  teamroles: 'Roles in company teams: account manager, primary technician | team role roles who plays',
  tracks:
    'Tracks: actions that run one after another | automation sequence follow-up drip onboarding automated series nurture',
  'tracks/actions': 'Actions of a track | automation step steps send email create activity',
  'configurations/quickaccess':
    'How many records hang on an asset | quick access count counts tickets attachments documents notes of device configuration number related sidebar tab what',
  'configurations/types/copy': 'Copy a type of assets with its questions | duplicate clone configuration type template',
  'contact/types': 'Where a contact type is used | usages contact types',
  m365contact:
    'Contacts as Microsoft 365 has them | office 365 azure entra tenant user directory synced principal licences groups',
  'm365contactsync/property':
    'What the Microsoft 365 contact sync takes and leaves | office 365 include exclude rule filter wildcard property',
  'm365contactsync/property/excluded': 'What the Microsoft 365 contact sync leaves out | office 365 exclusion rule',
  'm365contactsync/property/included': 'What the Microsoft 365 contact sync takes | office 365 inclusion rule',
};

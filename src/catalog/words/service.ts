import type { GroupWords } from './words.ts';

/** The service desk. */
export const SERVICE: GroupWords = {
  boards: 'Boards on which tickets are worked | queue helpdesk service desk dispatch board setup',
  'boards/autoassignresources':
    'Who gets new tickets of a board by itself | auto assign round robin automatic assignment',
  'boards/autotemplates': 'Templates applied to new tickets by type | auto template automatic',
  'boards/copy': 'Make a board like another | clone duplicate board',
  'boards/excludedmembers': 'Members who may not see a board | exclude hide board restrict',
  'boards/items': 'Items: the third level of a ticket classification, under subtypes | category classification',
  'boards/items/associations': 'Types and subtypes under which an item may be chosen | allowed combinations',
  'boards/notifications': 'Who is told of new tickets on a board | notify alert email board',
  'boards/statuses':
    'Statuses that tickets of a board go through | state stage closed waiting new completed in progress ticket status',
  'boards/statuses/notifications': 'Who is told when a ticket reaches a status | notify alert status change email',
  'boards/subtypes':
    'Subtypes: the second level of a ticket classification | category subcategory classification ticket subtype',
  'boards/teams': 'Teams that work a board | group of technicians service team leader tier escalation',
  'boards/types':
    'Ticket types of a board: the first level of classification | category classification kind of ticket type',
  'boards/typesubtypeitemassociations': 'Allowed combinations of type, subtype and item | valid category combination',
  boardtypes: 'Ticket types across boards | ticket type all boards',
  codes: 'Service codes for tasks on tickets | resolution code task code',
  emailtemplates: 'E-mails that tickets send | ticket mail template text notification',
  impacts: 'Impact levels of tickets: how many people suffer | high medium low',
  knowledgebasearticles:
    'Knowledge base articles: known problems and their solutions | kb article documentation solution how-to faq',
  knowledgebasecategories: 'Categories of the knowledge base | kb category',
  knowledgebasesettings: 'Settings of the knowledge base | kb configuration approval',
  knowledgebasesubcategories: 'Subcategories of the knowledge base | kb subcategory',
  locations:
    'Service locations: where the work is done, on-site or remote | onsite remote in-house service location work location',
  priorities:
    'Ticket priorities with their colour and order | urgent critical emergency urgency priority level ranking',
  'priorities/image': 'Picture of a priority | icon colour',
  priority: 'Ticket priorities, for low rights | priority',
  'scheduling/members': 'Members who can be dispatched | available technicians resource dispatch portal',
  servicesignoff: 'Sign-off sheets that customers sign for service | signature sign off work order form printed',
  severities: 'Severity levels of tickets: how bad it is | high medium low',
  slas: 'Service level agreements: how fast to respond and resolve | sla service level response resolution time target hours guarantee deadline',
  'slas/priorities':
    'Response and resolution goals of a priority in an SLA | sla target hours respond plan resolve minutes per priority',
  slainfo: 'Service level agreements, for low rights | sla',
  sources: 'Where tickets come from: phone, e-mail, portal | ticket source channel origin intake walk-in',
  surveys: 'Surveys sent to customers after service | satisfaction survey csat feedback questionnaire',
  'surveys/copy': 'Make a survey like another | clone duplicate',
  'surveys/questions': 'Questions of a service survey | feedback question',
  'surveys/questions/copy': 'Make a survey question like another | clone duplicate',
  'surveys/questions/options': 'Answers to choose from in a survey question | option choice',
  'surveys/results':
    'What customers answered in surveys | satisfaction score csat rating feedback response answer result happy unhappy',
  teammembers: 'Add members to a service team | team member join',
  teams: 'Service teams of all boards | group of technicians',
  templates: 'Ticket templates for work that comes again | recurring standard ticket template preset',
  'templates/generate': 'Make a ticket from a template | create generate ticket of template recurring',
  ticketlinks: 'Links shown on tickets to other systems | url link menu button',
  tickets:
    'Service tickets: what customers asked for | issue incident request case problem job work order outage fault complaint overdue stale unassigned backlog open closed urgent escalate reassign assign reopen close resolve due',
  'tickets/activities': 'Sales activities of a ticket',
  'tickets/allnotes':
    'The whole conversation of a ticket, with time and meeting notes | everything written discussion thread history all notes messages communication',
  'tickets/attachchildren':
    'Put tickets under a parent ticket | child parent bundle attach group related tickets major incident',
  'tickets/configurations': 'Assets that a ticket is about | device machine computer server asset link attach affected',
  'tickets/convert': 'Turn a service ticket into a project ticket | move to project convert issue',
  'tickets/documents': 'Files on a ticket | attachment file attached screenshot photo',
  'tickets/merge': 'Merge tickets into one | combine duplicate join tickets',
  'tickets/notes':
    'Notes of a ticket: discussion, internal, resolution | comment reply message remark answer update respond internal note',
  'tickets/products': 'Products charged on a ticket | parts hardware sold used material',
  'tickets/scheduleentries':
    'Who is scheduled for a ticket and when | assigned technician resource appointment dispatch booked',
  'tickets/search': 'Find tickets by long conditions in a body | find filter query large advanced',
  'tickets/tasks': 'Tasks of a ticket: its checklist | todo to-do step checklist subtask tick off',
  'tickets/timeentries': 'Time logged on a ticket | hours work spent booked time log',
  ticketsyncs: 'Synchronisation of tickets with other systems | integration sync rmm third party',
};

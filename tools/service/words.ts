import type { GroupWords } from '../../src/api/search/group-words.ts';

/** The service desk. */
export const SERVICE: GroupWords = {
  boards:
    'Boards on which tickets are worked | queue helpdesk service desk dispatch board setup kanban queues columns swimlane intake area',
  'boards/autoassignresources':
    'Who gets new tickets of a board by itself | auto assign round robin automatic assignment rotation automatically assigned distribute rota',
  'boards/autotemplates':
    'Templates applied to new tickets by type | auto template automatic automatically prefilled checklist applied',
  'boards/copy': 'Make a board like another | clone duplicate board replicate same settings',
  'boards/excludedmembers':
    'Members who may not see a board | exclude hide board restrict hidden cannot can not see blocked forbidden people',
  'boards/items':
    'Items: the third level of a ticket classification, under subtypes | category classification third level',
  'boards/items/associations': 'Types and subtypes under which an item may be chosen | allowed combinations',
  'boards/notifications':
    'Who is told of new tickets on a board | notify alert email board mail alerts informed new ticket arrives',
  'boards/statuses':
    'Statuses that tickets of a board go through | state stage closed waiting new completed in progress ticket status columns workflow steps scheduled on hold cancelled states list of statuses',
  'boards/statuses/notifications':
    'Who is told when a ticket reaches a status | notify alert status change email informed mailed reaches alerts',
  'boards/subtypes':
    'Subtypes: the second level of a ticket classification | category subcategory classification ticket subtype second level finer',
  'boards/teams':
    'Teams that work a board | group of technicians service team leader tier escalation squad 1 2 first level second level crew who works',
  'boards/types':
    'Ticket types of a board: the first level of classification | category classification kind of ticket type categories sorted kinds incident change request',
  'boards/typesubtypeitemassociations': 'Allowed combinations of type, subtype and item | valid category combination',
  boardtypes: 'Ticket types across boards | ticket type all boards',
  codes: 'Service codes for tasks on tickets | resolution code task code cause closure reason fix',
  emailtemplates:
    'E-mails that tickets send | ticket mail template text notification automatic reply acknowledgement wording auto response',
  impacts:
    'Impact levels of tickets: how many people suffer | high medium low affected users scope widespread how many affected',
  knowledgebasearticles:
    'Knowledge base articles: known problems and their solutions | kb article documentation solution how-to faq howto instructions runbook wiki guide workaround known error articles',
  knowledgebasecategories: 'Categories of the knowledge base | kb category topics sections wiki',
  knowledgebasesettings: 'Settings of the knowledge base | kb configuration approval who publishes',
  knowledgebasesubcategories: 'Subcategories of the knowledge base | kb subcategory topics wiki sub category',
  locations:
    'Service locations: where the work is done, on-site or remote | onsite remote in-house service location work location where happens site or in-shop',
  priorities:
    'Ticket priorities with their colour and order | urgent critical emergency urgency priority level ranking p1 p2 p3 importance high low colours rank',
  'priorities/image': 'Picture of a priority | icon colour',
  priority: 'Ticket priorities, for low rights | priority',
  'scheduling/members': 'Members who can be dispatched | available technicians resource dispatch portal',
  servicesignoff:
    'Sign-off sheets that customers sign for service | signature sign off work order form printed customer paper printout confirm done',
  severities: 'Severity levels of tickets: how bad it is | high medium low seriousness urgency',
  slas: 'Service level agreements: how fast to respond and resolve | sla service level response resolution time target hours guarantee deadline contractual times promised deadlines reaction',
  'slas/priorities':
    'Response and resolution goals of a priority in an SLA | sla target hours respond plan resolve minutes per priority how quickly must we reaction',
  slainfo: 'Service level agreements, for low rights | sla',
  sources:
    'Where tickets come from: phone, e-mail, portal | ticket source channel origin intake walk-in channels monitoring tool chat how tickets arrive reached us',
  surveys:
    'Surveys sent to customers after service | satisfaction survey csat feedback questionnaire rating form ask customers opinion',
  'surveys/copy': 'Make a survey like another | clone duplicate',
  'surveys/questions': 'Questions of a service survey | feedback question asks asked',
  'surveys/questions/copy': 'Make a survey question like another | clone duplicate',
  'surveys/questions/options': 'Answers to choose from in a survey question | option choice',
  'surveys/results':
    'What customers answered in surveys | satisfaction score csat rating feedback response answer result happy unhappy stars scores nps complaints rated ratings thumbs replies opinions satisfied',
  teammembers: 'Add members to a service team | team member join put technician into',
  teams: 'Service teams of all boards | group of technicians squads crews desk groups',
  templates:
    'Ticket templates for work that comes again | recurring standard ticket template preset predefined prefilled checklist onboarding repeating request repeated',
  'templates/generate':
    'Make a ticket from a template | create generate ticket of template recurring from use run spawn',
  ticketlinks: 'Links shown on tickets to other systems | url link menu button external shortcut',
  tickets:
    'Service tickets: what customers asked for | issue incident request case problem job work order outage fault complaint overdue stale unassigned backlog open closed urgent escalate reassign assign reopen close resolve due helpdesk plate workload unresolved pending escalated ageing aging breached unanswered everything reported cases calls jobs faults sla breach number',
  'tickets/activities': 'Sales activities of a ticket',
  'tickets/allnotes':
    'The whole conversation of a ticket, with time and meeting notes | everything written discussion thread history all notes messages communication wrote write said emails exchanged back and forth full timeline correspondence',
  'tickets/attachchildren':
    'Put tickets under a parent ticket | child parent bundle attach group related tickets major incident combine under one link children outage',
  'tickets/configurations':
    'Assets that a ticket is about | device machine computer server asset link attach affected hooked hardware involved linked laptop printer',
  'tickets/convert':
    'Turn a service ticket into a project ticket | move to project convert issue becomes turn change into',
  'tickets/documents':
    'Files on a ticket | attachment file attached screenshot photo pictures log files uploaded pdf screenshots',
  'tickets/merge':
    'Merge tickets into one | combine duplicate join tickets same problem reported twice duplicates double',
  'tickets/notes':
    'Notes of a ticket: discussion, internal, resolution | comment reply message remark answer update respond internal note wrote written write said told customer post publish tell worklog public customer-facing',
  'tickets/products':
    'Products charged on a ticket | parts hardware sold used material billed items licences charged goods',
  'tickets/scheduleentries':
    'Who is scheduled for a ticket and when | assigned technician resource appointment dispatch booked who goes visit planned assignees resources on ticket',
  'tickets/search': 'Find tickets by long conditions in a body | find filter query large advanced',
  'tickets/tasks':
    'Tasks of a ticket: its checklist | todo to-do step checklist subtask tick off todos steps to-dos items done outstanding list',
  'tickets/timeentries': 'Time logged on a ticket | hours work spent booked time log effort logged so far minutes',
  ticketsyncs:
    'Synchronisation of tickets with other systems | integration sync rmm third party jira servicenow other helpdesk connected external',
  'boards/skillmappings':
    'Skills that types of tickets on a board need | skill mapping routing dispatch who can do which type subtype item belongs',
  'boards/active': 'Active boards, for low rights | open service boards in use',
  'servicesignoff/signoffcustomfields':
    'Custom fields on the sign-off form | signature form service sign off sheet fields',
  'tickets/copy': 'Copy a ticket | duplicate clone same ticket again',
  'tickets/calculatesla': 'Calculate the service levels of tickets now | sla recalculate deadlines respond by goal',
  'tickets/changelogs':
    'Change logs of tickets: what each was at every change | ticket history who changed status board owner priority timeline over time moved reassigned log what changed snapshots field',
};

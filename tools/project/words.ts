import type { GroupWords } from '../../src/api/search/group-words.ts';

/** Projects. */
export const PROJECT: GroupWords = {
  'boards/teams': 'Teams of a project board | project team crew',
  'boards/teams/members': 'Members of a team of a project board | project team member',
  phasestatuses: 'Statuses of project phases | state milestone states phases',
  projects:
    'Projects: their dates, budget and manager | engagement rollout migration job project manager budget over budget deadline progress percent complete late behind start new kick off implementation kick-off running spent hours planned actual client status closed overdue open',
  'projects/contacts':
    'Contacts of a project at the customer | stakeholder customer person sponsor people side steering involved',
  'projects/notes': 'Notes of a project | comment remark journal status update log',
  'projects/phases':
    'Phases of a project: its parts and milestones | milestone stage work breakdown wbs plan part section milestones next steps stages of project schedule tasks gantt',
  'projects/teammembers':
    'Who works on a project, as what | team resource assigned people staff member engineer crew works staffed who on',
  projecttypes: 'Types of projects | kind category kinds',
  securityroles: 'Roles that members have in a project | project manager role rights roles lead',
  'securityroles/settings': 'Rights of a project role | permission',
  statuses: 'Statuses of projects: open, on hold, closed | state stage closed hold states projects',
  statusindicators:
    'Traffic lights of projects: on track, at risk | health red yellow green traffic light amber rag color on track',
  'ticketnote/markas': 'Mark a note of a project ticket | note flag',
  tickets:
    'Project tickets: the work of a project | project task work package issue assigned open belonging issues tasks deliverables packages tickets',
  'tickets/activities': 'Sales activities of a project ticket',
  'tickets/allnotes': 'The whole conversation of a project ticket | discussion thread all notes history',
  'tickets/configurations': 'Assets that a project ticket is about | device machine',
  'tickets/convert': 'Turn a project ticket into a service ticket or issue | move convert',
  'tickets/documents': 'Files on a project ticket | attachment',
  'tickets/notes': 'Notes of a project ticket | comment reply internal discussion',
  'tickets/products': 'Products charged on a project ticket | parts',
  'tickets/scheduleentries': 'Who is scheduled for a project ticket | assigned',
  'tickets/search': 'Find project tickets by long conditions in a body | query',
  'tickets/tasks': 'Tasks of a project ticket: its checklist | todo step todos',
  'tickets/timeentries': 'Time logged on a project ticket | hours spent',
  billingrates: 'Billing rates of a project, by work role or member | hourly rate price special project rate role',
  'billingrates/billingrates': 'Change a billing rate of a project | hourly rate price project',
  'boards/kanbansettings':
    'Columns of a kanban board | kanban lanes swimlanes cards columns statuses colours project board',
  'projects/applytemplate': 'Apply a template to a project | use plan blueprint phases tickets from template',
  'projects/applytemplates': 'Apply several templates to a project | use plans blueprint phases tickets from templates',
  'projects/projectrecap':
    'Financial recap of a project: estimated, actual, billed, margin | project finance summary revenue cost profit budget unbilled per phase ticket',
  'projects/projectworkplan':
    'Work plan of a project: phases with budget, actual and scheduled hours | wbs gantt schedule hours per phase progress plan',
  projecttemplates: 'Templates of projects | blueprint standard project plan template list',
  'projecttemplates/createfromproject': 'Make a template from a project | save as template reuse blueprint',
  'projecttemplates/projecttemplatephases': 'Phases of project templates | template phase milestone wbs',
  'projecttemplates/projecttemplatetickets': 'Tickets of project templates | template ticket task budget hours',
  'projecttemplates/projecttemplatetickets/tasks':
    'Tasks of the tickets of project templates | template checklist to-do steps',
  'projecttemplates/workplan': 'Work plan of a project template | template phases wbs plan',
};

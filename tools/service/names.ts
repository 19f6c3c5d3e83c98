import { inactive, type Kind, named, table } from '../../src/names/kind.ts';
import { byUrgency } from './support/urgency.ts';

const ofBoard = (list: string, fields: readonly string[] = named, names: readonly string[] = ['name']): Kind => ({
  list: `GET /service/boards/{parentId}/${list}`,
  fields,
  names,
  hidden: inactive,
  parent: { scope: 'boardId', path: 'parentId', required: true },
});

/** What people name in the service module. */
export const service = {
  board: table('/service/boards', {
    info: 'GET /service/info/boards',
    fields: [...named, 'projectFlag', 'timeEntryLockedFlag'],
    wrappings: ['board', 'service board'],
  }),
  status: ofBoard('statuses', [
    'id',
    'name',
    'closedStatus',
    'timeEntryNotAllowed',
    'defaultFlag',
    'inactive',
    'sortOrder',
  ]),
  type: ofBoard('types'),
  subtype: ofBoard('subtypes'),
  item: ofBoard('items'),
  team: ofBoard('teams', [...named, 'members', 'teamLeader']),
  priority: table('/service/priorities', { fields: ['id', 'name', 'sortOrder', 'defaultFlag'], meantBy: byUrgency }),
  severity: table('/service/severities', { fields: ['id', 'name', 'description'] }),
  impact: table('/service/impacts', { fields: ['id', 'name', 'description'] }),
  source: table('/service/sources'),
  sla: table('/service/SLAs', { fields: ['id', 'name', 'defaultFlag', 'basedOn'] }),
  survey: table('/service/surveys', { fields: ['id', 'name', 'inactiveFlag'] }),
  serviceTemplate: table('/service/templates', { fields: ['id', 'name', 'board', 'summary', 'hoursBudget'] }),
  serviceLocation: table('/service/locations', { fields: ['id', 'name', 'where', 'defaultFlag'] }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof service, Kind> {}
}

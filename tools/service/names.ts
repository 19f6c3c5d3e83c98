import type { Named } from '../../src/names/index.ts';
import { inactive, type Kind, named, table } from '../../src/names/kind.ts';

const ofBoard = (list: string, fields: readonly string[] = named, names: readonly string[] = ['name']): Kind => ({
  list: `GET /service/boards/{parentId}/${list}`,
  fields,
  names,
  hidden: inactive,
  parent: { scope: 'boardId', path: 'parentId', required: true },
  mixedUp: 'tickets',
});

/** Words for how pressing something is, for installations that call their priorities otherwise. */
const HIGHEST = /^(urgent|very urgent|emergency|critical|asap|highest|top|blocker|immediate(ly)?|down)$/i;
const HIGH = /^(high|important|pressing|major)$/i;
const LOWEST = /^(low|lowest|minor|trivial|whenever|not urgent|no rush|no hurry)$/i;
const USUAL = /^(normal|standard|regular|usual|default|medium|routine)$/i;

const orderOf = ({ record }: Named): number => Number(record.sortOrder ?? Number.MAX_SAFE_INTEGER);

/**
 * The priority that a word such as "urgent" means where none is called so: the most or least pressing by the installation's
 * own sort order, or its default. Nothing for other words.
 */
function byUrgency(text: string, priorities: readonly Named[]): readonly Named[] {
  const ordered = [...priorities].sort((a, b) => orderOf(a) - orderOf(b));
  const word = text.trim().replace(/^(it'?s|is)\s+/i, '');
  const [first, second] = ordered;
  if (HIGHEST.test(word)) return first === undefined ? [] : [first];
  if (HIGH.test(word)) return ordered.slice(second === undefined ? 0 : 1, 2);
  if (LOWEST.test(word)) return ordered.slice(-1);
  return USUAL.test(word) ? ordered.filter(({ record }) => record.defaultFlag === true).slice(0, 1) : [];
}

/** What people name in the service module. */
export const service = {
  board: table('/service/boards', {
    info: 'GET /service/info/boards',
    fields: [...named, 'projectFlag', 'timeEntryLockedFlag'],
    wrappings: ['board', 'service board'],
    mixedUp: 'tickets',
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
  priority: table('/service/priorities', {
    fields: ['id', 'name', 'sortOrder', 'defaultFlag'],
    meantBy: byUrgency,
    mixedUp: 'tickets',
  }),
  severity: table('/service/severities', { fields: ['id', 'name', 'description'] }),
  impact: table('/service/impacts', { fields: ['id', 'name', 'description'] }),
  source: table('/service/sources', { mixedUp: 'tickets' }),
  sla: table('/service/SLAs', { fields: ['id', 'name', 'defaultFlag', 'basedOn'] }),
  survey: table('/service/surveys', { fields: ['id', 'name', 'inactiveFlag'] }),
  serviceTemplate: table('/service/templates', { fields: ['id', 'name', 'board', 'summary', 'hoursBudget'] }),
  serviceLocation: table('/service/locations', {
    fields: ['id', 'name', 'where', 'defaultFlag'],
    mixedUp: 'tickets',
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof service, Kind> {}
}

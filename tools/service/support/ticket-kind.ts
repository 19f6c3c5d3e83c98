import { unknownFields } from '../../../src/api/fields.ts';
import type { ApiDescription } from '../../../src/api/index.ts';
import type { TicketKind } from '../../../src/names/index.ts';
import { type WhereEntry, whereOperator } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { contradiction, type TicketFilters } from './ticket-filters.ts';
import { TICKET_SCHEMAS } from './ticket-list.ts';

/** Fields that only service tickets, or only project tickets have. */
function fieldsOfOne(api: ApiDescription, fields: readonly string[]) {
  const lacking = (kind: TicketKind) =>
    new Set(unknownFields(api, TICKET_SCHEMAS[kind], fields).map(({ field }) => field));
  const [service, project] = [lacking('service'), lacking('project')];
  return {
    service: fields.filter((field) => project.has(field) && !service.has(field)).map(cleanLine),
    project: fields.filter((field) => service.has(field) && !project.has(field)).map(cleanLine),
  };
}

/** What of the arguments, and of the fields that they name, exists on one kind of ticket only. */
export function kindReasons(given: TicketFilters, fields: readonly string[], api: ApiDescription) {
  const { service, project } = fieldsOfOne(api, fields);
  return {
    service: [
      ...service,
      ...(given.only === 'slaAtRisk' ? [say`SLA`] : []),
      ...(given.team === undefined ? [] : [say`team`]),
    ],
    project: [...project, ...(given.project === undefined ? [] : [say`project`])],
  };
}

/** What asks for one kind of ticket alone. */
interface KindReasons {
  readonly service: readonly Clean[];
  readonly project: readonly Clean[];
}

/**
 * The kind of ticket that is meant: a field that only one kind has, an SLA, a team or a project implies it.
 * @param reasons what only one kind has, of what the caller named
 * @throws {ToolInputError} where both kinds, or another one than `kind`, would be needed
 */
export function impliedKind(kind: TicketFilters['kind'], { service, project }: KindReasons) {
  const list = (names: readonly Clean[]): Clean => joined(names, ', ');
  if (service.length > 0 && project.length > 0)
    throw contradiction(
      'kind',
      say`Only service tickets have ${list(service)}, and only project tickets ${list(project)}: ask for one of them.`,
    );
  if (service.length > 0 && kind === 'project')
    throw contradiction('kind', say`Project tickets have no ${list(service)}: leave that out, or kind.`);
  if (project.length > 0 && kind === 'service')
    throw contradiction('kind', say`Service tickets have no ${list(project)}: leave that out, or kind.`);
  if (kind === 'service' || kind === 'project') return { kinds: [kind] as const, said: undefined };
  if (service.length > 0)
    return { kinds: ['service'] as const, said: say`Service tickets only: project tickets have no ${list(service)}.` };
  if (project.length > 0)
    return { kinds: ['project'] as const, said: say`Project tickets only: service tickets have no ${list(project)}.` };
  return { kinds: ['service', 'project'] as const, said: undefined };
}

/**
 * "No project" asks for service tickets: a project ticket always has one.
 * @returns the arguments with the kind in place of that filter, and what is said of it
 */
export function withoutProject<
  Given extends Pick<TicketFilters, 'kind'> & { where?: readonly WhereEntry[] | undefined },
>(given: Given): { given: Given; said: Clean | undefined } {
  const saysNone = ({ field, op = '' }: WhereEntry): boolean =>
    /^project(\/(id|name))?$/i.test(field?.trim() ?? '') && whereOperator(op) === 'isNull';
  const where = given.where?.filter((entry) => !saysNone(entry));
  if (where?.length === given.where?.length) return { given, said: undefined };
  if (given.kind === 'project')
    throw contradiction('where', say`Every project ticket has a project: leave that out, or kind.`);
  return {
    given: { ...given, where, kind: 'service' },
    said: say`Service tickets only: every project ticket has a project.`,
  };
}

import { type Clean, joined, say } from '../../../src/text/index.ts';
import { contradiction, type TicketFilters } from './ticket-filters.ts';

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

import { idOf, type Named } from '../../../src/names/index.ts';
import { say } from '../../../src/text/index.ts';
import { assigneeOf } from '../../../src/tickets/assign.ts';
import { checkBoardKind } from '../../../src/tickets/boards.ts';
import { type NameWithin, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type PlaceInput, placeOnBoard } from './place.ts';

/** What is said of a new ticket by names, and what decides which of them it can have. */
export interface NewTicketNames extends PlaceInput {
  readonly company?: Named | undefined;
  readonly contact?: Named | undefined;
  readonly site?: NameWithin | undefined;
  readonly template?: Named | undefined;
  readonly board?: Named | undefined;
  readonly project?: NameWithin | undefined;
  readonly phase?: NameWithin | undefined;
  readonly assignTo?: NameWithin | undefined;
  readonly severity?: string | undefined;
  readonly impact?: string | undefined;
  readonly parentTicketId?: number | undefined;
}

/** Whose ticket it is: the company that was named, else the contact's, else the project's. */
export async function companyOf({ company, contact, project }: NewTicketNames, { names }: ToolContext): Promise<Named> {
  if (company !== undefined) return company;
  const id = idOf(contact?.record.company) ?? idOf((await project?.within({}))?.record.company);
  if (id !== undefined) return names.resolve('company', id, { argument: 'company' });
  throw new ToolInputError('company', say`company is missing: say whose ticket it is, or name the contact by e-mail.`, {
    next: say`search_companies and search_contacts find both.`,
  });
}

/** Project and phase of a project ticket; neither for a service ticket. */
export async function projectOf(input: NewTicketNames, companyId: number): Promise<{ project?: Named; phase?: Named }> {
  if ((input.project === undefined) !== (input.phase === undefined))
    throw new ToolInputError('phase', say`A project ticket needs both project and phase.`);
  if (input.project === undefined) return {};
  if ((input.severity ?? input.impact ?? input.team ?? input.parentTicketId) !== undefined)
    throw new ToolInputError('project', say`Project tickets have no severity, impact, team or parent; leave them out.`);
  if (input.template !== undefined)
    throw new ToolInputError('template', say`Templates are for service tickets; leave project out.`);
  const project = await input.project.within({ companyId });
  return { project, phase: await input.phase?.within({ projectId: project.id }) };
}

/**
 * What is looked up on the way to the new ticket, all side by side. What was looked up once is known where it is used.
 * @param refused arguments that cannot be read: nothing is looked up on them
 */
export function lookUps(
  input: NewTicketNames,
  context: ToolContext,
  refused: ReadonlySet<string> = new Set(),
): readonly (Promise<unknown> | undefined)[] {
  const { names } = context;
  const known = !['company', 'contact', 'project', 'phase'].some((argument) => refused.has(argument));
  const company = known ? companyOf(input, context) : undefined;
  // A template may bring a board along.
  const isBoardKnown = input.board !== undefined || (input.template === undefined && !refused.has('template'));
  const kind = input.project === undefined ? 'service' : 'project';
  return [
    company?.then(({ id }) => projectOf(input, id)),
    company?.then(({ id }) => input.site?.within({ companyId: id })),
    isBoardKnown && !refused.has('board')
      ? checkBoardKind(input.board, kind, { names }).then(() => placeOnBoard(input, input.board?.id, names))
      : undefined,
    assigneeOf(input.assignTo),
  ];
}

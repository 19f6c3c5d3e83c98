import type { ManageRecord } from '../../../src/manage/index.ts';
import { FIND_TICKET_OPERATIONS, findTicket, idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { refuseMerged } from '../../../src/tickets/merged.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What people say that money was spent on. */
export interface ChargeInput {
  readonly ticketId?: number | undefined;
  readonly project?: Named | undefined;
  readonly chargeCode?: Named | undefined;
  readonly company?: Named | undefined;
}

export interface Charge {
  /** Members of the entry; `null` where it must hold nothing. */
  readonly members: ManageRecord;
  /** `ticket 4711 "VPN is down" (Acme)`, `Office`. */
  readonly label: Clean;
}

/** Operations that finding out what an expense is charged to needs. */
export const CHARGE_OPERATIONS = [...FIND_TICKET_OPERATIONS, 'GET /project/projects/{id}'] as const;

const to = (chargeToType: string | null, chargeToId: number | null): ManageRecord => ({ chargeToType, chargeToId });

/** What a ticket, charge code or project says; `company` is whose it is. */
interface Found extends Charge {
  readonly company: unknown;
}

const withCompany = (company: unknown): ManageRecord =>
  idOf(company) === undefined ? {} : { company: { id: idOf(company), name: nameOf(company) } };

async function ofTicket(id: number, { manage, signal }: ToolContext): Promise<Found> {
  const { kind, record } = await findTicket(manage, id, signal);
  refuseMerged(record);
  const { company } = record;
  return {
    company,
    members: { ...to(kind === 'project' ? 'ProjectTicket' : 'ServiceTicket', id), ...withCompany(company) },
    label: say`ticket ${id} "${cleanLine(record.summary)}" (${cleanLine(nameOf(company))})`,
  };
}

async function ofChargeCode(code: Named, { names }: ToolContext): Promise<Found> {
  if (code.record.expenseEntryFlag !== true) {
    const codes = (await names.list('chargeCode')).filter(({ record }) => record.expenseEntryFlag === true);
    throw new ToolInputError('chargeCode', say`The charge code ${cleanLine(code.label)} takes no expenses.`, {
      allowed: codes.map(({ label }) => cleanLine(label)),
    });
  }
  const { company } = code.record;
  return {
    company,
    members: { ...to('ChargeCode', code.id), ...withCompany(company), project: null },
    label: cleanLine(code.label),
  };
}

async function ofProject({ id, label }: Named, { manage, signal }: ToolContext): Promise<Found> {
  const { company } = await manage.get<ManageRecord>('GET /project/projects/{id}', { path: { id }, signal });
  return {
    company,
    members: { ...to(null, null), ...withCompany(company), project: { id, name: label } },
    label: say`project ${cleanLine(label)} (${cleanLine(nameOf(company))})`,
  };
}

function oneOf({ ticketId, project, chargeCode }: ChargeInput, context: ToolContext): Promise<Found> | undefined {
  if (ticketId !== undefined) return ofTicket(ticketId, context);
  if (chargeCode !== undefined) return ofChargeCode(chargeCode, context);
  return project && ofProject(project, context);
}

/**
 * What an expense is charged to: a ticket, a project, a charge code that takes expenses, or a company, which may stand beside
 * the others where it is theirs.
 * @returns `undefined` when nothing was said
 * @throws {ToolInputError} when several things are named, or the company is another one
 */
export async function expenseCharge(input: ChargeInput, context: ToolContext): Promise<Charge | undefined> {
  const { company } = input;
  const given = (['ticketId', 'project', 'chargeCode'] as const).filter((name) => input[name] !== undefined);
  if (given.length > 1)
    throw new ToolInputError(
      given[1] ?? '',
      say`An expense is for one thing: send ${joined(given.map(cleanLine), ' or ')}, not both.`,
    );
  const found = await oneOf(input, context);
  if (found !== undefined && company !== undefined && idOf(found.company) !== company.id)
    throw new ToolInputError(
      'company',
      say`${found.label} belongs to ${cleanLine(nameOf(found.company))}, not to ${cleanLine(company.label)}. Leave company out, or send it alone.`,
    );
  if (found !== undefined) return found;
  if (company === undefined) return undefined;
  return {
    members: { ...to(null, null), company: { id: company.id, name: company.label }, project: null },
    label: cleanLine(company.label),
  };
}

/** Finds expenses that are charged to the same. */
export function sameCharge({ members }: Charge): Expression | undefined {
  const { chargeToId, chargeToType, project, company } = members;
  if (typeof chargeToId === 'number')
    return all(field('chargeToId', '=', chargeToId), field('chargeToType', '=', String(chargeToType)));
  return all(
    field('company/id', '=', idOf(company) ?? 0),
    idOf(project) === undefined ? undefined : field('project/id', '=', idOf(project) ?? 0),
    field('chargeToId', '=', null),
  );
}

import type { ManageRecord } from '../../../src/manage/index.ts';
import { findTicket, idOf, type Named, nameOf, resolveGiven } from '../../../src/names/index.ts';
import { all, type Expression, field } from '../../../src/query/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What people say that money was spent on. */
export interface ChargeInput {
  readonly ticketId?: number | undefined;
  readonly project?: string | undefined;
  readonly chargeCode?: string | undefined;
  readonly company?: string | undefined;
}

export interface Charge {
  /** Members of the entry; `null` where it must hold nothing. */
  readonly members: ManageRecord;
  /** `ticket 4711 "VPN is down" (Acme)`, `Office`, cleaned. */
  readonly label: string;
}

/** Operations that finding out what an expense is charged to needs. */
export const CHARGE_OPERATIONS = [
  'GET /service/tickets/{id}',
  'GET /project/tickets/{id}',
  'GET /project/projects/{id}',
] as const;

const to = (chargeToType: string | null, chargeToId: number | null): ManageRecord => ({ chargeToType, chargeToId });

/** What a ticket, charge code or project says; `company` is whose it is. */
interface Found extends Charge {
  readonly company: unknown;
}

const withCompany = (company: unknown): ManageRecord =>
  idOf(company) === undefined ? {} : { company: { id: idOf(company), name: nameOf(company) } };

async function ofTicket(id: number, { manage, signal, plain }: ToolContext): Promise<Found> {
  const { kind, record } = await findTicket(manage, id, signal);
  const { company } = record;
  return {
    company,
    members: { ...to(kind === 'project' ? 'ProjectTicket' : 'ServiceTicket', id), ...withCompany(company) },
    label: plain(`ticket ${id} "${record.summary}" (${nameOf(company)})`),
  };
}

async function ofChargeCode(said: string, { names, plain }: ToolContext): Promise<Found> {
  const code = await names.resolve('chargeCode', said, { argument: 'chargeCode' });
  if (code.record.expenseEntryFlag !== true) {
    const codes = (await names.list('chargeCode')).filter(({ record }) => record.expenseEntryFlag === true);
    throw new ToolInputError('chargeCode', `The charge code ${plain(code.label)} takes no expenses.`, {
      allowed: codes.map(({ label }) => label),
    });
  }
  const { company } = code.record;
  return {
    company,
    members: { ...to('ChargeCode', code.id), ...withCompany(company), project: null },
    label: plain(code.label),
  };
}

async function ofProject(said: string, company: Named | undefined, context: ToolContext): Promise<Found> {
  const { manage, names, signal, plain } = context;
  const scope = company && { companyId: company.id };
  const { id, label } = await names.resolve('project', said, { argument: 'project', ...scope });
  const record = await manage.get<ManageRecord>('GET /project/projects/{id}', { path: { id }, signal });
  return {
    company: record.company,
    members: { ...to(null, null), ...withCompany(record.company), project: { id, name: label } },
    label: plain(`project ${label} (${nameOf(record.company)})`),
  };
}

/**
 * What an expense is charged to: a ticket, a project, a charge code that takes expenses, or a company, which may stand beside
 * the others where it is theirs.
 * @returns `undefined` when nothing was said
 * @throws {ToolInputError} when several things are named, or the company is another one
 */
export async function expenseCharge(input: ChargeInput, context: ToolContext): Promise<Charge | undefined> {
  const { names, plain } = context;
  const given = (['ticketId', 'project', 'chargeCode'] as const).filter((name) => input[name] !== undefined);
  if (given.length > 1)
    throw new ToolInputError(given[1] ?? '', `An expense is for one thing: send ${given.join(' or ')}, not both.`);
  const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
  const found =
    input.ticketId !== undefined
      ? await ofTicket(input.ticketId, context)
      : input.chargeCode !== undefined
        ? await ofChargeCode(input.chargeCode, context)
        : input.project !== undefined
          ? await ofProject(input.project, company, context)
          : undefined;
  if (found !== undefined && company !== undefined && idOf(found.company) !== company.id)
    throw new ToolInputError(
      'company',
      `${found.label} belongs to ${plain(nameOf(found.company))}, not to ${plain(company.label)}. Leave company out, or send it alone.`,
    );
  if (found !== undefined) return found;
  if (company === undefined) return undefined;
  return {
    members: { ...to(null, null), company: { id: company.id, name: company.label }, project: null },
    label: plain(company.label),
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

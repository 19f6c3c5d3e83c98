import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  create,
  type Duplicate,
  defineTool,
  fragments,
  sameText,
  type ToolContext,
  ToolInputError,
  update,
} from '../../src/tool/index.ts';
import { addressMembers } from './support/address.ts';

const SITES = '/company/companies/{parentId}/sites';

/** What a site can be the company's default for. */
const DEFAULTS = {
  primary: 'primaryAddressFlag',
  shipping: 'defaultShippingFlag',
  billing: 'defaultBillingFlag',
  mailing: 'defaultMailingFlag',
} as const;

type Use = keyof typeof DEFAULTS;

/** The other sites that are a company's default for these uses now, a line each: Manage has one of each. */
async function defaultsNow(
  uses: readonly Use[],
  { company, site }: { readonly company: Named; readonly site: Named | undefined },
  { manage, signal }: ToolContext,
): Promise<readonly Clean[]> {
  if (uses.length === 0) return [];
  const rows = await manage.all<ManageRecord>(`GET ${SITES}`, { path: { parentId: company.id }, signal });
  return uses.flatMap((use) => {
    const other = rows.find((row) => row[DEFAULTS[use]] === true && row.id !== site?.id);
    return other === undefined
      ? []
      : [say`The ${use} site of ${cleanLine(company.label)} was ${cleanLine(other.name)} (id ${Number(other.id)}).`];
  });
}

/**
 * @param country a reference to the site's country
 * @throws {ToolInputError} for a state of another country
 */
function checkState(state: Named | undefined, country: unknown): void {
  const [own, other] = [idOf(state?.record.country), idOf(country)];
  if (own === undefined || other === undefined || own === other) return;
  throw new ToolInputError(
    'state',
    say`${cleanLine(state?.label)} is in ${cleanLine(nameOf(state?.record.country))}, not in ${cleanLine(nameOf(country))}. Send a state and a country that go together.`,
  );
}

export default defineTool({
  name: 'save_site',
  title: 'Add or change site',
  toolset: 'company',
  effect: 'update',
  uses: [`GET ${SITES}`, `GET ${SITES}/{id}`, `POST ${SITES}`, `PATCH ${SITES}/{id}`],
  description: 'Add a site to a company (send name), or change one (send site).',
  input: z.strictObject({
    company: fragments.name('company'),
    site: fragments.name('site', { of: 'company', inactive: true, description: 'The one to change' }).optional(),
    name: z.string().optional(),
    address: fragments.prose().optional(),
    city: z.string().optional(),
    state: fragments.name('state', { description: 'Name or code' }).optional(),
    zip: z.string().optional(),
    country: fragments.name('country').optional(),
    phone: fragments.phone,
    defaultFor: z.array(z.enum(['primary', 'shipping', 'billing', 'mailing'])).optional(),
    inactive: z.boolean().optional(),
    clear: fragments.clear(['address', 'city', 'state', 'zip', 'country', 'phone']),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    companyId: 'company',
    customer: 'company',
    id: 'site',
    siteId: 'site',
    street: 'address',
    postalCode: 'zip',
    phoneNumber: 'phone',
    siteName: 'name',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { company, site, state, country, name, clear = [], dryRun } = input;
    const parentId = company.id;
    const cleared = (argument: (typeof clear)[number]) => (clear.includes(argument) ? null : undefined);
    const members: ManageRecord = {
      name,
      city: input.city ?? cleared('city'),
      zip: input.zip ?? cleared('zip'),
      phoneNumber: input.phone ?? cleared('phone'),
      stateReference: state === undefined ? cleared('state') : { id: state.id, name: state.label },
      country: country === undefined ? cleared('country') : { id: country.id, name: country.label },
      ...Object.fromEntries((input.defaultFor ?? []).map((use) => [DEFAULTS[use], true])),
      inactiveFlag: input.inactive,
    };
    const address = input.address ?? cleared('address');
    const owner = cleanLine(company.label);
    const former = await defaultsNow(input.defaultFor ?? [], { company, site }, context);
    const describe = (saved: ManageRecord): Clean =>
      lines([say`site ${Number(saved.id)}: ${cleanLine(saved.name)}, ${owner}`, ...former]);
    const duplicate: Duplicate | undefined =
      input.allowDuplicate || name === undefined
        ? undefined
        : {
            find: (within) =>
              sameText(
                context,
                {
                  list: `GET ${SITES}`,
                  path: { parentId },
                  member: 'name',
                  text: name,
                  conditions: site && field('id', '!=', site.id),
                },
                within,
              ),
            argument: 'name',
            says: (row) => {
              const id = Number(row.id);
              const inactive = row.inactiveFlag === true ? ', inactive' : '';
              return say`${owner} already has the site ${cleanLine(row.name)} (id ${id}${inactive}). Send site: "${id}" to change it, or allowDuplicate: true.`;
            },
          };
    if (site !== undefined) {
      const path = { parentId, id: site.id };
      const before = await manage.get<ManageRecord>(`GET ${SITES}/{id}`, { path, signal });
      checkState(state, members.country ?? (clear.includes('country') ? undefined : before.country));
      const uses = Object.entries(DEFAULTS).filter(([, member]) => before[member] === true);
      const isDefault = say`It is the ${joined(
        uses.map(([use]) => cleanLine(use)),
        ', ',
      )} site of ${owner}.`;
      return update(context, {
        operation: `PATCH ${SITES}/{id}`,
        path,
        before,
        members: { ...members, ...addressMembers(address, before) },
        duplicate,
        dryRun,
        confirm: input.confirm,
        question: say`Make the site ${cleanLine(before.name)} (id ${site.id}) inactive?`,
        notes: former,
        warnings: [input.inactive && before.inactiveFlag !== true && uses.length > 0 ? isDefault : undefined],
        describe,
      });
    }
    if (name === undefined)
      throw new ToolInputError('name', say`Send name for a new site, or site for the one to change.`, {
        next: say`lookup_values {"table": "sites", "company": "${parentId}"} lists the sites.`,
      });
    if (clear.length > 0)
      throw new ToolInputError('clear', say`clear: a new site has nothing to empty. Send site for the one to change.`);
    checkState(state, members.country);
    const path = { parentId };
    return create(context, {
      operation: `POST ${SITES}`,
      path,
      members: { ...members, ...addressMembers(address) },
      dryRun,
      notes: former,
      describe,
      duplicate,
    });
  },
});

import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  ToolInputError,
  updateRecord,
} from '../../src/tool/index.ts';

const SITES = '/company/companies/{parentId}/sites';

/** What a site can be the company's default for. */
const DEFAULTS = {
  primary: 'primaryAddressFlag',
  shipping: 'defaultShippingFlag',
  billing: 'defaultBillingFlag',
  mailing: 'defaultMailingFlag',
} as const;

export default defineTool({
  name: 'save_site',
  title: 'Add or change site',
  toolset: 'company',
  effect: 'update',
  uses: [`GET ${SITES}`, `GET ${SITES}/{id}`, `POST ${SITES}`, `PATCH ${SITES}/{id}`],
  description: 'Add a site to a company (send name), or change one (send site).',
  input: z.strictObject({
    company: z.string(),
    site: z.string().optional().describe('The one to change'),
    name: z.string().optional(),
    address: z.string().optional(),
    city: z.string().optional(),
    state: z.string().optional().describe('Name or code'),
    zip: z.string().optional(),
    country: z.string().optional(),
    phone: z.string().optional(),
    defaultFor: z.array(z.enum(['primary', 'shipping', 'billing', 'mailing'])).optional(),
    inactive: z.boolean().optional(),
    dryRun: fragments.dryRun,
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
    const { manage, names, signal, plain } = context;
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const parentId = company.id;
    const [state, country] = await Promise.all([
      resolveGiven(names, 'state', input.state, { argument: 'state' }),
      resolveGiven(names, 'country', input.country, { argument: 'country' }),
    ]);
    const texts = {
      name: input.name,
      addressLine1: input.address,
      city: input.city,
      zip: input.zip,
      phoneNumber: input.phone,
    };
    const members: ManageRecord = {
      ...Object.fromEntries(
        Object.entries(texts).flatMap(([member, value]) =>
          value === undefined ? [] : [[member, value === '' ? null : value]],
        ),
      ),
      ...(state && { stateReference: { id: state.id, name: state.label } }),
      ...(country && { country: { id: country.id, name: country.label } }),
      ...Object.fromEntries((input.defaultFor ?? []).map((use) => [DEFAULTS[use], true])),
      ...(input.inactive !== undefined && { inactiveFlag: input.inactive }),
    };
    const describe = (site: ManageRecord): string => `site ${site.id}: ${plain(site.name)}, ${plain(company.label)}`;
    if (input.site === undefined) {
      const { name } = input;
      if (name === undefined || name === '')
        throw new ToolInputError('name', 'Send name for a new site, or site for the one to change.', {
          next: `lookup_values {"table": "sites", "company": "${parentId}"} lists the sites.`,
        });
      const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
        const conditions = field('name', '=', name);
        return manage.first(`GET ${SITES}`, { path: { parentId }, conditions, signal });
      };
      const body = Object.fromEntries(
        Object.entries(members)
          .filter(([, value]) => value !== null)
          .map(([member, value]) => [member, typeof value === 'object' ? { id: (value as { id: number }).id } : value]),
      );
      return createRecord(context, {
        operation: `POST ${SITES}`,
        path: { parentId },
        body,
        dryRun: input.dryRun,
        describe,
        twin: {
          find,
          argument: 'name',
          says: (twin) =>
            `${plain(company.label)} has the site ${plain(twin.name)} (id ${twin.id}) already${twin.inactiveFlag === true ? ', inactive' : ''}. Send site: "${twin.id}" to change it.`,
        },
      });
    }
    // Names leave out inactive sites; an id reaches them.
    const id = /^\d+$/.test(input.site)
      ? Number(input.site)
      : (await names.resolve('site', input.site, { argument: 'site', companyId: parentId })).id;
    const path = { parentId, id };
    const before = await manage.get<ManageRecord>(`GET ${SITES}/{id}`, { path, signal });
    return updateRecord(context, {
      operation: `PATCH ${SITES}/{id}`,
      path,
      before,
      members,
      dryRun: input.dryRun,
      describe,
    });
  },
});

import { memberZone } from '../behaviours/system/member.ts';
import { type ApiKey, SANDBOX } from '../credentials.ts';
import type { Store } from '../store/store.ts';
import { seedAudit } from './audit.ts';
import { seedBoards } from './boards.ts';
import { seedAccruals, seedCalendars } from './calendars.ts';
import { seedCommerce } from './commerce.ts';
import { seedCompanySetup } from './company-setup.ts';
import { fillSomeCustomFields, seedCustomFields } from './custom-fields.ts';
import { seedCustomers } from './customers.ts';
import { seedDetails } from './details/index.ts';
import { seedDocuments } from './documents.ts';
import { seedEntryAudits } from './entry-audits.ts';
import { seedExpenseSetup } from './expenses.ts';
import { seedMarketing } from './marketing.ts';
import { assignees, seedMembers } from './members.ts';
import { seedOffice } from './office.ts';
import { seedOrders } from './orders.ts';
import { seedProducts } from './products.ts';
import { seedProjects, settleProjects } from './projects.ts';
import { Provider, type SeedOptions } from './provider.ts';
import { seedQuestions } from './questions.ts';
import { seedRequired } from './required.ts';
import { seedSales } from './sales.ts';
import { seedServiceDesk, seedServiceLevels } from './service-desk.ts';
import { seedSetup } from './setup.ts';
import { seedStock } from './stock.ts';
import { seedStory } from './story.ts';
import { completeFirstRows, seedTables } from './tables.ts';
import { seedTickets } from './tickets.ts';
import { seedTime } from './time.ts';

/** Who may sign in to the sandbox, and whose day the demo plays. */
export interface SeedResult {
  readonly companyId: string;
  readonly companyName: string;
  readonly clientId: string;
  /** The first has every right. */
  readonly keys: readonly ApiKey[];
  /** Identifier of the technician that the demo plays. */
  readonly demoMember: string;
}

/** Fills a store with the data of a small managed-service provider: the same options, the same data. */
export function seed(store: Store, options: SeedOptions): SeedResult {
  const provider = new Provider(store, options);
  seedCustomFields(provider);
  seedSetup(provider);
  seedCalendars(provider);
  seedServiceLevels(provider);
  const people = seedMembers(provider);
  seedBoards(provider, people);
  seedCustomers(provider);
  seedCompanySetup(provider);
  seedTickets(provider, assignees(people));
  seedProjects(provider);
  seedTime(provider, (member) => memberZone(store, member, options.timeZone));
  settleProjects(provider);
  seedServiceDesk(provider);
  seedAccruals(provider);
  seedQuestions(provider);
  seedCommerce(provider);
  seedStock(provider);
  seedMarketing(provider);
  seedSales(provider);
  seedOrders(provider);
  seedProducts(provider);
  seedExpenseSetup(provider);
  seedOffice(provider);
  seedDocuments(provider);
  seedTables(provider);
  fillSomeCustomFields(provider);
  seedAudit(provider);
  seedRequired(provider);
  seedEntryAudits(provider);
  seedDetails(provider);
  completeFirstRows(provider);
  if (options.story === true) seedStory(provider);
  provider.onProgress(1);
  const keyOf = (identifier: string, key: { publicKey: string; privateKey: string }): ApiKey => {
    const { id } = provider.named('/system/members', identifier, 'identifier');
    return { publicKey: key.publicKey, privateKey: key.privateKey, memberId: id, identifier };
  };
  return {
    companyId: SANDBOX.companyId,
    companyName: SANDBOX.companyName,
    clientId: SANDBOX.clientId,
    demoMember: SANDBOX.member,
    keys: [keyOf('apimcp', SANDBOX), keyOf('apireader', SANDBOX.reader), keyOf('apitech', SANDBOX.technician)],
  };
}

import type { ApiDescription } from '../../../api/index.ts';
import type { Behaviour } from '../../contract/behaviour.ts';
import { nameIn } from '../../references.ts';
import { authorize } from '../../security-roles.ts';

/** Functions of Manage's modules with the collection whose operations they let through. The selection is this sandbox's own. */
const FUNCTIONS: readonly (readonly [module: string, name: string, collection: string])[] = [
  ['Companies', 'Company Maintenance', '/company/companies'],
  ['Companies', 'Contacts', '/company/contacts'],
  ['Companies', 'Configurations', '/company/configurations'],
  ['Companies', 'Notes', '/company/companies/{parentId}/notes'],
  ['Finance', 'Agreements', '/finance/agreements'],
  ['Finance', 'Invoicing', '/finance/invoices'],
  ['Marketing', 'Marketing Management', '/marketing/campaigns'],
  ['Procurement', 'Product Catalog', '/procurement/catalog'],
  ['Procurement', 'Purchase Orders', '/procurement/purchaseorders'],
  ['Project', 'Project Headers', '/project/projects'],
  ['Project', 'Project Tickets', '/project/tickets'],
  ['Sales', 'Opportunity', '/sales/opportunities'],
  ['Sales', 'Sales Activity', '/sales/activities'],
  ['Service Desk', 'Service Tickets', '/service/tickets'],
  ['Service Desk', 'Resource Scheduling', '/schedule/entries'],
  ['System', 'Member Maintenance', '/system/members'],
  ['System', 'My Company', '/system/locations'],
  ['System', 'Table Setup', '/service/boards'],
  ['Time & Expense', 'Time Entry', '/time/entries'],
  ['Time & Expense', 'Expense Entry', '/expense/entries'],
  ['Companies', 'Team Members', '/company/companies/{parentId}/teams'],
  ['Procurement', 'Products', '/procurement/products'],
  ['Procurement', 'Inventory', '/procurement/adjustments'],
  ['Procurement', 'RMA', '/procurement/rmaTags'],
  ['Project', 'Project Phase', '/project/projects/{parentId}/phases'],
  ['Project', 'Project Notes', '/project/projects/{parentId}/notes'],
  ['Project', 'Project Teams', '/project/projects/{parentId}/teamMembers'],
  ['Sales', 'Sales Orders', '/sales/orders'],
  ['Service Desk', 'Knowledge Base', '/service/knowledgeBaseArticles'],
  ['Service Desk', 'Ticket Templates', '/service/templates'],
  ['System', 'API Reports', '/system/reports'],
  ['System', 'Security Roles', '/system/securityroles'],
];

function level(api: ApiDescription, role: string, operation: string): 'All' | 'None' {
  const found = api.find(operation);
  if (found === undefined) return 'None';
  try {
    authorize(role, found);
    return 'All';
  } catch {
    return 'None';
  }
}

/** What the caller's role lets through, function by function. */
export const mySecurity: Behaviour = {
  collection: '/system/mySecurity',
  actions: {
    'GET /system/mySecurity': ({ list }, { store, api, caller }) => {
      const member = store.collection('/system/members').get(caller.memberId);
      const role = String(nameIn(member?.securityRole));
      return list(
        FUNCTIONS.map(([moduleName, name, collection], index) => ({
          id: index + 1,
          moduleName,
          moduleDescription: moduleName,
          moduleIdentifier: moduleName.replace(/\W/g, ''),
          moduleFunctionName: name,
          moduleFunctionDescription: name,
          moduleFunctionIdentifier: name.replace(/\W/g, ''),
          addLevel: level(api, role, `POST ${collection}`),
          editLevel: level(api, role, `PATCH ${collection}/{id}`),
          deleteLevel: level(api, role, `DELETE ${collection}/{id}`),
          inquireLevel: level(api, role, `GET ${collection}`),
          sortOrder: index + 1,
          member: { id: caller.memberId, identifier: caller.identifier },
        })),
      );
    },
  },
};

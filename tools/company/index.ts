import type { ToolDefinition } from '../../src/tool/index.ts';
import addCompanyNote from './add-company-note.ts';
import createCompany from './create-company.ts';
import createContact from './create-contact.ts';
import deleteCompany from './delete-company.ts';
import getCompany from './get-company.ts';
import getConfiguration from './get-configuration.ts';
import getContact from './get-contact.ts';
import mergeCompanies from './merge-companies.ts';
import saveConfiguration from './save-configuration.ts';
import saveSite from './save-site.ts';
import searchCompanies from './search-companies.ts';
import searchConfigurations from './search-configurations.ts';
import searchContacts from './search-contacts.ts';
import updateCompany from './update-company.ts';
import updateCompanyTeam from './update-company-team.ts';
import updateContact from './update-contact.ts';

/** Customers and vendors: companies, sites, contacts, configurations (assets) and the teams that look after them. */
export const company: readonly ToolDefinition[] = [
  searchCompanies,
  getCompany,
  searchContacts,
  createContact,
  searchConfigurations,
  createCompany,
  updateCompany,
  updateCompanyTeam,
  deleteCompany,
  mergeCompanies,
  saveSite,
  addCompanyNote,
  getContact,
  updateContact,
  getConfiguration,
  saveConfiguration,
];

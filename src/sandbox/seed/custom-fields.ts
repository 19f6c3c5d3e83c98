import type { SandboxRecord } from '../store/store.ts';
import { fillCustomFields, podOf, type Screen } from '../write/custom-fields.ts';
import type { Provider } from './provider.ts';

const entryTypeOf = (type: string): string => (type === 'Date' ? 'Date' : 'EntryField');

type Definition = readonly [screen: Screen, caption: string, type: string, choices?: readonly string[]];

const DEFINITIONS: readonly Definition[] = [
  ['company', 'Account tier', 'Text', ['Gold', 'Silver', 'Bronze']],
  ['company', 'Contract signed', 'Date'],
  ['contact', 'Assistant', 'Text'],
  ['configuration', 'Rack position', 'Text'],
  ['configuration', 'Admin password', 'Password'],
  ['ticket', 'Root cause', 'Text', ['Hardware', 'Software', 'User', 'Provider']],
  ['ticket', 'Devices affected', 'Number'],
  ['project', 'Cost centre', 'Text'],
  ['phase', 'Sign-off by', 'Text'],
  ['opportunity', 'Lead score', 'Number'],
  ['activity', 'Outcome', 'Text', ['Reached', 'Voicemail', 'No answer']],
  ['agreement', 'Contract number', 'Text'],
  ['addition', 'Vendor contract', 'Text'],
  ['adjustment', 'Approved by', 'Text'],
  ['invoice', 'Customer reference', 'Text'],
  ['product', 'Vendor quote', 'Text'],
  ['purchaseOrder', 'Requested by', 'Text'],
  ['time', 'Kilometres', 'Number'],
  ['expense', 'Receipt number', 'Text'],
  ['member', 'Badge number', 'Text'],
];

/** The custom fields that an administrator defined. They come first: every record that is made later carries them. */
export function seedCustomFields(provider: Provider): void {
  DEFINITIONS.forEach(([screen, caption, type, choices = []], index) => {
    provider.put('/system/userDefinedFields', {
      podId: podOf(screen),
      caption,
      sequenceNumber: index + 1,
      fieldTypeIdentifier: type,
      entryTypeIdentifier: choices.length > 0 ? 'List' : entryTypeOf(type),
      requiredFlag: false,
      displayOnScreenFlag: true,
      readOnlyFlag: false,
      ...(choices.length > 0 && {
        options: choices.map((optionValue, at) => ({
          id: at + 1,
          optionValue,
          sortOrder: at,
          defaultFlag: false,
          inactiveFlag: false,
        })),
      }),
    });
  });
}

/** Values of some records, so that there is something to find by them. */
const VALUES: readonly (readonly [collection: string, caption: string, of: (id: number) => unknown])[] = [
  ['/service/tickets', 'Root cause', (id) => ['Hardware', 'Software', 'User', 'Provider'][id % 4]],
  ['/service/tickets', 'Devices affected', (id) => (id % 3) + 1],
  ['/finance/agreements', 'Contract number', (id) => `NW-${1000 + id}`],
  ['/project/projects', 'Cost centre', (id) => `CC-${10 + (id % 3)}`],
  ['/sales/opportunities', 'Lead score', (id) => 20 + ((id * 17) % 80)],
  ['/system/members', 'Badge number', (id) => `B${String(id).padStart(4, '0')}`],
];
const MOST = 60;

/** What people filled in. Every seventh ticket has it, most of the others have nothing, as it is. */
export function fillSomeCustomFields(provider: Provider): void {
  for (const [collection, caption, of] of VALUES) {
    const records = provider.store.collection(collection);
    const some = records.ids.filter((id) => collection !== '/service/tickets' || id % 7 === 3).slice(0, MOST);
    for (const id of some) {
      const record = records.get(id) as SandboxRecord;
      const filled = { ...record };
      fillCustomFields(filled, collection, provider.store);
      filled.customFields = (filled.customFields as Record<string, unknown>[]).map((field) =>
        field.caption === caption ? { ...field, value: of(record.id) } : field,
      );
      records.put(filled);
    }
  }
}

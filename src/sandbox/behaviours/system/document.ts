import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { Failure, type FieldError, invalidObject, notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest, Form, FormFile } from '../../contract/request.ts';
import { shapedAs } from '../../operations/conform.ts';
import { listed } from '../../operations/rows.ts';
import type { SandboxRecord } from '../../store/store.ts';

const DOCUMENTS = '/system/documents';

/** What files can be attached to, and where those records are; other types are taken without looking. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  Ticket: ['/service/tickets', '/project/tickets'],
  ProjectTicket: ['/project/tickets'],
  Company: ['/company/companies'],
  Contact: ['/company/contacts'],
  Configuration: ['/company/configurations'],
  Project: ['/project/projects'],
  Opportunity: ['/sales/opportunities'],
  Agreement: ['/finance/agreements'],
  Activity: ['/sales/activities'],
  Invoice: ['/finance/invoices'],
  PurchaseOrder: ['/procurement/purchaseorders'],
  SalesOrder: ['/sales/orders'],
  TimeEntry: ['/time/entries'],
  Expense: ['/expense/entries'],
  KnowledgeBase: ['/service/knowledgeBaseArticles'],
  ServiceTemplate: ['/service/templates'],
  Rma: ['/procurement/rmaTags'],
  Member: ['/system/members'],
  ServiceBoard: ['/service/boards'],
};
const TYPES = Object.keys(RECORDS);

/** The parents by which the documents of one record are found. */
export const documentParents = (recordType: string, recordId: number): number[] => {
  const index = TYPES.findIndex((type) => type.toLowerCase() === recordType.toLowerCase());
  return [index < 0 ? TYPES.length : index, recordId];
};

/** A document as the seed and an upload store it: members of the API, and others beside them. */
export function documentOf(
  { name, contentType, bytes }: FormFile,
  more: { title?: string | undefined; owner: string; guid: string; isPrivate?: boolean },
): Record<string, unknown> {
  return {
    title: more.title || name,
    fileName: name,
    serverFileName: `${more.guid}${/\.\w+$/.exec(name)?.[0] ?? ''}`,
    owner: more.owner,
    linkFlag: false,
    imageFlag: contentType.startsWith('image/'),
    publicFlag: more.isPrivate !== true,
    htmlTemplateFlag: false,
    readOnlyFlag: false,
    size: bytes.length,
    urlFlag: false,
    guid: more.guid,
    contentType,
    content: Buffer.from(bytes).toString('base64'),
  };
}

const text = (form: Form, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const isTrue = (form: Form, name: string): boolean => text(form, name)?.toLowerCase() === 'true';

function fileOf(form: Form, required: boolean): FormFile | undefined {
  const file = form.get('file');
  if (typeof file === 'object') return file;
  if (!required || text(form, 'url') !== undefined) return undefined;
  throw invalidObject('document', [
    { code: 'MissingRequiredField', message: 'The file field is required.', field: 'file' },
  ]);
}

function ownerOf(form: Form, { store }: HookContext): number[] {
  const [type, id] = [text(form, 'recordtype'), text(form, 'recordid')];
  const errors: FieldError[] = [];
  if (type === undefined)
    errors.push({ code: 'MissingRequiredField', message: 'The recordType field is required.', field: 'recordType' });
  if (id === undefined || !/^\d+$/.test(id))
    errors.push({ code: 'MissingRequiredField', message: 'The recordId field is required.', field: 'recordId' });
  if (errors.length > 0) throw invalidObject('document', errors);
  const known = TYPES.find((name) => name.toLowerCase() === type?.toLowerCase());
  const homes = RECORDS[known ?? ''] ?? [];
  if (known !== undefined && !homes.some((home) => store.collection(home).has(Number(id))))
    throw notFound(`${known} ${id} not found`);
  return documentParents(type ?? '', Number(id));
}

function upload({ form }: ActionRequest, context: HookContext): ActionAnswer {
  const given = form ?? new Map();
  const parentIds = ownerOf(given, context);
  const file = fileOf(given, true);
  const url = text(given, 'url');
  const { identifier } = context.caller;
  const stored = file ?? { name: url ?? '', contentType: 'text/uri-list', bytes: Buffer.from(url ?? '') };
  const title = text(given, 'title');
  const record = {
    ...documentOf(stored, { title, owner: identifier, guid: randomUUID(), isPrivate: isTrue(given, 'privateflag') }),
    ...(file === undefined && { urlFlag: true, linkFlag: true, size: 0 }),
    readOnlyFlag: isTrue(given, 'readonlyflag') || isTrue(given, 'readonlyflay'),
    ...(isTrue(given, 'isavatar') && { isAvatar: true }),
  };
  const created = context.store.collection(DOCUMENTS).put(record, { parentIds, by: identifier, at: context.now });
  return { status: 201, body: shown(created, context) };
}

const shown = (record: SandboxRecord, { api }: HookContext): SandboxRecord =>
  shapedAs(api, 'DocumentInfo', record) as SandboxRecord;

function document({ pathValues }: ActionRequest, { store }: HookContext): SandboxRecord {
  const found = store.collection(DOCUMENTS).get(Number(pathValues.id));
  if (found === undefined) throw notFound(`Document ${pathValues.id} not found`);
  return found;
}

function change(request: ActionRequest, context: HookContext): ActionAnswer {
  const before = document(request, context);
  const form = request.form ?? new Map();
  const file = fileOf(form, false);
  const { identifier } = context.caller;
  const title = text(form, 'title');
  const next = {
    ...before,
    ...(file &&
      documentOf(file, { title: String(before.title), owner: String(before.owner), guid: String(before.guid) })),
    ...(title !== undefined && { title }),
    ...(form.has('privateflag') && { publicFlag: !isTrue(form, 'privateflag') }),
  };
  const stored = context.store.collection(DOCUMENTS).put(next, { by: identifier, at: context.now });
  return { status: 200, body: shown(stored, context) };
}

/** Documents are listed for one record. What the server says to a list of all is not known. */
function list(request: ActionRequest, context: HookContext): ActionAnswer {
  const { query } = request;
  const parameter = (name: string): string | undefined =>
    [...query].find(([given]) => given.toLowerCase() === name)?.[1] || undefined;
  const [type, id] = [parameter('recordtype'), parameter('recordid')];
  if (type === undefined || id === undefined)
    throw new Failure(400, { code: 'InvalidObject', message: 'recordType and recordId are required.' });
  return listed(request, context, {
    template: DOCUMENTS,
    schema: 'DocumentInfo',
    parents: documentParents(type, Number(id)),
    present: (record) => shown(record, context),
  });
}

function content(request: ActionRequest, context: HookContext): ActionAnswer {
  const { contentType, content: base64, fileName } = document(request, context);
  const bytes = new Uint8Array(Buffer.from(String(base64 ?? ''), 'base64'));
  return { status: 200, file: { bytes, contentType: String(contentType), fileName: String(fileName) } };
}

/** A page with a form that uploads; what it looks like is this sandbox's own. */
const SAMPLE = `<!DOCTYPE html>
<html><body><form method="post" enctype="multipart/form-data" action="../documents">
${['recordType', 'recordId', 'title', 'privateFlag', 'readOnlyFlag']
  .map((name) => `<label>${name} <input name="${name}"></label>`)
  .join('\n')}
<input type="file" name="file"><input type="submit">
</form></body></html>
`;

/** Files of records: uploaded as forms, listed by record, downloaded as they are. */
export const documents: Behaviour = {
  collection: DOCUMENTS,
  resource: 'document',
  label: 'Document',
  actions: {
    [`GET ${DOCUMENTS}`]: list,
    [`GET ${DOCUMENTS}/count`]: list,
    [`POST ${DOCUMENTS}`]: upload,
    [`POST ${DOCUMENTS}/{id}`]: change,
    [`GET ${DOCUMENTS}/{id}/download`]: content,
    [`GET ${DOCUMENTS}/uploadsample`]: () => ({
      status: 200,
      file: { bytes: Buffer.from(SAMPLE), contentType: 'text/html' },
    }),
    [`GET ${DOCUMENTS}/{id}/thumbnail`]: (request, context) => {
      if (document(request, context).imageFlag !== true)
        throw notFound(`Document ${request.pathValues.id} has no thumbnail`);
      return content(request, context);
    },
  },
};

import type { ApiDescription, Operation } from '../../api/index.ts';
import { type Meaning, meaningOf } from '../../api/meanings.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { type Clean, counted, say } from '../../text/index.ts';
import type { Planned, Step, StepRequest } from './plan.ts';

export type EffectKind =
  | 'mails'
  | 'deletes'
  | 'unlinks'
  | 'deactivates'
  | 'submits'
  | 'webhook'
  | 'converts'
  | 'merges'
  | 'resets'
  | 'bills'
  | 'many';

/** What a request does beyond storing a value, and that a person may not expect. */
export interface Effect {
  readonly kind: EffectKind;
  /** As a predicate: `mails the contact`. */
  readonly says: Clean;
}

/** More records than a person looks over at a glance. */
export const HANDFUL = 5;

/** What actions do that have a path of their own. Manage names them in their last segment. */
const ACTIONS: readonly (readonly [RegExp, Effect])[] = [
  [/\/merge\/?$/i, { kind: 'merges', says: say`merges records, which cannot be undone` }],
  [/\/(attachChildren|convert|convertTo\w+)\/?$/i, { kind: 'converts', says: say`turns records into others` }],
  [/\/(submit|approve|reject|reverse)\/?$/i, { kind: 'submits', says: say`moves a sheet or report through approval` }],
  [/\/(deactivate\w*|unlinkSsoUser)\/?$/i, { kind: 'deactivates', says: say`locks a person out` }],
  [
    /\/(importMassMaintenance\/[^/]+|marketplaceimport\/import)\/?$/i,
    { kind: 'resets', says: say`changes many records at once` },
  ],
  [/\/applyTemplates?(\/[^/]+)?\/?$/i, { kind: 'many', says: say`makes many records at once` }],
  [/\/linkSsoUser\/?$/i, { kind: 'resets', says: say`lets another account sign in as a member` }],
  [/\/(requestPassword)\/?$/i, { kind: 'mails', says: say`mails a password to somebody` }],
  [/\/(bulk|clear|reset|export)\b/i, { kind: 'resets', says: say`changes many records at once` }],
  [/\/agreements\/[^/]+\/invoice\/?$/i, { kind: 'bills', says: say`makes an invoice for the customer` }],
  [/\/tokens\/?$/i, { kind: 'resets', says: say`makes keys for somebody's account` }],
];

/** Who gets what a switch of a record has Manage mail. */
export const MAILED = {
  contact: say`the contact`,
  resources: say`the assigned members`,
  cc: say`the cc list`,
  assignee: say`the assignee`,
  everybody: say`the people that the board's set-up names`,
} as const;

/** The member that Manage takes for true where a creation leaves it out. */
const NOTIFIES = 'processNotifications';

/** A value as Manage takes it for a flag: `"True "` is one. */
const flagText = (value: unknown): string => String(value).trim().toLowerCase();
const isTrue = (value: unknown): boolean => flagText(value) === 'true';

/** The members that a body sets, whether it is a record or the steps of a PATCH. */
export function membersSet(body: unknown): JsonObject {
  if (isRecord(body)) return body;
  if (!Array.isArray(body)) return {};
  return Object.fromEntries(
    body
      .filter((step): step is { path: string; op?: string; value?: unknown } => isRecord(step) && 'path' in step)
      .map(({ path, op, value }) => [String(path).replace(/^\//, ''), op === 'remove' ? null : value]),
  );
}

const schemaOf = (operation: Operation | undefined): string =>
  operation?.response.schema ?? operation?.request?.schema ?? '';

/** The meanings of all members that a record of an operation can have. */
function meaningsOf(operation: Operation | undefined, api: ApiDescription): Meaning[] {
  const schema = schemaOf(operation);
  return [...(api.schema(schema)?.fields.keys() ?? [])].flatMap((member) => meaningOf(schema, member) ?? []);
}

/** What setting the members of one record does, by the table of meanings. */
function effectsOfMembers(operation: Operation, members: JsonObject): Effect[] {
  const schema = schemaOf(operation);
  const found: Effect[] = [];
  const isCreation = operation.method === 'POST' && operation.request?.schema === operation.response.schema;
  const isLeftOut = members[NOTIFIES] === null || flagText(members[NOTIFIES] ?? '') === '';
  if (isCreation && isLeftOut && meaningOf(schema, NOTIFIES)?.mailsByDefault)
    found.push({ kind: 'mails', says: say`mails ${MAILED.everybody}` });
  for (const [member, value] of Object.entries(members)) {
    const meaning = meaningOf(schema, member);
    if (meaning?.mails !== undefined && isTrue(value))
      found.push({ kind: 'mails', says: say`mails ${MAILED[meaning.mails]}` });
    if (meaning?.endsBilling && isTrue(value))
      found.push({ kind: 'bills', says: say`ends what the customer is billed` });
    const ends = meaning?.deactivates;
    if (ends?.what === 'person' && flagText(value) === String(ends.value))
      found.push({ kind: 'deactivates', says: say`takes a person out of use` });
  }
  return found;
}

/** Whether records go somewhere new: not when a webhook is removed, switched off or only described. */
function opensWebhook(method: string, { body }: StepRequest): boolean {
  const closes = ([member, value]: [string, unknown]): boolean =>
    member === 'description' || (member === 'inactiveFlag' && isTrue(value));
  return method === 'PATCH' ? !Object.entries(membersSet(body)).every(closes) : method !== 'DELETE';
}

/**
 * Everything that a request does which asks for a yes. Decided by what is sent, never by which tool sends it.
 * @param step tells whether a removal only unlinks
 */
export function effectsOf(
  { operation: name, link }: Pick<Step, 'operation' | 'link'>,
  request: StepRequest,
  api: ApiDescription,
): Effect[] {
  const operation = api.find(name);
  if (operation === undefined) return [];
  const { method, path } = operation;
  const found = ACTIONS.filter(([pattern]) => method !== 'GET' && pattern.test(path)).map(([, effect]) => effect);
  if (method === 'DELETE')
    found.push(
      link ? { kind: 'unlinks', says: say`removes a link` } : { kind: 'deletes', says: say`deletes a record` },
    );
  if (/^\/system\/callbacks\b/i.test(path) && opensWebhook(method, request))
    found.push({ kind: 'webhook', says: say`sends records to an address outside` });
  if (
    /^\/system\/integratorlogins\b/i.test(path) &&
    Object.keys(membersSet(request.body)).some((name) => /callbackUrl$/i.test(name))
  )
    found.push({ kind: 'webhook', says: say`sends records to an address outside` });
  const rows = operation.request?.kind === 'array' && Array.isArray(request.body) ? request.body : undefined;
  if (rows !== undefined) found.push({ kind: 'many', says: say`changes ${counted(rows.length, 'record')} at once` });
  const bodies = rows?.filter(isRecord) ?? [membersSet(request.body)];
  return [...found, ...bodies.flatMap((members) => effectsOfMembers(operation, members))];
}

/**
 * Whom the requests of a change mail that could have mailed somebody and mails nobody. A board can be set up to mail when a ticket
 * reaches a status: that is Manage's own doing, and the API does not tell of it.
 * @returns nothing where nobody would expect a mail
 */
export function silenceOf(requests: readonly Planned[], api: ApiDescription): Clean | undefined {
  const mailing = requests.filter(({ step }) => meaningsOf(api.find(step.operation), api).some(({ mails }) => mails));
  const merges = requests.some(({ step }) => /\/tickets\/\{\w+\}\/merge$/.test(step.operation));
  if (mailing.length === 0 && !merges) return undefined;
  const reaches =
    merges ||
    mailing.some(({ step, request }) => /\/tickets\b/.test(step.operation) && 'status' in membersSet(request.body));
  return reaches ? say`nobody, unless the board itself mails at this status` : say`nobody`;
}

/** Whether a request to this operation can have an effect that asks for a yes, whatever it sends. */
export function mayAsk(operation: Operation, api: ApiDescription): boolean {
  const { method, path, request } = operation;
  // A PUT can empty what it leaves out.
  if (method === 'DELETE' || method === 'PUT' || request?.kind === 'array') return true;
  if (/^\/system\/(callbacks|integratorlogins)\b/i.test(path)) return true;
  if (ACTIONS.some(([pattern]) => pattern.test(path))) return true;
  return meaningsOf(operation, api).some(
    ({ mails, endsBilling, deactivates }) =>
      mails !== undefined || endsBilling !== undefined || deactivates?.what === 'person',
  );
}

/** Whether effects need a person's yes: any of them does, a few links that come and go with a change do not. */
export const needsConsent = (effects: readonly Effect[]): boolean =>
  effects.some(({ kind }) => kind !== 'unlinks') || effects.length > HANDFUL;

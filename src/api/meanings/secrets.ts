import { isRecord } from '../../json.ts';
import { mayBeKey } from '../../may-be-key.ts';

/** What replaces a secret. */
export const HIDDEN = '[hidden]';

/** Members whose name says that they hold a secret, on any schema. */
const SECRET_NAME =
  /passwor[dt]|passwd|passphrase|passcode|secret|(private|signing|encryption|access|api|license|callback|host|product)_?key$|key_?url|initialization_?vector|^(.*_)?token$|(access|auth|refresh|bearer|session|sso|api|csrf)_?token|^pin(code)?$|credentials?$|connection_?string/i;

/** Settings about secrets that hold no secret: flags, and the wording of the portal's mails about passwords. */
const ABOUT_SECRETS = /flag$|activated$|password_?email|password_?(policy|expir|length|age)|secret_?question/i;

/** Members that are called like secrets and hold none. */
const HARMLESS: ReadonlySet<string> = new Set([
  // A placeholder in mail templates, such as [CompanyName].
  'EmailToken.token',
]);

/** Captions of custom fields and questions of configurations that ask for a secret, whatever type their field has. */
const SECRET_CAPTION =
  /(passwor[dt]|passphrase|passcode|\bsecret|\bpin( code)?|\b(private|api|access|encryption) key)\s*[:?]?$/i;

/** Whether a custom field or a question of this caption asks for a secret. */
export const isSecretCaption = (caption: string): boolean => SECRET_CAPTION.test(caption.trim());

type Siblings = Readonly<Record<string, unknown>>;

/** A custom field's `value`, or a configuration's `answer`: secret by the type beside it. */
function secretByType(member: string, { type, fieldType, caption, question }: Siblings): boolean {
  const said = member === 'value' ? type : fieldType;
  const asked = member === 'value' ? caption : question;
  if (said === 'Password') return true;
  if (typeof asked === 'string' && isSecretCaption(asked)) return true;
  // Asked for alone (`fields: "questions/answer"`), it cannot be told from a password.
  return said === undefined;
}

/** Schemas and lists whose items carry a value beside its type. */
const TYPED: ReadonlyMap<string, 'value' | 'answer'> = new Map([
  ['customfieldvalue', 'value'],
  ['customfields', 'value'],
  ['configurationquestion', 'answer'],
  ['questions', 'answer'],
]);

/** What a name says by itself. */
interface Name {
  readonly lower: string;
  readonly isSecret: boolean;
}

const names = new Map<string, Name>();
/** More names than the description has, and longer than any of them: what else comes is read each time. */
const MOST_NAMES = 10_000;
const LONGEST_NAME = 100;

/** Reads a name. An answer has a hundred members, and the next one the same: what was read is kept. */
function nameOf(member: string): Name {
  const known = names.get(member);
  if (known !== undefined) return known;
  const isSecretName = SECRET_NAME.test(member) && !ABOUT_SECRETS.test(member);
  const name = { lower: member.toLowerCase(), isSecret: isSecretName };
  if (names.size < MOST_NAMES && member.length <= LONGEST_NAME) names.set(member, name);
  return name;
}

/**
 * Whether a member holds a secret: by its name, by the schema that it belongs to, or by the type beside it.
 * @param schema name of the schema, or of the list that the record is in (`questions`, `customFields`); `undefined` when
 *   nothing is known
 * @param siblings the record that the member is in; without it a value whose type decides counts as secret
 */
export function isSecret(schema: string | undefined, member: string, siblings: Siblings = {}): boolean {
  const { lower, isSecret: isSecretName } = nameOf(member);
  const owner = schema === undefined ? undefined : TYPED.get(nameOf(schema).lower);
  if (owner === lower) return secretByType(owner, siblings);
  if (lower === 'value' && siblings.type === 'Password') return true;
  if (lower === 'answer' && (siblings.fieldType === 'Password' || 'answerId' in siblings)) {
    return secretByType('answer', siblings);
  }
  return isSecretName && !HARMLESS.has(`${schema}.${member}`);
}

/** Whether a field path such as `questions/answer` or `/portalPassword` ends in a secret. */
export function isSecretPath(schema: string | undefined, path: string): boolean {
  const names = path.split('/').filter((name) => name !== '' && !/^(\d+|-)$/.test(name));
  const last = names.at(-1);
  return last !== undefined && isSecret(names.at(-2) ?? schema, last);
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';

/** Parameters of an address that carry a key to it. */
const SECRET_PARAMETER = /key|token|secret|sig|pass|auth|code/i;

/** An address without the keys in it: values of parameters and parts of the path that look like keys, and a password before the host. */
export function urlMasked(text: unknown): string {
  const given = String(text ?? '');
  if (!URL.canParse(given)) return given;
  const url = new URL(given);
  const keys = [...url.searchParams].filter(
    ([name, value]) => value !== '' && (SECRET_PARAMETER.test(name) || mayBeKey(value)),
  );
  for (const [name] of keys) url.searchParams.set(name, 'hidden');
  if (url.password !== '') url.password = 'hidden';
  const path = url.pathname
    .split('/')
    .map((part) => (mayBeKey(part) ? 'hidden' : part))
    .join('/');
  const isMasked = keys.length > 0 || url.password !== '' || path !== url.pathname;
  url.pathname = path;
  return isMasked ? url.href : given;
}

/** A webhook's address often ends in the key that lets Manage in. */
export const isAddressWithKeys = (schema: string | undefined, member: string): boolean =>
  schema === 'CallbackEntry' && member === 'url';

/** A report: columns by name, rows as lists. */
function maskedReport(report: Siblings): Siblings {
  const columns = (report.column_definitions as unknown[]).map(
    (column) => Object.keys(isRecord(column) ? column : {})[0],
  );
  const hidden = columns.map((name) => name !== undefined && isSecret(undefined, name));
  if (!hidden.includes(true) || !Array.isArray(report.row_values)) return report;
  const rows = report.row_values.map((row) =>
    Array.isArray(row) ? row.map((cell, index) => (hidden[index] === true && isGiven(cell) ? HIDDEN : cell)) : row,
  );
  return { ...report, row_values: rows };
}

/** What is shown of a member. @param inner the schema of what is in it */
function maskedMember(record: Siblings, name: string, schema: string | undefined, inner: string): unknown {
  const value = record[name];
  if (isGiven(value) && isSecret(schema, name, record)) return HIDDEN;
  if (isAddressWithKeys(schema, name)) return urlMasked(value);
  return typeof value === 'object' ? secretsMasked(value, inner) : value;
}

/** What the audit trail tells of a member that holds a secret: `Portal Password changed from "..." to "..."`. */
const TOLD_SECRET =
  /\b(passwor[dt]|passphrase|passcode|secret|pin|(?:private|public|api|access|encryption|license) ?key|token|credentials?)\b(?=[^"]*")/i;

/** A line of the audit trail without the values of secrets. */
const auditMasked = (text: string): string => {
  const [before = '', ...rest] = text.split(TOLD_SECRET.exec(text)?.[0] ?? '\0');
  if (rest.length === 0) return text;
  return `${before}${text.slice(before.length).replace(/"(?:[^"]*)"/g, `"${HIDDEN}"`)}`;
};

function maskedRecord(record: Siblings, schema: string | undefined): Siblings {
  if (Array.isArray(record.column_definitions)) return maskedReport(record);
  if ((schema === 'AuditTrailEntry' || typeof record.auditType === 'string') && typeof record.text === 'string')
    return { ...record, text: auditMasked(record.text) };
  // One step of a PATCH: its path says what the value is.
  if (typeof record.path === 'string' && 'op' in record && isSecretPath(schema, record.path)) {
    return isGiven(record.value) ? { ...record, value: HIDDEN } : record;
  }
  const inner =
    typeof record.path === 'string' && 'op' in record ? record.path.split('/').find((name) => name !== '') : undefined;
  let masked: Record<string, unknown> | undefined;
  for (const name of Object.keys(record)) {
    const shown = maskedMember(record, name, schema, inner ?? name);
    if (shown === record[name]) continue;
    masked ??= { ...record };
    masked[name] = shown;
  }
  return masked ?? record;
}

/**
 * The value with `[hidden]` in place of every secret, at any depth, whatever members were asked for. Empty values and flags stay,
 * so that one still sees whether something is set. Takes records, lists, bodies of PATCH and reports. What holds no secret is the
 * same object as before: most records hold none, and nobody writes into what is shown.
 * @param schema schema of the value (of its items, for a list), where it is known
 */
export function secretsMasked<T>(value: T, schema?: string): T;
export function secretsMasked(value: unknown, schema?: string): unknown {
  if (Array.isArray(value)) {
    const shown = value.map((item) => secretsMasked(item, schema));
    return shown.every((item, index) => item === value[index]) ? value : shown;
  }
  return isRecord(value) ? maskedRecord(value, schema) : value;
}

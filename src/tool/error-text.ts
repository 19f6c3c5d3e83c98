import type { ApiDescription } from '../api/index.ts';
import { rightOf } from '../api/rights.ts';
import { ClockError } from '../clock/index.ts';
import { JournalUnwritable } from '../journal/index.ts';
import { InvalidRequest, ManageError } from '../manage/index.ts';
import { AmbiguousName, NameTooLong, NoMember, UnknownName } from '../names/index.ts';
import { QuerySyntaxError, QueryValueError, WhereError } from '../query/index.ts';
import { type Clean, clean, cleanLine, cut, say } from '../text/index.ts';
import { Declined, PartlyDone, SeveralRefused, ToolInputError, Unanswered } from './errors.ts';
import { type Nameable, nextFor, offeredOnly } from './next-call.ts';

/** Characters of an error; some hosts cut longer ones. */
const LONGEST = 1_450;
/** More than an error can hold that is worth its characters. */
const LOOKED_AT = 20_000;
const list = (values: readonly string[], most = 12): string =>
  `${values.slice(0, most).join(', ')}${values.length > most ? `, and ${values.length - most} more` : ''}`;

/** What the text of an error depends on. */
export interface ErrorTextOptions extends Nameable {
  /** Tells which right a refused operation needs. */
  readonly api?: ApiDescription;
}

/** What is meant by a token that the conditions language does not have in that place. */
const TOKEN_NEXT: ReadonlyMap<string, string> = new Map([
  ['=', 'Equality is one "=".'],
  ['is', 'Write = null or != null.'],
  ['&', 'Join with AND and OR.'],
  ['|', 'Join with AND and OR.'],
]);

function syntaxText({ message, token = '' }: QuerySyntaxError): string {
  // The second part of a date without brackets reads as a negative number.
  const next = /^-\d/.test(token)
    ? 'Dates stand in brackets: [2026-03-04T00:00:00Z].'
    : TOKEN_NEXT.get(token.toLowerCase());
  return `conditions: ${message}${next === undefined ? '' : ` ${next}`}`;
}

/** Which right of the security role the refused operation needs, as far as that is known. */
function rightNeeded({ kind, operation }: ManageError, api: ApiDescription | undefined): string {
  const refused = kind === 'forbidden' ? api?.find(operation) : undefined;
  const right = refused && rightOf(refused);
  return right === undefined ? '' : `It needs ${right.name}: ${right.level}.`;
}

function manageText(error: ManageError, { api, ...nameable }: ErrorTextOptions): string {
  if (error instanceof InvalidRequest) {
    return error.problems
      .map(({ field, message, allowed = [], closest = [] }) => {
        const choices = allowed.length > 0 ? ` Allowed: ${list(allowed)}.` : '';
        return `${field} ${message}.${closest.length > 0 ? ` Did you mean ${closest.join(' or ')}?` : choices}`;
      })
      .join('\n');
  }
  const fields = error.fieldErrors.map(
    ({ field, message }) => `- ${field === undefined ? '' : `${field}: `}${cleanLine(message)}`,
  );
  const seconds =
    error.retryAfterSeconds === undefined ? '' : `Retry after ${Math.ceil(error.retryAfterSeconds)} seconds.`;
  const facts = [
    error.status === undefined ? '' : `status ${error.status}`,
    error.requestId === undefined ? '' : `request ${error.requestId}`,
  ].filter((fact) => fact !== '');
  const head = `${cleanLine(error.message)} (${[error.operation, ...facts].join(', ')})`;
  return [head, ...fields, seconds, rightNeeded(error, api), nextFor(error, nameable)]
    .filter((line) => line !== '')
    .join('\n');
}

/** Where to look when nothing is near. */
const SEARCH: Readonly<Record<string, string>> = {
  company: 'search_companies finds companies by a part of the name.',
  contact: 'search_contacts lists the contacts of a company. create_contact adds one.',
  member: 'search_members finds members by a part of the name.',
};

/** `catalogItem` as people say it. */
const kindWords = (kind: string): string => kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

function moreCandidates({ more }: AmbiguousName): string[] {
  if (more === 0) return [];
  return [more === 'some' ? '- and more; say more of the name' : `- and ${more} more`];
}

/** Records of a name elsewhere that are told one by one. */
const MOST_ELSEWHERE = 3;

/** Records of the name outside of where it was looked for: `There is Marco Rossi (id 12) of 50% Off Outlet.` */
function elsewhereText({ elsewhere: { records, more = false } }: UnknownName): string {
  const told = records
    .slice(0, MOST_ELSEWHERE)
    .map(({ id, label, hint }) => `${cleanLine(label)} (id ${id})${hint === undefined ? '' : ` ${cleanLine(hint)}`}`);
  if (told.length === 0) return '';
  const left = more ? 'some' : records.length - told.length;
  const others = left === 0 ? '' : `; and ${left} more`;
  return ` There is ${told.join('; ')}${others}.`;
}

/** Records of a parent that are told one by one. */
const MOST_OF_PARENT = 8;

/** What a parent has, where one of them was called by its name: `Hooli is a company; its agreements: Managed Services (id 4).` */
function ofParentText({ kind, ofParent }: UnknownName): string {
  if (ofParent === undefined) return '';
  const { parent, parentKind, records, more } = ofParent;
  const [what, whole] = [kindWords(kind), `${cleanLine(parent.label)} (id ${parent.id}) is a ${kindWords(parentKind)}`];
  if (records.length === 0) return ` ${whole} without any ${what}.`;
  const told = records.slice(0, MOST_OF_PARENT).map(({ id, label }) => `${cleanLine(label)} (id ${id})`);
  const isAll = !more && told.length === records.length;
  return ` ${whole}. Of it ${told.length === 1 && isAll ? 'there is one' : 'there are'}: ${told.join('; ')}${isAll ? '' : '; and more'}.`;
}

/** Who has what the tool itself has no argument for. */
const HAD_BY = { tickets: ', which tickets have', time: ', which time has', members: ', which members have' } as const;

/** Where else a value belongs: `"Remote" is a service location: send it as serviceLocation.` */
function otherKindText({ otherKinds: [other] }: UnknownName): string {
  if (other === undefined) return '';
  const what = kindWords(other.kind);
  const elsewhere = other.of === undefined ? '' : HAD_BY[other.of];
  const takes = other.arguments.length === 0 ? elsewhere : `: send it as ${other.arguments.join(' or ')}`;
  return ` ${JSON.stringify(cleanLine(other.label))} is ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}${takes}.`;
}

/** What becomes of an argument that is left out. */
const byDefaultText = ({ argument, byDefault }: UnknownName): string =>
  byDefault === undefined ? '' : ` Leave ${argument} out for the company's default contact, ${cleanLine(byDefault)}.`;

function nameText(error: AmbiguousName | UnknownName, options: ErrorTextOptions): string {
  if (error instanceof AmbiguousName) {
    const candidates = error.candidates.map(
      ({ id, label, hint }) => `- ${id}: ${cleanLine(label)}${hint === undefined ? '' : ` (${cleanLine(hint)})`}`,
    );
    return [
      `${error.argument} ${JSON.stringify(cleanLine(error.given))} fits several. Send the id of the one that is meant:`,
      ...candidates,
      ...moreCandidates(error),
    ].join('\n');
  }
  const what = `${kindWords(error.kind)} ${JSON.stringify(cleanLine(error.given))}`;
  if (error.inactive.length > 0) {
    const [only, other] = error.inactive.map(cleanLine);
    const isSaid = other === undefined && only?.toLowerCase() === cleanLine(error.given).trim().toLowerCase();
    const which = isSaid ? `the ${what}` : `${list(error.inactive.map(cleanLine))} (${what})`;
    return `${error.argument}: ${which} is ${error.deleted ? 'deleted; name another' : 'inactive; name an active one'}.`;
  }
  const near = error.closest.length > 0 ? ` Closest: ${list(error.closest.map(cleanLine))}.` : '';
  const allowed = error.allowed.length > 0 ? ` There are: ${list(error.allowed.map(cleanLine), 30)}.` : '';
  const search = near === '' || error.kind === 'company' || error.kind === 'contact' ? SEARCH[error.kind] : undefined;
  const next = offeredOnly(search ?? '', options);
  const { nowhere } = error.elsewhere;
  const where = [error.where, nowhere && `nor ${nowhere}`]
    .filter((part) => part !== undefined)
    .map((part) => ` ${cleanLine(part)}`)
    .join(',');
  return `${error.argument}: there is no ${what}${where}.${otherKindText(error)}${ofParentText(error)}${elsewhereText(error)}${near}${allowed}${byDefaultText(error)}${next === '' ? '' : ` ${next}`}`;
}

function inputText({ message, allowed, next = '' }: ToolInputError, options: ErrorTextOptions): string {
  const choices = allowed.length > 0 && !message.includes('one of') ? `Allowed: ${list(allowed, 40)}.` : '';
  return [message, choices, offeredOnly(next, options)].filter((line) => line !== '').join('\n');
}

/** Errors of one call that are said; who sent more has not read the schema. */
const MOST_ERRORS = 6;

/** Everything that is wrong with a call, a number each. */
function severalText({ errors }: SeveralRefused, options: ErrorTextOptions): string {
  const said = errors.slice(0, MOST_ERRORS);
  const longest = Math.floor(LONGEST / (said.length + 1));
  const texts = said.map(
    (error, index) => `${index + 1}. ${cut(clean(textOf(error, options) ?? error.message), longest)}`,
  );
  const more = errors.length > said.length ? [`And ${errors.length - said.length} more.`] : [];
  return [`${errors.length} arguments have to be changed:`, ...texts, ...more].join('\n');
}

/** The whole text of an error; nothing for one that is not ours. */
function textOf(error: unknown, options: ErrorTextOptions): string | undefined {
  if (error instanceof SeveralRefused) return severalText(error, options);
  if (error instanceof ToolInputError) return inputText(error, options);
  if (error instanceof ManageError) return manageText(error, options);
  if (error instanceof AmbiguousName || error instanceof UnknownName) return nameText(error, options);
  if (error instanceof QuerySyntaxError) return syntaxText(error);
  const ours = [
    WhereError,
    QueryValueError,
    ClockError,
    Declined,
    Unanswered,
    NoMember,
    NameTooLong,
    JournalUnwritable,
  ];
  return error instanceof Error && ours.some((kind) => error instanceof kind) ? error.message : undefined;
}

/**
 * What a client reads of an error: what failed, what is allowed or closest, what to do next; never markup, a stack, or a secret.
 * @returns `undefined` for an error that is not ours; the caller logs it and does not show it.
 */
export function errorText(error: unknown, options: ErrorTextOptions = {}): Clean | undefined {
  if (error instanceof PartlyDone) {
    const why = errorText(error.cause, options) ?? say`it failed.`;
    return cut(say`${clean(error.message)} Because: ${why}`, LONGEST);
  }
  const text = textOf(error, options);
  return text === undefined ? undefined : cut(clean(text.slice(0, LOOKED_AT)), LONGEST);
}

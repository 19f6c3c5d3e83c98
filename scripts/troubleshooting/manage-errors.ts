import type { ManageReason } from '../../src/manage/reasons.ts';
import { NEXT_STEPS } from '../../src/tool/next-call.ts';

interface Cause {
  /** What stands in the answer, or its status. */
  readonly says: string;
  readonly why: string;
  /** What to do, where the answer itself says nothing after the error. */
  readonly next?: string;
}

/** By `kind` of the error; a test holds it to the classes that there are. */
export const KINDS: Readonly<Record<string, Cause>> = {
  unauthorized: {
    says: 'status 401',
    why: 'The keys, the company or the client id are wrong, or the API member is inactive.',
  },
  forbidden: {
    says: 'status 403',
    why: "The API member's security role lacks a right, which the answer names; or, where the answer speaks of a page, a gateway or firewall on the way refuses the server's address.",
  },
  notFound: { says: 'status 404', why: 'There is no record of that id, or the role does not show it.' },
  conflict: { says: 'status 409', why: 'The record is in use, or somebody changed it meanwhile.' },
  badRequest: {
    says: 'status 400',
    why: 'Manage refuses what was sent; the lines below the first name the fields.',
    next: 'See the tables below.',
  },
  rateLimited: {
    says: 'status 429',
    why: 'Manage, or the network in front of it, limits requests; other integrations count as well.',
  },
  serverFailure: {
    says: 'status 500 to 599, or `The answer is HTML`',
    why: 'Manage is down, being updated, or a gateway answers for it.',
  },
  unreachable: { says: 'no connection', why: 'The network, a proxy, a certificate, or the host in `CWM_SITE`.' },
  deadline: { says: '`CWM_DEADLINE_SECONDS`', why: 'The call took longer than it may, tries included.' },
  redirect: {
    says: 'redirect to another host',
    why: 'The keys would go to that host; often the address of the sign-in page is set.',
  },
  invalidRequest: {
    says: 'a field and what is wrong with it, without a status',
    why: 'The request was checked before it was sent: a field that does not exist, is too long, or of another type.',
    next: '`describe_operation` shows the fields.',
  },
  outcomeUnknown: {
    says: 'may or may not have',
    why: 'The answer to a write was lost, and looking did not settle it.',
  },
  noSuchOperation: {
    says: 'lacks an operation, or `needs Manage ...`',
    why: 'Your version of Manage, or the description in `CWM_CATALOG`, does not have it.',
  },
  readOnly: { says: '`CWM_READ_ONLY`', why: 'The server was started to read only.' },
  notAllowed: {
    says: '`CWM_ALLOW`, `CWM_DENY`',
    why: 'The operator allows it to nobody.',
    next: '`whoami` says which limits hold.',
  },
  scopeMissing: {
    says: 'does not have the scope',
    why: 'Who signed in may read but not write, or not do this.',
    next: 'Ask the administrator for the scope.',
  },
  notConfinable: {
    says: 'This server is confined by `CWM_COMPANIES`, `CWM_BOARDS`',
    why: 'Whose records the answer would show cannot be told.',
    next: 'Use a tool that names the company or board.',
  },
  scope: {
    says: '`CWM_COMPANIES` or `CWM_BOARDS` names none',
    why: 'A company or board was renamed, or misspelt.',
    next: 'Correct the setting, or use ids.',
  },
  callbackHost: {
    says: '`CWM_CALLBACK_HOSTS`',
    why: 'A webhook would send records to another host.',
    next: 'Add the host to the setting.',
  },
  tooMany: {
    says: 'more than ... records',
    why: 'A sum over so many would take too long.',
    next: 'Narrow it as the answer says.',
  },
  endlessList: {
    says: 'the same page again and again',
    why: "A fault of the server's paging, often of a gateway's cache.",
    next: 'Ask for less; report it to the host of the server.',
  },
  answerTooLarge: {
    says: 'larger than ...',
    why: 'Records with long texts or files, or a server that answers with more rows than were asked for.',
    next: 'Ask for fewer rows or fields.',
  },
};

/** By what Manage means where only its prose says it. */
const REASONS: Readonly<Record<ManageReason, Cause>> = {
  unknownMember: { says: 'Could not find member', why: 'A member of the request does not exist in the API.' },
  unknownName: { says: 'not a recognized name', why: 'Conditions name a field that cannot be filtered by.' },
  notAnEnumValue: { says: 'enum value supplied was invalid', why: 'A field takes fixed values only.' },
  wrongLiteral: {
    says: 'Expected a boolean; should be enclosed',
    why: 'A value is quoted that must not be, or the other way round.',
  },
  unknownApiVersion: { says: 'does not support the API version', why: '`CWM_API_VERSION` is newer than the server.' },
  noSuchEndpoint: { says: 'Endpoint does not exist', why: 'The path is not one of the API.' },
  httpsNeeded: { says: 'SSL is required', why: 'The address begins with `http`, or is not that of the API.' },
  wrongClientId: {
    says: 'clientId',
    why: 'It is missing, misspelt, or was withdrawn on developer.connectwise.com.',
    next: 'Set `CWM_CLIENT_ID` to one that is listed there.',
  },
  noteWithoutPlace: { says: 'where to display the notes', why: 'A note has to be discussion, internal or resolution.' },
  createOnly: { says: 'can only be used when creating', why: 'The field cannot be changed afterwards.' },
  wrongPatch: {
    says: 'Could not cast or convert; path ... not valid',
    why: 'A PATCH names a wrong path, or a value of another type.',
  },
  notABoolean: { says: 'not recognized as a valid Boolean', why: 'A text stands where true or false is wanted.' },
  wrongCallbackLevel: { says: 'Unrecognized level', why: 'The level does not fit the type of the webhook.' },
  wrongUrl: { says: 'Invalid URL', why: 'The address of a webhook is not complete.' },
  timeNotAllowed: { says: 'Time entry is not allowed', why: 'The status of the ticket, or its board, forbids time.' },
  wrongWorkRole: { says: 'Work role is not valid', why: 'The work role does not belong to the location.' },
  noOpenPeriod: { says: 'No open time period', why: 'The time period of that day is closed, or not made yet.' },
};

/** By the code that Manage gives a field. */
const FIELDS: Readonly<Record<string, string>> = {
  MissingRequiredField: 'Manage requires a field that was not sent.',
  MaxLengthField: 'A text is longer than the field.',
  OutOfRange: 'A number or moment is outside of what the field takes.',
  NotFound: 'A reference names a record that does not exist, or not there.',
  ObjectExists: 'There is one of that name.',
  UnsupportedFormat: 'A moment is not in whole UTC seconds.',
};

/** Rows of what it says, why, and what to do. */
type Rows = readonly (readonly [says: string, why: string, next: string])[];

/** Failures of calls to Manage by their kind. */
export const kindRows = (): Rows =>
  Object.entries(KINDS).map(([kind, { says, why, next }]) => [says, why, next ?? NEXT_STEPS.kinds[kind] ?? '']);

/** What Manage says in prose. */
export const reasonRows = (): Rows =>
  Object.entries(REASONS).map(([reason, { says, why, next }]) => [
    says,
    why,
    next ?? NEXT_STEPS.reasons[reason as ManageReason] ?? '',
  ]);

/** What Manage says of one field. */
export const fieldRows = (): Rows =>
  Object.entries(NEXT_STEPS.fields).map(([code, next]) => [`\`${code}\``, FIELDS[code] ?? '', next]);

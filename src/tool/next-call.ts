import type { ManageError, ManageReason } from '../manage/index.ts';

/** What a caller can do about each kind of failure of Manage. */
const NEXT: Readonly<Record<string, string>> = {
  unauthorized:
    'Check CWM_COMPANY_ID, CWM_PUBLIC_KEY, CWM_PRIVATE_KEY and CWM_CLIENT_ID; `npx -y cwm-mcp doctor` says which is wrong.',
  forbidden:
    "The API member's security role does not allow this. An administrator can grant it under System > Security Roles.",
  notFound: 'Check the id; search for the record by name.',
  conflict: 'The record is in use or has changed; read it again first.',
  rateLimited: 'Wait, then call again.',
  serverFailure: 'Manage failed; a read can be tried again in a moment.',
  unreachable: 'Check the network and CWM_SITE; nothing is wrong with the arguments.',
  deadline: 'Ask for less (a shorter period, fewer rows), or try again.',
  redirect: 'CWM_SITE is probably not the address of the API; `npx -y cwm-mcp doctor` tells.',
  outcomeUnknown: 'The same call again looks first, and does only what is not done.',
  noSuchOperation:
    'This tool cannot do it with that version; CWM_CATALOG chooses the version. search_operations finds what it has instead.',
  readOnly: 'Ask the administrator to switch CWM_READ_ONLY off.',
};

/** A 403 that Manage did not write: what stands before it refuses as well. */
const FORBIDDEN_PAGE =
  "A page answered, not Manage: a gateway or firewall on the way may refuse this server's address or request; or the API member's security role does not allow this (System > Security Roles). Nothing was done.";

/** Which tool finds the records of a collection, for ids that are not there. */
const FINDERS: readonly (readonly [RegExp, string])[] = [
  [/\/tickets/, 'search_tickets finds tickets by text, company or person; state: "any" includes closed ones.'],
  [/\/time\/entries/, 'search_time_entries and get_timesheet list entries with their ids.'],
  [/\/time\/sheets/, 'get_timesheet finds the sheet of a day.'],
  [/\/company\/companies/, 'search_companies finds companies by a part of the name.'],
  [/\/company\/contacts/, 'search_contacts finds contacts by name, e-mail or company.'],
  [/\/company\/configurations/, 'search_configurations finds them by name, serial number or company.'],
  [/\/schedule\/entries/, 'search_schedule lists entries with their ids.'],
  [/\/system\/members/, 'search_members finds members.'],
];

/** What to do about what Manage says of one field, by its code. */
const FIELD_NEXT: Readonly<Record<string, string>> = {
  MissingRequiredField: 'Send the fields that are named as well.',
  MaxLengthField: 'Shorten it, and put the rest into a note.',
  OutOfRange:
    'Send a value within the range. If the call did not touch this field, the stored record is wrong: correct it in the same call.',
  NotFound: 'What is named does not exist there: look it up and send its id. lookup_values lists what fields can hold.',
  ObjectExists: 'It already exists: search for it and use that one.',
  UnsupportedFormat:
    'Send times as UTC in whole seconds, like 2026-03-04T15:00:00Z, or use a tool that takes local times.',
};

/** What to do about what only Manage's prose says. */
const REASON_NEXT: Readonly<Partial<Record<ManageReason, string>>> = {
  unknownMember: 'Leave that member out. describe_operation lists the members that exist.',
  unknownName: 'That field cannot be filtered or ordered by. describe_operation lists the fields.',
  notAnEnumValue: 'Compare with = or in, not with like. describe_operation lists the values.',
  wrongLiteral: 'Write true or false without quotes, texts in double quotes, times in brackets.',
  unknownApiVersion: 'Set CWM_API_VERSION to a version that the server has; `npx -y cwm-mcp doctor` shows it.',
  noSuchEndpoint: 'search_operations finds the operation that exists.',
  httpsNeeded: 'CWM_SITE has to be the https address of the API, with the api- host; `npx -y cwm-mcp doctor` tells.',
  noteWithoutPlace:
    'Send one of detailDescriptionFlag, internalAnalysisFlag, resolutionFlag. add_ticket_note chooses it by kind.',
  createOnly: 'It is changed in a collection of its own afterwards. search_operations finds it.',
  wrongPatch: 'PATCH paths are case-sensitive, and each takes a value of its own type. describe_operation shows them.',
  notABoolean: 'Send true or false, not a text or a number.',
  wrongCallbackLevel:
    'Each type has its own levels; Owner with objectId 1 fits all. describe_operation shows the fields.',
  wrongUrl: 'Send a whole https address.',
  timeNotAllowed: 'The status or the board forbids time. get_ticket shows both. update_ticket changes the status.',
  wrongWorkRole: 'Send another workRole. lookup_values lists them.',
  noOpenPeriod: 'An administrator has to set up the time period in Manage.',
};

/** What is said after an error of Manage, by kind of failure, by code of a field, by reason; for the page that explains errors. */
export const NEXT_STEPS = { kinds: NEXT, fields: FIELD_NEXT, reasons: REASON_NEXT } as const;

/** The tools that a hint may name. */
export interface Nameable {
  /** Names of those in the caller's list; all of them when left out. */
  readonly offered?: readonly string[] | undefined;
  /** Those that are run by name, each with the tool of the list that runs it. */
  readonly through?: ReadonlyMap<string, string> | undefined;
}

const TOOL = /\b[a-z]+(?:_[a-z]+)+\b/g;

/**
 * A hint without the sentences that name a tool which nobody here can call; one that another tool runs is named with that. Our hints
 * name tools in snake_case, and nothing else.
 */
export function offeredOnly(hint: string, { offered, through }: Nameable): string {
  if (offered === undefined) return hint;
  const runs = (name: string): string | undefined => (offered.includes(name) ? undefined : through?.get(name));
  return hint
    .split(/(?<=\.) /)
    .filter((sentence) =>
      (sentence.match(TOOL) ?? []).every((name) => offered.includes(name) || runs(name) !== undefined),
    )
    .map((sentence) =>
      sentence.replace(TOOL, (name) => (runs(name) === undefined ? name : `${name} (through ${runs(name)})`)),
    )
    .join(' ');
}

/**
 * What to do, or to call, after an error of Manage: by its reason, by the code of a field, by the kind of failure. Empty where
 * nothing helps.
 * @param nameable as for `offeredOnly`
 */
export function nextFor(error: ManageError, nameable: Nameable): string {
  const hints = [
    error.reason && REASON_NEXT[error.reason],
    ...error.fieldErrors.map(({ code }) => FIELD_NEXT[code ?? '']),
    error.kind === 'notFound' ? FINDERS.find(([pattern]) => pattern.test(error.operation ?? ''))?.[1] : undefined,
    error.kind === 'forbidden' && error.isPage ? FORBIDDEN_PAGE : undefined,
    NEXT[error.kind],
  ];
  return hints.map((hint) => offeredOnly(hint ?? '', nameable)).find((hint) => hint !== '') ?? '';
}

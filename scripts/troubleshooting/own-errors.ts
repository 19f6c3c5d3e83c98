/** An error of ours that a reader meets: what stands in it, why, and what to do. */
export type OwnError = readonly [says: string, why: string, next: string];

const INPUT = 'What the answer says: it names the argument, what is allowed, and what is closest.';

/** By the name of the class; a test holds it to the classes that there are. */
export const OWN_ERRORS: Readonly<Record<string, OwnError>> = {
  ToolInputError: [
    'an argument and what is wrong with it',
    'A call that cannot be meant, or could be meant in two ways.',
    INPUT,
  ],
  SeveralRefused: ['arguments have to be changed', 'Several arguments of a call cannot be what they are.', INPUT],
  AmbiguousName: ['fits several', 'A name that several records have.', 'Send the id of the one that is meant.'],
  UnknownName: ['there is no ... "..."', 'Nobody has that name, or only an inactive record.', INPUT],
  TooLarge: [
    'A message may have 128 KB beside its texts',
    'Lists or objects of thousands of members were sent.',
    'Send fewer at a time; texts and files may be long.',
  ],
  NameTooLong: ['a name has at most', 'A whole text was sent where a name is wanted.', 'Send the name or id alone.'],
  NoMember: [
    'Nobody is configured to work for; is not a member',
    '`CWM_MEMBER` is not set, misspelt or inactive.',
    'Set it to the identifier, e-mail or id of a person.',
  ],
  QuerySyntaxError: [
    'Expected ... at position',
    'Conditions that Manage would refuse.',
    'The answer says what belongs there.',
  ],
  QueryValueError: [
    'cannot be used in a query',
    'A value with characters that no query can hold.',
    'Search for a part of it.',
  ],
  WhereError: ['where', 'A filter on a field that does not exist, or that cannot be compared like that.', INPUT],
  ClockError: [
    'a day, moment or period',
    'A time that cannot be read, or that could be two, like 03/04.',
    'Write 2026-03-04, 2pm, "last week".',
  ],
  ConfirmationNeeded: [
    'confirm: true',
    'It mails, deletes, submits, converts, merges or touches many (`CWM_CONFIRM`).',
    'Ask the person, then call again as the answer says.',
  ],
  Declined: [
    'The person declined',
    'Somebody said no.',
    'Leave it. Only the person can take the no back, with the prompt `ask_again`.',
  ],
  Unanswered: [
    'The person closed the question',
    'Neither a yes nor a no.',
    'Ask them before the same call is made again.',
  ],
  PartlyDone: [
    'Done: ... Not done: ...',
    'A later step of a change failed.',
    'The same call again does only the rest.',
  ],
  JournalUnwritable: [
    'The journal ... cannot be written',
    '`CWM_JOURNAL=required`, and the folder is full or may not be written.',
    'Free space, or correct its rights; `doctor` says where it is.',
  ],
  CannotUndo: [
    'why a change cannot be undone',
    'It cannot be taken back, or somebody changed the record since.',
    'Correct the record by hand.',
  ],
  StateFolderError: [
    'The folder ...',
    'The state folder belongs to somebody else, or may not be written.',
    'Correct its owner, or set `CWM_STATE_DIR`.',
  ],
  TooManyCalls: [
    'The server is busy: ... calls run',
    'A client makes hundreds of calls at once.',
    'Make fewer at once; nothing of this one was done.',
  ],
  WaitedTooLong: [
    'this call waited ... seconds',
    'Other calls took the time of this one.',
    'Make it again; nothing of it was done.',
  ],
  NoTools: [
    'selects no tool; leaves no tool',
    '`CWM_READ_ONLY` with toolsets that only write.',
    'Choose other toolsets.',
  ],
  NothingSelected: [
    'selects nothing; selects no operation',
    'A pattern of `CWM_OPERATIONS`, `CWM_ALLOW` or `CWM_DENY` is misspelt.',
    'The answer names the closest.',
  ],
  ConfigError: ['The configuration cannot be used', 'Settings are missing or wrong.', 'See [Settings](#settings).'],
  SettingsFileError: [
    'the settings file',
    '`--settings` or `CWM_SETTINGS` names a file that cannot be read.',
    'Correct the path, or its rights.',
  ],
  SetupError: [
    'of `setup`: what it stopped at',
    "A client's configuration is broken or holds something else, or the settings do not work.",
    'It names the file with line and column, or the flag; see [setup](setup.md).',
  ],
  Refused: [
    'of HTTP: 401, 403, 429 or 503, with `error_description`',
    'The caller did not sign in, or is nobody in Manage, or calls too often.',
    'See [sign-in](sign-in.md#when-it-does-not-work).',
  ],
  SiteError: ['CWM_SITE', 'It is not a host, or not over https.', 'See [Settings](#settings).'],
  DescriptionFileError: [
    'CWM_CATALOG ... cannot be read',
    'The file is missing, or not made by `catalog import`.',
    'Make it again with this version.',
  ],
  DocumentError: [
    'of `catalog import`: what the file is',
    'It is not a complete OpenAPI 3 document of Manage.',
    'Download it again from developer.connectwise.com.',
  ],
  UsageError: [
    'There is no command; --outcome has to be one of; of a command: which flag',
    'A slip on the command line; the exit status is 2.',
    'The answer says what is allowed; `--help` behind a command lists its flags.',
  ],
  ReportFailed: ['of `cwm-mcp report`', 'What the tool `report` says.', INPUT],
};

/** Errors that are caught on the way and never shown as they are. */
export const UNSEEN: ReadonlySet<string> = new Set([
  'AlreadyMade',
  'DemoFailure',
  'Failure',
  'ManageError',
  'MayBe',
  'NamesChanged',
  'SandboxError',
  'TooManyWaiting',
  'Unsettled',
  'WireFailure',
]);

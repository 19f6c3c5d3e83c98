import type { Variable } from '../src/config/variables.ts';
import { LOG_LEVELS } from '../src/log-levels.ts';
import { HTTP_SETTINGS } from './http-settings.ts';

/** What a setting is about: the headings of docs/operators.md, in this order. */
export const GROUPS = {
  manage: 'Your Manage',
  you: 'Who and where you are',
  tools: 'Tools',
  limits: 'Limits of what may be read and written',
  files: 'Files and what is kept',
  network: 'Requests to Manage',
  http: 'HTTP',
  signIn: 'Sign-in over HTTP',
  log: 'Logs',
} as const;

/** What a variable means, for docs/operators.md, the Claude Desktop bundle and the registry. */
export interface Setting {
  readonly group: keyof typeof GROUPS;
  /** What forms call it. */
  readonly title: string;
  /** Markdown, without the default. */
  readonly text: string;
  /** What holds when it is not set; `required` stops the start. */
  readonly unset: string;
  /** Never shown, never logged. */
  readonly secret?: true;
}

export const SETTINGS: Readonly<Record<Variable, Setting>> = {
  CWM_SITE: {
    group: 'manage',
    title: 'Site',
    text: 'The host that you sign in to: `na.myconnectwise.net`, `eu.myconnectwise.net`, or your own. The API host of cloud sites (`api-na...`) is found from it.',
    unset: 'required',
  },
  CWM_COMPANY_ID: {
    group: 'manage',
    title: 'Company',
    text: 'The company name on the sign-in page.',
    unset: 'required',
  },
  CWM_PUBLIC_KEY: {
    group: 'manage',
    title: 'Public key',
    text: 'The public key of an API member (System > Members > API Members).',
    unset: 'required',
    secret: true,
  },
  CWM_PRIVATE_KEY: {
    group: 'manage',
    title: 'Private key',
    text: 'The private key of that API member. Manage shows it once.',
    unset: 'required',
    secret: true,
  },
  CWM_CLIENT_ID: {
    group: 'manage',
    title: 'Client id',
    text: 'The client id of your integration, from developer.connectwise.com.',
    unset: 'required',
    secret: true,
  },
  CWM_API_VERSION: {
    group: 'manage',
    title: 'API version',
    text: 'The version of your Manage, for example `2025.1`. Operations and fields that it does not have yet are not offered, and refused by name.',
    unset: 'what `/system/info` says',
  },
  CWM_CATALOG: {
    group: 'manage',
    title: 'API description',
    text: 'A description of your version of the API, made from its OpenAPI document: `npx -y cwm-mcp catalog import FILE --out DESCRIPTION`. With `--merge`, what the document leaves out stays as it is built in.',
    unset: 'the built-in one',
  },
  CWM_MEMBER: {
    group: 'you',
    title: 'Member',
    text: 'Who "me" is and whose time is logged: identifier, e-mail or id of a person, not of the API member.',
    unset: 'nobody; tools that need a member ask for it',
  },
  CWM_TIME_ZONE: {
    group: 'you',
    title: 'Time zone',
    text: 'Your IANA time zone, for example `America/Chicago`.',
    unset: "the member's own",
  },
  CWM_TOOLSETS: {
    group: 'tools',
    title: 'Toolsets',
    text: '`core`, module names, or `all`, separated by commas. [tools.md](tools.md) lists them.',
    unset: '`core`',
  },
  CWM_OPERATIONS: {
    group: 'tools',
    title: 'Operations',
    text: 'API operations that become tools of their own: `time/*`, `GET /service/tickets/*`, an operation id. With `CWM_TOOLSETS=none`, only these.',
    unset: 'none',
  },
  CWM_READ_ONLY: {
    group: 'limits',
    title: 'Read-only',
    text: '`true` hides every tool that writes, refuses every request that writes, and saves no files.',
    unset: '`false`',
  },
  CWM_CONFIRM: {
    group: 'limits',
    title: 'Consent',
    text: 'Who has to agree to what mails, deletes, deactivates, submits, opens webhooks, converts, merges or touches many: `ask` (the person where the client can ask them, else `confirm: true`), `argument` (`confirm: true` everywhere), `never`. By effect: `ask,delete=argument,many=never`, with `mail`, `delete`, `deactivate`, `submit`, `webhook`, `convert`, `merge`, `reset`, `many`, `other`.',
    unset: '`ask`',
  },
  CWM_WRITE: {
    group: 'limits',
    title: 'Raw writes',
    text: '`off`: `call_write_operation` calls no operations; direct tools and those of `CWM_OPERATIONS` still write.',
    unset: '`on`',
  },
  CWM_ALLOW: {
    group: 'limits',
    title: 'Allowed',
    text: 'Tools, toolsets and operations (as in `CWM_OPERATIONS`) that alone are allowed: `whoami,time,GET /service/tickets*`. It holds for everything, also for what the server looks up by itself.',
    unset: 'everything',
  },
  CWM_DENY: {
    group: 'limits',
    title: 'Denied',
    text: 'Tools, toolsets and operations that are not allowed. A toolset stands for the operations of its module as well (`service` for `/service/...`): nobody calls them by name, and nothing is undone there, while tools of other toolsets still read what they need. It wins over `CWM_ALLOW`. With either, bundles (`POST /system/bundles`) are refused: they carry requests inside.',
    unset: 'nothing',
  },
  CWM_COMPANIES: {
    group: 'limits',
    title: 'Companies',
    text: 'Ids or names of the companies whose records alone can be read and changed: `Acme,"Smith, Jones & Co"`. What cannot be told apart by them is refused.',
    unset: 'all',
  },
  CWM_BOARDS: {
    group: 'limits',
    title: 'Boards',
    text: 'Ids or names of the boards whose tickets and projects alone can be read and changed.',
    unset: 'all',
  },
  CWM_CALLBACK_HOSTS: {
    group: 'limits',
    title: 'Webhook hosts',
    text: 'Hosts that webhooks may go to: `hooks.example.com`, `*.example.com`.',
    unset: 'any, after a person agreed',
  },
  CWM_LOCKDOWN: {
    group: 'limits',
    title: 'Lockdown',
    text: '`true` withholds text by people outside (notes by contacts, survey answers, texts in reports, files) unless a call says `outsideText: true`; it is marked then.',
    unset: '`false`',
  },
  CWM_FILES_DIR: {
    group: 'files',
    title: 'Folder of attachments',
    text: "The one folder on the server's machine that attachments are read from and saved to. Everyone who can call the tools can read it.",
    unset: 'none',
  },
  CWM_ATTACHMENT_URLS: {
    group: 'files',
    title: 'Hosts of attachments',
    text: 'Hosts that attachments may be downloaded from: `files.example.com`.',
    unset: 'none',
  },
  CWM_STATE_DIR: {
    group: 'files',
    title: 'State folder',
    text: 'Folder of what outlives the process, as a full path. The sandbox keeps nothing unless it is set.',
    unset: "`cwm-mcp` in the user's state folder",
  },
  CWM_KEEP_NAMES: {
    group: 'files',
    title: 'Remember names',
    text: '`false`: do not keep boards, statuses, members and other setup tables from one start to the next. They are checked with Manage before anything is written or answered, and forgotten by `doctor --fix`.',
    unset: '`true`',
  },
  CWM_SHARE_QUOTA: {
    group: 'files',
    title: 'Share the requests a minute',
    text: '`false`: each process has the requests a minute for itself. Otherwise the processes of one user share them, by site and key, through files in the state folder, which has to be on a disk of this machine.',
    unset: '`true`',
  },
  CWM_JOURNAL: {
    group: 'files',
    title: 'Journal',
    text: 'The journal of everything that was written: `on`, `off`, or `required`, which refuses writes that cannot be written down.',
    unset: '`on`',
  },
  CWM_JOURNAL_DAYS: {
    group: 'files',
    title: 'Days of the journal',
    text: 'Days that the journal is kept; 0 is off.',
    unset: '90',
  },
  CWM_JOURNAL_DIR: {
    group: 'files',
    title: 'Folder of the journal',
    text: 'Where the journal is.',
    unset: '`journal` in `CWM_STATE_DIR`',
  },
  CWM_REQUESTS_PER_MINUTE: {
    group: 'network',
    title: 'Requests a minute',
    text: 'Requests to Manage a minute, for all callers together. A 429 of Manage pauses all of them.',
    unset: '600',
  },
  CWM_MAX_IN_FLIGHT: {
    group: 'network',
    title: 'Requests in flight',
    text: 'Requests to Manage at the same time.',
    unset: '10',
  },
  CWM_DEADLINE_SECONDS: {
    group: 'network',
    title: 'Deadline',
    text: 'Seconds for a whole call, tries included. Many clients give up after 60.',
    unset: '40',
  },
  CWM_CA_FILE: {
    group: 'network',
    title: 'Certificate authority',
    text: 'Certificate authority (PEM file) of an on-premises server.',
    unset: "Node's own list",
  },
  ...HTTP_SETTINGS,
  CWM_LOG_LEVEL: {
    group: 'log',
    title: 'Log level',
    text: `${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}. Logs go to stderr and contain neither customer text nor secrets.`,
    unset: '`info`',
  },
};

import type { Variable } from '../src/config/variables.ts';
import { LOG_LEVELS } from '../src/log-levels.ts';

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
    text: 'Tools, toolsets and operations that are not allowed. It wins over `CWM_ALLOW`. With either, bundles (`POST /system/bundles`) are refused: they carry requests inside.',
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
  CWM_HTTP_HOST: {
    group: 'http',
    title: 'Address',
    text: 'Address to listen on (`--host`). Any other than the default needs [sign-in](sign-in.md) and `CWM_ALLOWED_HOSTS` or `CWM_PUBLIC_URL`.',
    unset: '127.0.0.1',
  },
  CWM_HTTP_PORT: {
    group: 'http',
    title: 'Port',
    text: 'Port to listen on (`--port`).',
    unset: '3000',
  },
  CWM_HTTP_TOKEN: {
    group: 'http',
    title: 'Token',
    text: 'Secret of at least 24 characters that all callers share and send as `Authorization: Bearer ...`. For people with rights of their own see [sign-in](sign-in.md).',
    unset: 'none',
    secret: true,
  },
  CWM_ALLOWED_HOSTS: {
    group: 'http',
    title: 'Host names',
    text: 'Host names by which clients reach the server: `mcp.example.com`. Requests for others are refused.',
    unset: 'those of this machine',
  },
  CWM_REDIS_URL: {
    group: 'http',
    title: 'Redis',
    text: 'Redis or Valkey that replicas share: `redis://host:6379`, `rediss://user:password@host:6380/0`. For `http` alone.',
    unset: 'a server by itself',
    secret: true,
  },
  CWM_METRICS_PORT: {
    group: 'http',
    title: 'Port of the metrics',
    text: 'Port that serves metrics for Prometheus at `/metrics`: calls, requests to Manage, waits, caches, event loop.',
    unset: 'no metrics',
  },
  CWM_METRICS_HOST: {
    group: 'http',
    title: 'Address of the metrics',
    text: 'Address to serve metrics on. They name tools and counts, no customers; nobody has to sign in to read them.',
    unset: '127.0.0.1',
  },
  CWM_DRAIN_SECONDS: {
    group: 'http',
    title: 'Seconds to drain',
    text: "Seconds that a server which is told to stop still takes calls while `/readyz` says 503: set it above the interval of the load balancer's checks.",
    unset: '0',
  },
  CWM_ALLOWED_ORIGINS: {
    group: 'http',
    title: 'Web pages',
    text: 'Origins of web pages that may call the tools from a browser: `https://app.example.com`.',
    unset: 'pages of the allowed hosts',
  },
  CWM_TRUSTED_PROXIES: {
    group: 'http',
    title: 'Proxies',
    text: 'Addresses or networks of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` count: `10.0.0.5,10.1.0.0/16`. From anybody else these headers are ignored.',
    unset: 'none',
  },
  CWM_TLS_CERT_FILE: {
    group: 'http',
    title: 'Certificate',
    text: 'Certificate (PEM file, with its chain) to serve HTTPS with. A renewed file is read by itself.',
    unset: 'HTTP in the clear',
  },
  CWM_TLS_KEY_FILE: {
    group: 'http',
    title: 'Key of the certificate',
    text: 'Private key (PEM file) of `CWM_TLS_CERT_FILE`.',
    unset: 'none',
  },
  CWM_CALLS_PER_MINUTE: {
    group: 'http',
    title: 'Calls a minute',
    text: 'HTTP requests that one caller may make in a minute; more are answered with 429.',
    unset: '600',
  },
  CWM_SUBSCRIPTIONS: {
    group: 'http',
    title: 'Subscriptions',
    text: '`true` has Manage say which tickets and companies change, so that clients can subscribe to them ([how](deploy.md#subscriptions)). Registers two webhooks at the start; needs `CWM_PUBLIC_URL`.',
    unset: 'false',
  },
  CWM_PUBLIC_URL: {
    group: 'signIn',
    title: 'Public address',
    text: 'The address of the tools as clients write it: `https://mcp.example.com/mcp`. Its host is allowed without being in `CWM_ALLOWED_HOSTS`.',
    unset: 'none',
  },
  CWM_OAUTH_ISSUER: {
    group: 'signIn',
    title: 'OpenID provider',
    text: 'The issuer whose access tokens callers bring: `https://login.microsoftonline.com/TENANT-ID/v2.0`, `https://id.example.com/realms/it`. Needs `CWM_PUBLIC_URL`.',
    unset: 'none',
  },
  CWM_OAUTH_AUDIENCE: {
    group: 'signIn',
    title: 'Audience',
    text: 'What the provider writes as the audience (`aud`) of tokens for this server; several separated by commas.',
    unset: '`CWM_PUBLIC_URL`',
  },
  CWM_OAUTH_SCOPE_PREFIX: {
    group: 'signIn',
    title: 'Prefix of scopes',
    text: 'What stands before `read`, `write` and `admin` in the names of the scopes: `api://CLIENT-ID/`, `manage.`.',
    unset: 'nothing',
  },
  CWM_OAUTH_MEMBER_CLAIM: {
    group: 'signIn',
    title: 'Claim of the member',
    text: 'Claims that say which member a caller is, by e-mail address or identifier; the first that a token has. Choose claims that people cannot change themselves.',
    unset: '`preferred_username`, `upn` at Entra ID; a verified `email` elsewhere',
  },
  CWM_PEOPLE_FILE: {
    group: 'signIn',
    title: 'People',
    text: 'File (YAML or JSON) of people with their tokens, members, scopes and toolsets. It is read again when it changes.',
    unset: 'none',
  },
  CWM_CALLER_KEYS: {
    group: 'signIn',
    title: 'Keys of callers',
    text: '`true`: callers may send Manage keys of their own in the headers `X-CWM-Public-Key` and `X-CWM-Private-Key`, over TLS or from this machine only.',
    unset: '`false`',
  },
  CWM_INTEGRATOR_LOGIN: {
    group: 'signIn',
    title: 'Integrator login',
    text: 'Name of an integrator login with Member Impersonation. With it, requests go to Manage as the member who signed in, with their rights. In place of `CWM_PUBLIC_KEY` and `CWM_PRIVATE_KEY`, or beside them.',
    unset: 'requests go out with the keys of the server',
  },
  CWM_INTEGRATOR_PASSWORD: {
    group: 'signIn',
    title: 'Password of the integrator login',
    text: 'Its password.',
    unset: 'none',
    secret: true,
  },
  CWM_LOG_LEVEL: {
    group: 'log',
    title: 'Log level',
    text: `${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}. Logs go to stderr and contain neither customer text nor secrets.`,
    unset: '`info`',
  },
};

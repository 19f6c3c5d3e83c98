/** Everything that can be set, and what other servers for Manage call it, so that switching costs nothing. */
export const VARIABLES = {
  CWM_SITE: ['CW_MANAGE_URL', 'CW_SITE', 'CW_BASE_URL', 'CONNECTWISE_API_URL'],
  CWM_COMPANY_ID: ['CW_MANAGE_COMPANY_ID', 'CW_COMPANY_ID', 'CONNECTWISE_COMPANY_ID'],
  CWM_PUBLIC_KEY: ['CW_MANAGE_PUBLIC_KEY', 'CW_PUBLIC_KEY', 'CONNECTWISE_PUBLIC_KEY'],
  CWM_PRIVATE_KEY: ['CW_MANAGE_PRIVATE_KEY', 'CW_PRIVATE_KEY', 'CONNECTWISE_PRIVATE_KEY'],
  CWM_CLIENT_ID: ['CW_MANAGE_CLIENT_ID', 'CW_CLIENT_ID', 'CONNECTWISE_CLIENT_ID'],
  CWM_MEMBER: ['CW_MEMBER_IDENTIFIER'],
  CWM_TIME_ZONE: [],
  CWM_TOOLSETS: [],
  CWM_OPERATIONS: [],
  CWM_CATALOG: [],
  CWM_READ_ONLY: [],
  CWM_CONFIRM: [],
  CWM_WRITE: [],
  CWM_ALLOW: [],
  CWM_DENY: [],
  CWM_COMPANIES: [],
  CWM_BOARDS: [],
  CWM_CALLBACK_HOSTS: [],
  CWM_LOCKDOWN: [],
  CWM_API_VERSION: [],
  CWM_REQUESTS_PER_MINUTE: [],
  CWM_MAX_IN_FLIGHT: [],
  CWM_DEADLINE_SECONDS: [],
  CWM_CA_FILE: [],
  CWM_FILES_DIR: [],
  CWM_STATE_DIR: [],
  CWM_KEEP_NAMES: [],
  CWM_JOURNAL: [],
  CWM_JOURNAL_DIR: [],
  CWM_JOURNAL_DAYS: [],
  CWM_ATTACHMENT_URLS: [],
  CWM_LOG_LEVEL: [],
  CWM_HTTP_HOST: [],
  CWM_HTTP_PORT: [],
  CWM_HTTP_TOKEN: [],
  CWM_ALLOWED_HOSTS: [],
  CWM_METRICS_PORT: [],
  CWM_METRICS_HOST: [],
  CWM_DRAIN_SECONDS: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Variable = keyof typeof VARIABLES;

/** Settings that limit: one that is there and empty is a mistake, because it would limit nothing. */
export const NEVER_EMPTY: ReadonlySet<Variable> = new Set([
  'CWM_READ_ONLY',
  'CWM_CONFIRM',
  'CWM_WRITE',
  'CWM_ALLOW',
  'CWM_DENY',
  'CWM_COMPANIES',
  'CWM_BOARDS',
  'CWM_CALLBACK_HOSTS',
  'CWM_LOCKDOWN',
]);

export const NAMES = Object.keys(VARIABLES) as Variable[];

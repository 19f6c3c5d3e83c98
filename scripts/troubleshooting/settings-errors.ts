import { ConfigError, readConfig } from '../../src/config/config.ts';

/** Settings that work, so that an example shows its own mistake alone. */
const WORKING: Readonly<Record<string, string>> = {
  CWM_SITE: 'na.myconnectwise.net',
  CWM_COMPANY_ID: 'yourcompany',
  CWM_PUBLIC_KEY: 'public',
  CWM_PRIVATE_KEY: 'private',
  CWM_CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
};

const NOTHING = Object.fromEntries(Object.keys(WORKING).map((variable) => [variable, '']));

/** Settings with a mistake, and why people make it. What the server says of them is asked of the server itself. */
const MISTAKES: readonly (readonly [settings: Readonly<Record<string, string>>, why: string])[] = [
  [NOTHING, 'It is not set, or the client does not hand it on: clients start servers with few variables of their own.'],
  [{ CWM_SITE: 'not a host' }, 'The site is a host, or the address of one, without the path of a page.'],
  [{ CWM_SITE: 'http://na.myconnectwise.net' }, 'Keys would go over the network in the clear.'],
  [{ CWM_CLIENT_ID: 'my-app' }, 'The client id is not a name that you choose: developer.connectwise.com makes it.'],
  [
    { CWM_PUBLIC_KEY: '$' + '{input:key}' },
    'The client does not know this kind of placeholder, or nobody answered its question.',
  ],
  [{ CWM_PRIVATE_KEY_FILE: '/run/secrets/none' }, 'The file is not there, or this user may not read it.'],
  [{ CWM_PRIVATE_KEY: '', CWM_PRIVATE_KEY_FILE: '/dev/null' }, 'Nothing was written into it.'],
  [{ CW_SITE: 'eu.myconnectwise.net' }, 'Settings of another server are still there and say something else.'],
  [{ CWM_TIMEZONE: 'Europe/London' }, 'A slip in a name would otherwise go unnoticed.'],
  [{ CWM_TIME_ZONE: 'EST5' }, 'Abbreviations have no daylight saving, or mean several zones.'],
  [{ CWM_LOG_LEVEL: 'loud' }, 'There is no such level.'],
  [{ CWM_API_VERSION: 'v2025' }, 'It is the version of Manage, as the sign-in page shows it.'],
  [{ CWM_TOOLSETS: 'ticket' }, 'Toolsets have the names of modules.'],
  [{ CWM_TOOLSETS: ',' }, 'A list of nothing would be a server without tools.'],
  [{ CWM_READ_ONLY: 'maybe' }, 'A switch that cannot be read must not count as off.'],
  [{ CWM_READ_ONLY: '' }, 'A limit that is set and empty would limit nothing.'],
  [{ CWM_WRITE: 'no' }, 'It is `on` or `off`.'],
  [{ CWM_CONFIRM: 'always' }, 'There is no such rule.'],
  [{ CWM_CONFIRM: 'delete=ask,delete=never' }, 'Two rules for one effect.'],
  [{ CWM_CONFIRM: 'ask,never' }, 'Two rules for everything.'],
  [{ CWM_CALLBACK_HOSTS: 'https://hooks.example.com/x' }, 'It lists hosts, not addresses.'],
  [{ CWM_REQUESTS_PER_MINUTE: 'many' }, 'It is not a number, or outside of the bounds.'],
  [{ CWM_CA_FILE: '/etc/none.pem' }, 'The file is not there, or this user may not read it.'],
  [{ CWM_CA_FILE: 'package.json' }, 'The file is in another format; PEM begins with `-----BEGIN CERTIFICATE-----`.'],
  [{ CWM_FILES_DIR: '/srv/none' }, 'The folder has to be there before the server starts.'],
  [{ CWM_ATTACHMENT_URLS: 'https://files.example.com/x' }, 'It lists hosts, not addresses.'],
  [{ CWM_STATE_DIR: '~/state' }, 'Clients start servers in folders of their own, and no shell expands `~`.'],
  [{ CWM_JOURNAL: 'required', CWM_JOURNAL_DAYS: '0' }, 'A journal that is required cannot be off.'],
  [
    { CWM_HTTP_HOST: '0.0.0.0', CWM_ALLOWED_HOSTS: 'mcp.example.com' },
    'Whoever reaches the server could act with your keys.',
  ],
  [
    { CWM_HTTP_HOST: '0.0.0.0', CWM_HTTP_TOKEN: 'x'.repeat(24) },
    'Pages on the web could reach the server through a name of their own.',
  ],
  [
    { CWM_REDIS_URL: 'cache.example.com:6379' },
    'It is an address with its scheme; `rediss` is Redis over TLS. What stands behind the host is the number of a database.',
  ],
  [{ CWM_HTTP_TOKEN: 'short' }, 'It could be guessed.'],
  [{ CWM_PUBLIC_URL: 'http://mcp.example.com/mcp' }, 'Tokens would go over the network in the clear.'],
  [{ CWM_SUBSCRIPTIONS: 'true' }, 'Manage calls back when something changes, and has to be told where.'],
  [
    { CWM_SUBSCRIPTIONS: 'true', CWM_PUBLIC_URL: 'https://mcp.example.com/mcp', CWM_READ_ONLY: 'true' },
    'Manage keeps a webhook as a record, which the server would have to create.',
  ],
  [{ CWM_OAUTH_AUDIENCE: 'https://mcp.example.com/mcp' }, 'Nobody could issue tokens.'],
  [
    { CWM_OAUTH_ISSUER: 'https://id.example.com' },
    'Clients have to be told the address that their tokens are for; it is not what the server listens on.',
  ],
  [
    {
      CWM_OAUTH_ISSUER: 'https://login.microsoftonline.com/common/v2.0',
      CWM_PUBLIC_URL: 'https://mcp.example.com/mcp',
    },
    'Everybody with an account at Microsoft could sign in.',
  ],
  [
    {
      CWM_OAUTH_ISSUER: 'https://id.example.com',
      CWM_PUBLIC_URL: 'https://mcp.example.com/mcp',
      CWM_OAUTH_SCOPE_PREFIX: 'our tools:',
    },
    'No scope of OAuth has spaces or quotes.',
  ],
  [{ CWM_PEOPLE_FILE: '/etc/none.yaml' }, 'The file is not there, or this user may not read it.'],
  [
    { CWM_HTTP_HOST: '0.0.0.0', CWM_PUBLIC_URL: 'https://mcp.example.com/mcp', CWM_CALLER_KEYS: 'true' },
    'Whoever is on the way could read the keys.',
  ],
  [{ CWM_TLS_CERT_FILE: 'package.json' }, 'A certificate is of no use without its key.'],
  [{ CWM_TRUSTED_PROXIES: 'proxy.example.com' }, 'Names can lead elsewhere; addresses cannot.'],
  [{ CWM_ALLOWED_ORIGINS: 'app.example.com/page' }, 'An origin is scheme and host, as browsers send it.'],
  [{ CWM_INTEGRATOR_LOGIN: 'login' }, 'One is of no use without the other.'],
  [
    { CWM_INTEGRATOR_LOGIN: 'login', CWM_INTEGRATOR_PASSWORD: 'password' },
    'The login itself has every right, and what it did would be nobody’s.',
  ],
];

/** What the server says of settings that it cannot use, a line each. */
function problemsOf(settings: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig({ HOME: '/home/you', ...WORKING, ...settings });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error(`Nothing is wrong with ${JSON.stringify(settings)}.`);
}

/** Every mistake with what is said of it. */
export const settingsErrors = (): { readonly says: string; readonly why: string }[] =>
  MISTAKES.flatMap(([settings, why]) => problemsOf(settings).map((says) => ({ says, why })));

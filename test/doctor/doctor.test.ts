import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DoctorFlags, doctor } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config/config.ts';
import { type Check, checkLines, runDoctor } from '../../src/doctor/run-doctor.ts';
import { createLogger } from '../../src/logger.ts';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { nameKinds } from '../../tools/names.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { hasProgram, startRedis } from '../support/redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-doctor-'));
const fileOf = (name: string, content: string, mode = 0o600): string => {
  const file = join(folder, name);
  writeFileSync(file, content, { mode });
  return file;
};

let sandbox: Sandbox;
/** A server that answers as each test wants, and one that takes a port and says nothing. */
let canned: Server;
let answer: RequestListener;
let mute: Server;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
beforeAll(async () => {
  sandbox = await startSandbox({ tickets: 1 });
  canned = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  mute = createSocket((socket) => socket.end('no\r\n')).listen(0, '127.0.0.1');
  await Promise.all([once(canned, 'listening'), once(mute, 'listening')]);
});
afterAll(async () => {
  canned.close();
  mute.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

type Change = Record<string, string | undefined>;

/** What the command prints for the sandbox's settings with a change, as a live site's. */
async function examine(
  change: Change,
  flags: DoctorFlags = {},
  { environment } = sandbox,
): Promise<{ healthy: boolean; report: string }> {
  const lines: string[] = [];
  const state = join(folder, 'state');
  const healthy = await doctor({ CWM_STATE_DIR: state, ...environment, ...change }, flags, (line) => lines.push(line));
  return { healthy, report: lines.join('\n') };
}

/** The checks that failed or warn, with what differs from run to run replaced. */
const brokenOf = (report: string): string[] =>
  report
    .split(/\n(?=\S)/)
    .filter((check) => /^(FAIL|warn)/.test(check))
    .map((check) =>
      check
        .replaceAll(folder, 'FOLDER')
        .replaceAll(sandbox.url, 'SANDBOX')
        .replace(/127\.0\.0\.1:\d{2,}/g, 'HOST'),
    );

/** Every broken configuration ends in one check that fails or warns, in these words. */
async function finds(change: Change, found: string, flags: DoctorFlags = {}): Promise<void> {
  const { healthy, report } = await examine(change, flags);
  expect(brokenOf(report)).toEqual([found]);
  expect(healthy).toBe(found.startsWith('warn'));
}

/** The checks of the server that answers as the test wants, which is asked again and again at once. */
const examineCanned = (): Promise<readonly Check[]> =>
  runDoctor(
    readConfig({ ...sandbox.environment, CWM_SITE: `http://127.0.0.1:${portOf(canned)}` }, true),
    createLogger('silent'),
    { kinds: nameKinds, timing: noWaiting() },
  );

const key = ({ publicKey, privateKey }: { publicKey: string; privateKey: string }): Change => ({
  CWM_PUBLIC_KEY: publicKey,
  CWM_PRIVATE_KEY: privateKey,
});

describe('the doctor', () => {
  it('finds a good configuration healthy', async () => {
    const { healthy, report } = await examine({});
    expect(healthy).toBe(true);
    expect(report).toMatch(
      /member: Jordan Doe \(jdoe\)\nok {4}time zone: America\/New_York, the member's own\nEverything works\.$/,
    );
    expect(report).toMatch(/^ok {4}tools: 32 tools, \d+ of which write$/m);
  });

  it('tells whoever has set nothing how to begin', async () => {
    const nothing = Object.fromEntries(Object.keys(sandbox.environment).map((name) => [name, undefined]));
    // What the user of this machine has set up is theirs.
    const { healthy, report } = await examine({ ...nothing, XDG_CONFIG_HOME: folder, APPDATA: folder });
    expect(healthy).toBe(false);
    expect(report).toMatch(
      /CWM_CLIENT_ID is missing: .*\n {6}To try the server without keys, start it with --sandbox\.\nSomething is wrong/,
    );
  });

  it('tells whoever ran setup where it put the settings', async () => {
    const file = join(folder, 'config/cwm-mcp/acme.env');
    mkdirSync(join(folder, 'config/cwm-mcp'), { recursive: true });
    writeFileSync(file, 'CWM_SITE=na.myconnectwise.net\n');
    const nothing = Object.fromEntries(Object.keys(sandbox.environment).map((name) => [name, undefined]));
    const places = Object.fromEntries(['XDG_CONFIG_HOME', 'APPDATA'].map((name) => [name, join(folder, 'config')]));
    const { report } = await examine({ ...nothing, ...places });
    if (process.platform !== 'darwin')
      expect(report).toContain(`To use the settings that setup wrote, add --settings "${file}".\n`);
    expect((await examine({ ...nothing, ...places, CWM_SITE: 'na.myconnectwise.net' })).report).not.toContain(
      'setup wrote',
    );
  });

  it('gives the same as JSON, with ids that stay', async () => {
    const { healthy, report } = await examine({ CWM_MEMBER: 'jdo' }, { json: true, permissions: true });
    const { checks, ...rest } = JSON.parse(report);
    expect({ healthy, rest }).toEqual({ healthy: false, rest: { healthy: false } });
    expect(checks.map(({ id, level }: { id: string; level: string }) => `${id} ${level}`)).toEqual([
      ...['settings', 'journal', 'state', 'dns', 'tls', 'clock', 'access', 'version', 'tools', 'limits'].map(
        (id) => `${id} ok`,
      ),
      'member fail',
      'permissions ok',
    ]);
    expect(checks.find(({ id }: { id: string }) => id === 'member')).toEqual({
      id: 'member',
      name: 'member',
      level: 'fail',
      text: 'CWM_MEMBER "jdo" is not a member of this Manage. Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.',
      change: 'CWM_MEMBER: the identifier, e-mail or id of the person whose time is logged. Closest: jdoe.',
    });
  });

  it('gives JSON whatever ends it early', async () => {
    const json = { json: true, sandbox: true };
    const wrong: [Change, DoctorFlags, string, RegExp][] = [
      [{ CWM_CATALOG: join(folder, 'none.json') }, json, 'settings', /^CWM_CATALOG .* cannot be read/],
      [{}, { ...json, sandboxPort: portOf(mute) }, 'start', /is taken; choose another one with --sandbox-port\.$/],
      [{ CWM_TIME_ZONE: 'Mars' }, json, 'settings', /^CWM_TIME_ZONE "Mars" is not an IANA zone/],
      [{}, { json: true, settings: join(folder, 'none') }, 'settings', /^There is no settings file/],
      [{ CWM_CLIENT_ID: undefined }, { json: true }, 'settings', /^CWM_CLIENT_ID is missing/],
    ];
    for (const [change, flags, id, text] of wrong) {
      const { healthy, report } = await examine(change, flags);
      expect(healthy).toBe(false);
      expect(JSON.parse(report)).toMatchObject({
        healthy: false,
        checks: [{ id, level: 'fail', text: expect.stringMatching(text) }],
      });
    }
  });

  const blocked = fileOf('not-a-folder', '');
  const WHO = 'CWM_MEMBER: the identifier, e-mail or id of the person whose time is logged.';
  it.each<[string, Change, string]>([
    [
      'a key that is wrong',
      { CWM_PRIVATE_KEY: 'wrong-key' },
      'FAIL  clientId, keys, API version: The API credentials are not valid.\n      CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong, or the API member is inactive.',
    ],
    [
      'a key in quotes',
      { CWM_PRIVATE_KEY: '"sandboxPrivate"' },
      'FAIL  clientId, keys, API version: The API credentials are not valid.\n      CWM_PRIVATE_KEY holds quotes or blanks, which belong to no key: write the key alone.',
    ],
    [
      'a company before the key',
      { CWM_PUBLIC_KEY: 'northwind+sandboxPublic' },
      'FAIL  clientId, keys, API version: The API credentials are not valid.\n      CWM_PUBLIC_KEY holds a +: write the key alone; the company has a setting of its own.',
    ],
    [
      'a company that the site does not know',
      { CWM_COMPANY_ID: 'other' },
      'FAIL  clientId, keys, API version: The API credentials are not valid.\n      CWM_COMPANY_ID: this site knows no company "other"; write it as on the sign-in page, or check CWM_SITE.',
    ],
    [
      'another client id',
      { CWM_CLIENT_ID: '11111111-1111-4111-8111-111111111111' },
      'FAIL  clientId, keys, API version: The clientId header is missing or not known.\n      CWM_CLIENT_ID: use the client id of your integration from developer.connectwise.com.',
    ],
    [
      'a client id that is none',
      { CWM_CLIENT_ID: 'abc' },
      'FAIL  settings: CWM_CLIENT_ID has to be a GUID like 12345678-1234-1234-1234-123456789abc.',
    ],
    [
      'a site that is no host',
      { CWM_SITE: 'my site' },
      'FAIL  settings: CWM_SITE: "my site" is not a site. Write the host that you sign in to, like na.myconnectwise.net.',
    ],
    [
      'a site without an address',
      { CWM_SITE: 'https://manage.invalid' },
      "FAIL  DNS: manage.invalid has no address\n      CWM_SITE is misspelt, or this machine's DNS does not know it.",
    ],
    [
      'a port where nothing listens',
      { CWM_SITE: 'http://127.0.0.1:9' },
      'FAIL  TLS: nothing listens at 127.0.0.1:9\n      CWM_SITE: check the host and port, and whether a firewall blocks the connection.',
    ],
    [
      'a proxy that alone gets out',
      { CWM_SITE: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://proxy.example:8080' },
      'FAIL  TLS: nothing listens at 127.0.0.1:9\n      HTTPS_PROXY is set, but cwm-mcp connects directly: let it through the firewall, or check the host and port in CWM_SITE.',
    ],
    [
      'an API version that Manage does not have',
      { CWM_API_VERSION: '1999.1' },
      "FAIL  clientId, keys, API version: The HTTP resource that matches the request URI 'SANDBOX/v4_6_release/apis/3.0/system/info' does not support the API version '1999.1'.\n      CWM_API_VERSION: leave it out, or use a version that your Manage supports.",
    ],
    [
      'a description that is not there',
      { CWM_CATALOG: join(folder, 'none.json') },
      `FAIL  settings: CWM_CATALOG FOLDER/none.json cannot be read: ENOENT: no such file or directory, open 'FOLDER/none.json'.\n      CWM_CATALOG: make it again with catalog import, or leave it out.`,
    ],
    [
      'a file for a key that cannot be read',
      { CWM_PRIVATE_KEY: undefined, CWM_PRIVATE_KEY_FILE: join(folder, 'none') },
      'FAIL  settings: CWM_PRIVATE_KEY_FILE: the file FOLDER/none cannot be read.',
    ],
    [
      'two settings that contradict each other',
      { CW_MANAGE_PUBLIC_KEY: 'another' },
      'FAIL  settings: CWM_PUBLIC_KEY and CW_MANAGE_PUBLIC_KEY contradict each other; set only one of them.',
    ],
    [
      'a placeholder of the host',
      { CWM_PRIVATE_KEY: `\${env:KEY}` },
      `FAIL  settings: CWM_PRIVATE_KEY is \${env:KEY}: whatever starts the server did not put a value in its place.`,
    ],
    [
      'a setting that is not known',
      { CWM_TIMEZONE: 'America/New_York' },
      'FAIL  settings: CWM_TIMEZONE is not known. Did you mean CWM_TIME_ZONE?',
    ],
    [
      'a zone that is none',
      { CWM_TIME_ZONE: 'EST5' },
      'FAIL  settings: CWM_TIME_ZONE "EST5" is not an IANA zone; write one like America/Chicago or Europe/London.',
    ],
    [
      'a zone without daylight saving',
      { CWM_TIME_ZONE: 'Etc/GMT+5' },
      "warn  time zone: Etc/GMT+5 has no daylight saving; jdoe's own zone, America/New_York, has: for half of the year times are an hour off\n      CWM_TIME_ZONE: leave it out, or write America/New_York, unless jdoe works elsewhere.",
    ],
    [
      "a zone that is not the member's",
      { CWM_TIME_ZONE: 'Europe/Berlin' },
      "warn  time zone: Europe/Berlin; jdoe's own zone in Manage is America/New_York\n      CWM_TIME_ZONE: leave it out, or write America/New_York, unless jdoe works elsewhere.",
    ],
    [
      'nobody to work for',
      { CWM_MEMBER: undefined },
      `FAIL  member: Nobody is configured to work for: the keys belong to an API member, which can own no time and has no tickets. Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.\n      ${WHO}`,
    ],
    [
      'a member who is not there',
      { CWM_MEMBER: 'alex.chen@northwind-it.example' },
      `FAIL  member: CWM_MEMBER "alex.chen@northwind-it.example" is not a member of this Manage. Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.\n      ${WHO} Closest: achen, dlopez, mobrien.`,
    ],
    [
      'a member who has left',
      { CWM_MEMBER: 'rgone' },
      `FAIL  member: CWM_MEMBER "rgone" is an inactive member. Set CWM_MEMBER to the identifier, e-mail or id of the person that the server works for.\n      ${WHO}`,
    ],
    [
      'the API member',
      { CWM_MEMBER: 'apimcp' },
      `FAIL  member: apimcp is an API member, which can own no time and has no tickets\n      ${WHO} The keys stay those of the API member.`,
    ],
    [
      'keys that may not read members',
      key(SANDBOX.reader),
      'FAIL  member: You do not have security permission to perform this action.\n      The API member cannot read members: give its security role Inquire on System > Member Maintenance.',
    ],
    [
      'an operation pattern that selects nothing',
      { CWM_OPERATIONS: 'GET /servise/tickets' },
      'FAIL  tools: CWM_OPERATIONS: "GET /servise/tickets" selects no operation. Closest: getServiceTickets, GET /service/tickets, postServiceTickets. Patterns are like time/*, GET /service/tickets/*, POST /service/tickets, or an operation id.\n      Each of CWM_TOOLSETS, CWM_OPERATIONS, CWM_ALLOW and CWM_DENY has to name something that the others leave.',
    ],
    [
      'operations that write, read-only',
      { CWM_OPERATIONS: 'POST /service/tickets', CWM_READ_ONLY: 'true' },
      'FAIL  tools: CWM_OPERATIONS: "POST /service/tickets" selects operations that write, and CWM_READ_ONLY withholds them all\n      CWM_OPERATIONS: take "POST /service/tickets" out, or remove CWM_READ_ONLY.',
    ],
    [
      'operations that write and nothing else, read-only',
      { CWM_TOOLSETS: 'none', CWM_OPERATIONS: 'POST /service/tickets', CWM_READ_ONLY: 'true' },
      'FAIL  tools: CWM_READ_ONLY leaves no tool of CWM_OPERATIONS: they all write.\n      Each of CWM_TOOLSETS, CWM_OPERATIONS, CWM_ALLOW and CWM_DENY has to name something that the others leave.',
    ],
    [
      'limits that leave nothing of a toolset',
      { CWM_TOOLSETS: 'core,finance', CWM_DENY: 'finance' },
      'warn  tools: the other limits leave no tool of the toolset finance\n      CWM_TOOLSETS: take finance out, or look at CWM_READ_ONLY, CWM_ALLOW and CWM_DENY.',
    ],
    [
      'limits that leave nothing',
      { CWM_ALLOW: 'whoami', CWM_DENY: 'whoami' },
      'FAIL  tools: CWM_ALLOW and CWM_DENY leave no tool of those that CWM_TOOLSETS and CWM_OPERATIONS choose.\n      Each of CWM_TOOLSETS, CWM_OPERATIONS, CWM_ALLOW and CWM_DENY has to name something that the others leave.',
    ],
    [
      'a company that there is not',
      { CWM_COMPANIES: 'Acme Corp,Globx' },
      'FAIL  limits: CWM_COMPANIES: there is no company "Acme Corp".\n      CWM_COMPANIES and CWM_BOARDS: ids or names as Manage has them, "in quotes" where one holds a comma. Closest: Acme Corporation, Globex Manufacturing.',
    ],
    [
      'a board that there is not',
      { CWM_BOARDS: 'Help Dsk' },
      'FAIL  limits: CWM_BOARDS: there is no board "Help Dsk".\n      CWM_COMPANIES and CWM_BOARDS: ids or names as Manage has them, "in quotes" where one holds a comma. Closest: Help Desk.',
    ],
    [
      'a limit that is empty',
      { CWM_BOARDS: '' },
      'FAIL  settings: CWM_BOARDS is empty: give it a value, or leave it out.',
    ],
    [
      'a toolset that there is not',
      { CWM_TOOLSETS: 'finanse' },
      'FAIL  settings: CWM_TOOLSETS has no toolset "finanse". Did you mean finance? There are: all, core, service, company, time, system, project, schedule, sales, finance, procurement, marketing, expense, api.',
    ],
    [
      'a journal that cannot be written',
      { CWM_JOURNAL_DIR: join(blocked, 'j') },
      'FAIL  journal: The folder FOLDER/not-a-folder/j cannot be made (ENOTDIR).\n      CWM_JOURNAL_DIR or CWM_STATE_DIR: a folder that this user can write to; or CWM_JOURNAL=off.',
    ],
    [
      'a state folder that cannot be written',
      { CWM_STATE_DIR: join(blocked, 's'), CWM_JOURNAL: 'off' },
      'FAIL  state folder: The folder FOLDER/not-a-folder/s/requests cannot be made (ENOTDIR).\n      CWM_STATE_DIR: a folder that this user can write to.',
    ],
    ...(existsSync('/proc/self')
      ? ([
          [
            'a state folder where none can ever be made',
            { CWM_STATE_DIR: '/proc/none', CWM_JOURNAL: 'off' },
            'FAIL  state folder: The folder /proc/none/requests cannot be made (ENOENT).\n      CWM_STATE_DIR: a folder that this user can write to.',
          ],
        ] satisfies [string, Change, string][])
      : []),
    [
      'certificates that are not looked at',
      { CWM_CA_FILE: blocked },
      'FAIL  settings: CWM_CA_FILE: FOLDER/not-a-folder holds no certificate in PEM form.',
    ],
  ])('finds %s', (_, change, found) => finds(change, found));

  it('finds a port that is taken, unless a server of ours has it', async () => {
    answer = (_, response) => response.end('ok\n');
    await finds(
      { CWM_HTTP_PORT: String(portOf(mute)) },
      `FAIL  port: another program listens at port ${portOf(mute)}\n      CWM_HTTP_PORT, or http --port: choose another port.`,
    );
    expect((await examine({ CWM_HTTP_PORT: String(portOf(canned)) })).report).toContain(
      `ok    port: a server already answers at http://127.0.0.1:${portOf(canned)}`,
    );
    expect((await examine({ CWM_HTTP_PORT: '0' })).report).toContain('ok    port: http://127.0.0.1:0 is free');
  });

  it.each<[string, RequestListener, string]>([
    [
      'a web page in place of Manage',
      (_, response) => response.setHeader('content-type', 'text/html').end('<title>Hello</title>'),
      'FAIL  clientId, keys, API version: Manage answered with text/html instead of JSON.\n      CWM_SITE: what answers at HOST is not the API of Manage; write the host that you sign in to.',
    ],
    [
      'a host that sends callers elsewhere',
      (_, response) => response.writeHead(302, { location: 'https://example.com/' }).end(),
      'FAIL  clientId, keys, API version: Manage answered with a redirect to another place; it was not followed.\n      CWM_SITE: HOST sends callers elsewhere; write the host that it sends them to.',
    ],
    [
      'the host of the user interface',
      (_, response) =>
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"SSL is required."}'),
      'FAIL  clientId, keys, API version: SSL is required.\n      CWM_SITE: HOST is the host of the user interface; write api-HOST.',
    ],
    [
      'a company that is at another site',
      (request, response) =>
        request.url?.startsWith('/login')
          ? response.end('{"SiteUrl":"api-eu.myconnectwise.net"}')
          : response.writeHead(401).end(),
      'FAIL  clientId, keys, API version: Manage answered with status 401.\n      CWM_SITE: the company northwind is at api-eu.myconnectwise.net.',
    ],
  ])('finds %s', async (_, listener, found) => {
    answer = listener;
    const checks = await examineCanned();
    expect(brokenOf(checks.flatMap(checkLines).join('\n'))).toEqual([found]);
  });

  it('finds a clock that is off', async () => {
    answer = (_, response) => response.writeHead(200, { date: new Date(Date.now() - 600_000).toUTCString() }).end();
    expect((await examineCanned()).find(({ id }) => id === 'clock')).toMatchObject({
      level: 'fail',
      text: expect.stringMatching(/^(599|60[01]) seconds off the server's$/),
      change: "Set this machine's clock, for example by NTP.",
    });
  });

  it.skipIf(!hasProgram('redis-server'))('asks Redis, and finds a database that it does not have', async () => {
    const redis = await startRedis();
    const { host } = new URL(redis.url);
    expect((await examine({ CWM_REDIS_URL: redis.url })).report).toContain(`\nok    Redis: ${host} answers\n`);
    const elsewhere = await examine({ CWM_REDIS_URL: `${redis.url}/99` });
    expect(elsewhere.report).toContain(`FAIL  Redis: ${host}: ERR DB index is out of range\n`);
    await redis.kill();
  });

  it('finds what a server over HTTP needs and does not get', async () => {
    await finds(
      { CWM_REDIS_URL: 'redis://:hidden@127.0.0.1:9' },
      'FAIL  Redis: 127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9\n      CWM_REDIS_URL: check host, port, password and database; until it answers, every replica goes on by itself.',
    );
    await finds(
      { CWM_PEOPLE_FILE: fileOf('people.yaml', 'people:\n  - name: Jo\n') },
      'FAIL  people: CWM_PEOPLE_FILE FOLDER/people.yaml: person 1 (Jo): scopes is missing: it has to be one or several of read, write, admin.\n      CWM_PEOPLE_FILE: correct the file; see docs/sign-in.md.',
    );
    await finds(
      { CWM_PEOPLE_FILE: folder },
      'FAIL  people: FOLDER cannot be read (EISDIR)\n      CWM_PEOPLE_FILE: name a file.',
    );
    await finds(
      { CWM_METRICS_PORT: String(portOf(mute)) },
      `FAIL  metrics port: another program listens at port ${portOf(mute)}\n      CWM_METRICS_PORT: choose another port.`,
    );
    const none = fileOf('none.pem', 'nothing');
    await finds(
      { CWM_TLS_CERT_FILE: none, CWM_TLS_KEY_FILE: none },
      'FAIL  certificate: FOLDER/none.pem and FOLDER/none.pem hold no certificate with its key in PEM form (ERR_OSSL_PEM_NO_START_LINE)\n      CWM_TLS_CERT_FILE and CWM_TLS_KEY_FILE: the certificate with its chain, and the private key that belongs to it.',
    );
    const { login, password } = SANDBOX.integrator;
    const integrator = { CWM_INTEGRATOR_LOGIN: login, CWM_INTEGRATOR_PASSWORD: password };
    expect((await examine(integrator)).report).toContain(`ok    integrator login: ${login} is taken\n`);
    await finds(
      { ...integrator, CWM_INTEGRATOR_PASSWORD: 'wrong' },
      'FAIL  integrator login: The API credentials are not valid.\n      CWM_INTEGRATOR_LOGIN and CWM_INTEGRATOR_PASSWORD: Setup tables > Integrator login, with Member Impersonation.',
    );
    answer = (_, response) => response.end('{"issuer":"https://id.example.com"}');
    const issuer = `http://127.0.0.1:${portOf(canned)}`;
    await finds(
      { CWM_OAUTH_ISSUER: issuer, CWM_PUBLIC_URL: 'https://mcp.example.com/mcp' },
      'FAIL  OpenID provider: http://HOST does not say, at /.well-known/openid-configuration, that it is the issuer and where its keys are\n      CWM_OAUTH_ISSUER: write the issuer as the provider does, and let this machine reach it.',
    );
  });

  it('finds settings that others can read, and reads them', async () => {
    const file = fileOf('.env', `CWM_SITE=${sandbox.url}\n`, 0o644);
    await finds(
      { CWM_SITE: undefined },
      'warn  settings: FOLDER/.env holds keys, and others on this machine can read it\n      chmod 600 FOLDER/.env',
      { settings: file },
    );
    await finds({ CWM_SETTINGS: join(folder, 'none') }, 'FAIL  settings: There is no settings file FOLDER/none.');
  });

  it('compares the rights of the keys with those that the tools need', async () => {
    const all = await examine({}, { permissions: true });
    expect(all.report).toMatch(/ok {4}permissions: the keys have the \d+ rights that the tools need\n {6}Companies > /);
    const { healthy, report } = await examine(key(SANDBOX.technician), { permissions: true });
    expect(healthy).toBe(true);
    expect(report).toMatch(
      /warn {2}permissions: the keys lack \d+ of the \d+ rights .*\n {6}System > Security Roles: grant them .*\n/,
    );
    expect(report).toContain('missing: Finance > Invoicing: inquire (');
    const reader = await examine({ ...key(SANDBOX.reader), CWM_READ_ONLY: 'true' }, { permissions: true });
    expect(reader.report).toContain('missing: System > Table Setup: inquire (');
  });

  it("says which variable lets it trust an authority of one's own, and then trusts it", async () => {
    const secure = await startSandbox({ tickets: 1, tls: true });
    try {
      const distrusted = await examine({}, {}, secure);
      expect(distrusted.report).toMatch(/FAIL {2}TLS: self-signed.*set CWM_CA_FILE/s);
      const trusted = await examine({ CWM_CA_FILE: fileOf('ca.pem', secure.tls?.ca ?? '') }, {}, secure);
      expect(trusted).toMatchObject({ healthy: true, report: expect.stringMatching(/TLS: TLSv1/) });
      await finds(
        { CWM_SITE: sandbox.url.replace('http:', 'https:') },
        'FAIL  TLS: the server there does not speak TLS\n      CWM_SITE: check the port (default: 443).',
      );
    } finally {
      await secure.close();
    }
  });

  it('says where the journal is, or that it is off', async () => {
    const journal = join(folder, 'journal');
    expect((await examine({ CWM_JOURNAL_DIR: journal })).report).toContain(`journal: ${journal}, kept 90 days`);
    expect(readdirSync(journal)).toEqual([]);
    expect((await examine({ CWM_JOURNAL: 'off' })).report).toContain(
      'journal: off: nothing that is written can be undone',
    );
    mkdirSync(join(folder, 'files'));
    expect((await examine({ CWM_FILES_DIR: join(folder, 'files') })).report).toContain(
      `files folder: ${join(folder, 'files')}`,
    );
  });
});

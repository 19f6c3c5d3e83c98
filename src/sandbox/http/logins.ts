import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Failure } from '../contract/failure.ts';
import type { Form } from '../contract/request.ts';
import type { ApiKey } from '../credentials.ts';
import { stamp } from '../store/memory-collection.ts';
import type { SandboxRecord } from '../store/store.ts';

/** Who calls, and what only some logins may do. */
export interface Caller {
  readonly memberId: number;
  readonly identifier: string;
  /** Only an integrator login makes tokens to act as somebody else. */
  readonly isIntegrator: boolean;
}

export interface LoginOptions {
  readonly companyId: string;
  readonly clientId: string;
  readonly keys: readonly ApiKey[];
  /** The legacy integrator login. */
  readonly integrator: { readonly login: string; readonly password: string };
  /** What every member signs in with on the web. */
  readonly memberPassword: string;
  readonly memberOf: (identifier: string) => SandboxRecord | undefined;
  /** The sandbox's clock. */
  readonly now: () => Date;
}

/** What a token is: keys that act as a member until they expire. */
export interface Token {
  readonly publicKey: string;
  readonly privateKey: string;
  /** UTC, whole seconds. */
  readonly expiration: string;
}

const TOKEN_HOURS = 4;
/** More than a sandbox ever needs at a time; the oldest goes first. */
const MOST_TOKENS = 10_000;

const unauthorized = (message = 'The API credentials are not valid.'): Failure =>
  new Failure(401, { code: 'Unauthorized', message });

/** Everybody who can sign in: API members by their keys, integrators, members by token or by the web's cookies. */
export class Logins {
  readonly #options: LoginOptions;
  readonly #tokens = new Map<string, { privateKey: string; expires: number; caller: Caller }>();
  readonly #sessions = new Map<string, Caller>();

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  /** Ends every token and session. */
  reset(): void {
    this.#tokens.clear();
    this.#sessions.clear();
  }

  /** Who calls. @throws 401 for wrong keys, company or client id. That a missing client id is a 401 is this sandbox's choice. */
  authenticate(headers: IncomingHttpHeaders): Caller {
    const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
    const caller =
      scheme?.toLowerCase() === 'basic'
        ? this.#byKeys(Buffer.from(encoded, 'base64').toString('utf8'))
        : this.#byCookies(headers.cookie);
    if (caller === undefined) throw unauthorized();
    const clientId = headers.clientid;
    if (typeof clientId !== 'string' || clientId.toLowerCase() !== this.#options.clientId.toLowerCase())
      throw unauthorized('The clientId header is missing or not known.');
    return caller;
  }

  /** Keys that act as a member for four hours. */
  impersonate(member: SandboxRecord): Token {
    const expires = this.#options.now().getTime() + TOKEN_HOURS * 3_600_000;
    const [publicKey, privateKey] = [secret(), secret()];
    const caller = { memberId: member.id, identifier: String(member.identifier), isIntegrator: false };
    keep(this.#tokens, publicKey, { privateKey, expires, caller });
    return { publicKey, privateKey, expiration: stamp(new Date(expires)) };
  }

  /** Signs a member in as the web page does. Gives back what a session is known by, or nothing for a wrong name or password. */
  signIn(company: string, userName: string, password: string): { hash: string; identifier: string } | undefined {
    const member = this.#options.memberOf(userName);
    if (!this.#isOurs(company) || password !== this.#options.memberPassword) return undefined;
    if (member === undefined || member.inactiveFlag === true || member.licenseClass === 'A') return undefined;
    const hash = secret();
    const identifier = String(member.identifier);
    keep(this.#sessions, hash, { memberId: member.id, identifier, isIntegrator: false });
    return { hash, identifier };
  }

  #isOurs(company: string | undefined): boolean {
    return company?.toLowerCase() === this.#options.companyId.toLowerCase();
  }

  /** `company+public:private`, or `company+login:password`. */
  #byKeys(text: string): Caller | undefined {
    const [, company, name = '', password] = /^([^+]*)\+([^:]*):(.*)$/s.exec(text) ?? [];
    if (!this.#isOurs(company)) return undefined;
    const { integrator, keys } = this.#options;
    if (name === integrator.login && password === integrator.password)
      return { memberId: 0, identifier: integrator.login, isIntegrator: true };
    const token = this.#tokens.get(name);
    if (token !== undefined && token.privateKey === password) {
      if (token.expires > this.#options.now().getTime()) return token.caller;
      this.#tokens.delete(name);
      return undefined;
    }
    const key = keys.find((known) => known.publicKey === name && known.privateKey === password);
    return key && { memberId: key.memberId, identifier: key.identifier, isIntegrator: false };
  }

  /** The cookies that the web page sets: company, hash of the session, member. Their names come in any letter case. */
  #byCookies(header: string | undefined): Caller | undefined {
    const cookies = new Map(
      (header ?? '').split(';').map((pair): [string, string] => {
        const [name = '', value = ''] = pair.trim().split(/=(.*)/s);
        return [name.toLowerCase(), safeDecode(value)];
      }),
    );
    const caller = this.#sessions.get(cookies.get('memberhash') ?? '');
    const isSame = cookies.get('memberid')?.toLowerCase() === caller?.identifier.toLowerCase();
    return caller !== undefined && isSame && this.#isOurs(cookies.get('companyname')) ? caller : undefined;
  }
}

const secret = (): string => randomBytes(12).toString('base64url');

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_TOKENS && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Fields of a form, urlencoded or multipart, by lower-case name: clients spell `CompanyName` and `companyname`. */
function formFields(form: Form | undefined, bytes: Buffer): ReadonlyMap<string, unknown> {
  if (form !== undefined) return form;
  const pairs = [...new URLSearchParams(bytes.toString('utf8'))];
  return new Map(pairs.map(([name, value]): [string, string] => [name.toLowerCase(), value]));
}

export interface SignInAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
}

/**
 * The web page's own sign-in (`login.aspx?response=json`), which legacy clients use for its cookies. Known are the fields that are
 * sent and `Success` and `Hash` of the answer; the rest of the answer is this sandbox's own.
 */
export function signIn(logins: Logins, companyId: string, form: Form | undefined, bytes: Buffer): SignInAnswer {
  const fields = formFields(form, bytes);
  const session = logins.signIn(
    String(fields.get('companyname') ?? ''),
    String(fields.get('username') ?? ''),
    String(fields.get('password') ?? ''),
  );
  if (session === undefined)
    return { body: { Success: false, Error: 'Invalid company, user name or password.' }, cookies: [] };
  const { hash, identifier } = session;
  const values = { companyName: companyId, memberHash: hash, memberID: identifier, memberContext: 'web' };
  return {
    body: { Success: true, Hash: hash, CompanyName: companyId, MemberID: identifier },
    cookies: Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}; path=/; HttpOnly`),
  };
}

import type { Form } from './form.ts';
import type { Logins } from './logins.ts';

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

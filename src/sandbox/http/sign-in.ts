import type { Logins } from './logins.ts';

/** Fields of a form, urlencoded or multipart, by lower-case name: clients spell `CompanyName` and `companyname`. */
function formFields(contentType: string, text: string): ReadonlyMap<string, string> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const pairs: Iterable<[string, string]> =
    boundary === undefined
      ? new URLSearchParams(text)
      : text.split(`--${boundary}`).flatMap((part): [string, string][] => {
          const [, name, value] = /name="([^"]*)"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n([\s\S]*?)\r?\n$/.exec(part) ?? [];
          return name === undefined ? [] : [[name, value ?? '']];
        });
  return new Map([...pairs].map(([name, value]): [string, string] => [name.toLowerCase(), value]));
}

export interface SignInAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
}

/**
 * The web page's own sign-in (`login.aspx?response=json`), which legacy clients use for its cookies. Known are the fields that are
 * sent and `Success` and `Hash` of the answer; the rest of the answer is this sandbox's own.
 */
export function signIn(logins: Logins, companyId: string, contentType: string, text: string): SignInAnswer {
  const fields = formFields(contentType, text);
  const session = logins.signIn(
    fields.get('companyname') ?? '',
    fields.get('username') ?? '',
    fields.get('password') ?? '',
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

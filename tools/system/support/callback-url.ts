import { ToolInputError } from '../../../src/tool/index.ts';

const SECRET = /key|token|secret|sig|pass|auth|code/i;

/**
 * An address that Manage may call: https, because records travel in the body. The sandbox delivers to this machine alone, where
 * plain http does no harm.
 * @throws {ToolInputError}
 */
export function checkedUrl(given: string, sandbox: boolean): string {
  const text = given.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = sandbox && url?.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol !== 'https:' && !local)
    throw new ToolInputError('url', 'url has to be an https address, like https://hooks.example.com/manage?recordId=');
  if (url?.username !== '' || url.password !== '')
    throw new ToolInputError(
      'url',
      'url may not hold a user name or password: everybody who lists callbacks reads it.',
    );
  return text;
}

/** An address as it may be read aloud: values of parameters that look like keys are hidden. */
export function shownUrl(text: unknown): string {
  const given = String(text ?? '');
  if (!URL.canParse(given)) return given;
  const url = new URL(given);
  for (const name of [...url.searchParams.keys()])
    if (SECRET.test(name) && url.searchParams.get(name) !== '') url.searchParams.set(name, 'hidden');
  if (url.password !== '') url.password = 'hidden';
  return url.href;
}

/** Manage writes the record's id behind the address: said where the address does not expect it. */
export const urlRemark = (url: string): string =>
  /[=/]$/.test(url)
    ? ''
    : `Manage appends the record's id: it will call ${shownUrl(url)}<id>&action=added. End the url with ?recordId=.`;

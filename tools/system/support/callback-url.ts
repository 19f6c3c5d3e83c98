import { urlMasked } from '../../../src/api/meanings.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

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
    throw new ToolInputError(
      'url',
      say`url has to be an https address, like https://hooks.example.com/manage?recordId=`,
    );
  if (url?.username !== '' || url.password !== '')
    throw new ToolInputError(
      'url',
      say`url may not hold a user name or password: everybody who lists callbacks reads it.`,
    );
  return text;
}

/** An address as it may be read aloud: keys in it are hidden. */
export const shownUrl = (url: unknown): Clean => cleanLine(urlMasked(url));

/** Manage writes the record's id behind the address: said where the address does not expect it. */
export const urlRemark = (url: string): Clean | undefined =>
  /[=/]$/.test(url)
    ? undefined
    : say`Manage appends the record's id: it will call ${shownUrl(url)}<id>&action=added. End the url with ?recordId=.`;

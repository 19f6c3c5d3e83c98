import { inTurns } from '../../in-turns.ts';
import { isRecord, isTooDeep } from '../../json.ts';
import { cleanLine } from '../../text/index.ts';
import {
  AnswerTooLarge,
  BadRequest,
  Conflict,
  Forbidden,
  type ManageError,
  type ManageErrorDetails,
  type ManageFieldError,
  NotFound,
  RateLimited,
  RedirectRefused,
  ServerFailure,
  Unauthorized,
} from '../errors.ts';
import { LONGEST_PAUSE } from '../limits/budget.ts';
import { reasonOf } from '../reasons.ts';
import { lazyRows } from './lazy-rows.ts';
import { isListBegun, isNestedTooDeep, LARGEST_RECORD, MOST_ROWS_AT_ONCE } from './row-ends.ts';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** A header of an answer, by its name in lower case; several of one name joined. */
export function header(answer: RawAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/**
 * The targets of a `Link` header by relation, for example `next`. An empty header gives an empty map: that is how forward-only
 * paging says that a page is the last one.
 */
export function parseLink(header: string): Map<string, string> {
  const links = new Map<string, string>();
  for (const [, target = '', parameters = ''] of header.matchAll(
    /<([^<>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))/i.exec(parameters);
    for (const name of (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/)) {
      if (name !== '') links.set(name, target);
    }
  }
  return links;
}

/** Whether forward-only paging says that nothing follows this page: its header is there, and empty. */
export const isLastPage = (answer: RawAnswer): boolean => header(answer, 'link') === '';

/** Seconds of a `Retry-After` header: a number, or an HTTP date. `undefined` when it says nothing usable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** The file name of a `Content-Disposition` header, without a folder; the encoded form (RFC 6266) before the plain one. */
export function fileNameOf(disposition: string): string | undefined {
  const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^";\s]+))/i.exec(disposition);
  let name = plain?.[1] ?? plain?.[2];
  if (encoded !== undefined && !/%(?![0-9a-f]{2})/i.test(encoded)) {
    try {
      name = decodeURIComponent(encoded);
    } catch {
      // Not UTF-8 after all: the plain one has to do.
    }
  }
  return name?.split(/[/\\]/).at(-1) || undefined;
}

const isJson = (answer: RawAnswer): boolean => /[/+]json\b/i.test(header(answer, 'content-type') ?? '');

/** What gateways say when they gave up on a request that Manage may still be working on, whatever the body looks like. */
const GIVEN_UP: ReadonlySet<number> = new Set([408, 502, 503, 504]);

/**
 * Whether an answer that is no success tells that the request is over: Manage itself failed. What a proxy says in its place, and
 * a redirect, end nothing.
 */
export const endsWrite = (answer: RawAnswer): boolean =>
  answer.status >= 400 && isJson(answer) && !GIVEN_UP.has(answer.status);

/** Whether the deed may have been done though the answer is no success. 401, 403 and other refusals come before it. */
export const mayBeDone = ({ status }: RawAnswer): boolean => status < 400 || status === 408 || status >= 500;

/** More of a message than anybody reads. */
const LONGEST_MESSAGE = 500;
/** Where a message is looked for: an answer can be as long as the server likes. */
const LOOKED_AT = 20_000;

/** Text of somebody else's server, fit for our messages: clean, on one line, 500 characters. */
export const plainMessage = (text: string): string => cleanLine(text.slice(0, LOOKED_AT)).slice(0, LONGEST_MESSAGE);

/** What a proxy's or web server's page says in its title; its body is never passed on. */
function titleOf(page: string): string {
  const head = page.slice(0, LOOKED_AT);
  const lower = head.toLowerCase();
  const tag = lower.indexOf('<title');
  const start = tag < 0 ? -1 : lower.indexOf('>', tag);
  const end = start < 0 ? -1 : lower.indexOf('</title', start);
  return end < 0 ? '' : plainMessage(head.slice(start + 1, end));
}

/** Bytes of an answer that is no success, as far as they are read as JSON: a hundred field errors have some kilobytes. */
const LONGEST_REFUSAL = 512 * 1024;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** More than anybody reads of one refusal. */
const MOST_FIELD_ERRORS = 100;

const fieldErrors = (list: unknown): ManageFieldError[] =>
  !Array.isArray(list)
    ? []
    : list
        .slice(0, MOST_FIELD_ERRORS)
        .filter(isRecord)
        .map((entry) => ({
          code: textOf(entry.code),
          resource: textOf(entry.resource),
          field: textOf(entry.field),
          message: plainMessage(String(entry.message ?? '')),
        }));

const CLASSES: Readonly<Record<number, new (message: string, details: ManageErrorDetails) => ManageError>> = {
  401: Unauthorized,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  429: RateLimited,
};

/** What an error about an answer says of it. */
const detailsOf = (answer: RawAnswer, operation: string): ManageErrorDetails => ({
  operation,
  status: answer.status,
  requestId: header(answer, 'x-cw-request-id'),
});

/** The error that an answer stands for, whatever its body is: Manage's envelope, the shape of its throttle, HTML, text, nothing. */
export function errorOf(answer: RawAnswer, operation: string, now: number): ManageError {
  // A refusal says little; a longer answer is not worth reading whole.
  const isShort = answer.body.length <= LONGEST_REFUSAL;
  const text = new TextDecoder().decode(isShort ? answer.body : answer.body.subarray(0, LOOKED_AT));
  const parsed = isShort && isJson(answer) ? parseJson(text) : undefined;
  const envelope = isRecord(parsed) ? parsed : undefined;
  const said = envelope === undefined ? titleOf(text) : plainMessage(String(envelope.message ?? envelope.error ?? ''));
  const asked = retryAfter(header(answer, 'retry-after'), now) ?? secondsSaid(answer.status, said);
  const seconds = asked === undefined ? undefined : Math.min(asked, LONGEST_PAUSE / 1000);
  const ofFields = fieldErrors(envelope?.errors);
  const details: ManageErrorDetails = {
    ...detailsOf(answer, operation),
    code: textOf(envelope?.code),
    reason: reasonOf([said, ...ofFields.map(({ message }) => message)]),
    retryAfterSeconds: seconds,
    fieldErrors: ofFields,
    isPage: envelope === undefined && (isShort || !isJson(answer)),
  };
  if (answer.status >= 300 && answer.status < 400) {
    return new RedirectRefused('Manage answered with a redirect to another place; it was not followed.', details);
  }
  const message = said === '' ? `Manage answered with status ${answer.status}.` : said;
  const cap = asked === seconds ? '' : ` Manage asks for a pause of ${asked} seconds; it is taken for ${seconds}.`;
  const Class = CLASSES[answer.status] ?? (answer.status >= 500 ? ServerFailure : BadRequest);
  return new Class(`${message}${cap}`, details);
}

/** "Please try again in 30 seconds." */
function secondsSaid(status: number, message: string): number | undefined {
  const seconds = status === 429 ? /in (\d+) seconds?/i.exec(message)?.[1] : undefined;
  return seconds === undefined ? undefined : Number(seconds);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Nothing but levels, as many bytes take longer to parse than anybody should wait. */
const DEEP = 64 * 1024;

const ENVELOPE: ReadonlySet<string> = new Set(['code', 'message', 'errors']);

/**
 * The value of a successful answer, of a long one that is known not to be nested too deep. Absent for 204 and empty bodies.
 * @throws {ServerFailure} when it is not the JSON that it should be: a page of a proxy, or cut short.
 */
export function contentOf(answer: RawAnswer, operation: string): unknown {
  if (answer.status === 204 || answer.body.length === 0) return undefined;
  const details = detailsOf(answer, operation);
  const value = isJson(answer) ? parseJson(new TextDecoder().decode(answer.body)) : undefined;
  if (Array.isArray(value) && value.length > MOST_ROWS_AT_ONCE)
    throw new AnswerTooLarge(operation, MOST_ROWS_AT_ONCE, 'rows');
  // A longer one has been looked through as bytes.
  if (answer.body.length <= DEEP && isTooDeep(value)) throw tooDeep(details);
  if (value === undefined) {
    const what = isJson(answer)
      ? 'cut-off or broken JSON'
      : `${header(answer, 'content-type') ?? 'something untyped'} instead of JSON`;
    throw new ServerFailure(`Manage answered with ${what}.`, details);
  }
  // What a session that has ended, or a gateway, says with status 200.
  if (isRecord(value) && typeof value.message === 'string' && Object.keys(value).every((name) => ENVELOPE.has(name)))
    throw new ServerFailure(`Manage answered with a message instead of data: ${plainMessage(value.message)}`, details);
  return value;
}

const tooDeep = (details: ManageErrorDetails): ServerFailure =>
  new ServerFailure('Manage answered with JSON that is nested too deep.', details);

/** Longer answers are parsed in turns with other work. */
const LARGE = 256 * 1024;

/**
 * What a successful answer says; a large list is parsed piece by piece.
 * @param asked `lazy` for the rows of a list as `lazyRows` gives them, parsed when they are read; they are counted unless the answer
 * says that nothing follows
 * @throws {ServerFailure} when it is not the JSON that it should be; {AnswerTooLarge} for a record that cannot be parsed piece by
 * piece; the signal's reason
 */
export async function contentInTurns(
  answer: RawAnswer,
  { operation, lazy = false }: { readonly operation: string; readonly lazy?: boolean | undefined },
  signal: AbortSignal,
): Promise<unknown> {
  const isLarge = answer.body.length > LARGE;
  if ((lazy || isLarge) && answer.status !== 204 && isJson(answer)) {
    const counted = lazy && !isLastPage(answer);
    const rows = await lazyRows(answer.body, { operation, counted }, signal);
    if (rows !== undefined) return lazy ? rows : inTurns(rows, (row) => row, signal);
    if (answer.body.length > LARGEST_RECORD) throw new AnswerTooLarge(operation, LARGEST_RECORD);
    // To parse it would only take long, and it has more values than a record may: it is no record, and can be asked for again.
    if (isLarge && isListBegun(answer.body))
      throw new ServerFailure(
        'Manage answered with a list that is cut off, broken or nested too deep.',
        detailsOf(answer, operation),
      );
  }
  if (answer.body.length > DEEP && isJson(answer) && (await isNestedTooDeep(answer.body, operation, signal)))
    throw tooDeep(detailsOf(answer, operation));
  return contentOf(answer, operation);
}

import type { ApiDescription, HttpMethod, Operation } from '../../api/index.ts';
import { elsewhere, lacking } from '../../api/versions.ts';
import { type Advice, adviseOn, closestOperations } from '../../api/wrong-paths.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import { toolNameMeant } from './tool-name.ts';

export interface NamedOperation {
  readonly operation: Operation;
  /** Values that stood in the path itself: `GET /service/tickets/4711`. */
  readonly pathValues: Readonly<Record<string, string>>;
  /** Parameters that stood behind a `?`. */
  readonly queryValues: Readonly<Record<string, string>>;
}

/** Longer than any path with its method and a query. */
const LONGEST = 4_000;

/** A method before the path, as people write it; a path or link alone is read. */
const METHOD = /^(GET|POST|PUT|PATCH|DELETE)\s+(?=\S)/i;
/** What stands before the path in a link of Manage: the site, the codebase, the version. The links in `_info` double a slash. */
const SITE = /^https?:\/\/[^/\s]+/i;
const ROOT = /^\/?(?:v\d[\w.]*\/)?apis\/\d[\d.]*(?=\/)/i;

type NamingContext = Pick<ToolContext, 'api' | 'search' | 'searchTools' | 'allows'>;

interface Said {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A name of an operation taken apart: `GET https://na.../v4_6_release/apis/3.0//service/tickets/7?fields=id` too. */
function takenApart(given: string): Said {
  const text = given.trim();
  const method = METHOD.exec(text)?.[1]?.toUpperCase();
  const place = text.replace(METHOD, '').trim();
  const [whole = '', ...rest] = place.split('?');
  const isLink = SITE.test(whole);
  const path = whole
    .replace(SITE, '')
    .replace(ROOT, '')
    .replace(/\/{2,}/g, '/');
  const query = Object.fromEntries(new URLSearchParams(rest.join('?')));
  return { method: method ?? (isLink || path.startsWith('/') ? 'GET' : undefined), path, query };
}

/** `service/tickets/7` is a path as well; an id of an operation and words have no slash. */
const withSlash = ({ method, path, query }: Said): Said =>
  /^[a-z]+\/\S+$/i.test(path) ? { method: method ?? 'GET', path: `/${path}`, query } : { method, path, query };

/** The host in a link, as `na.myconnectwise.net`; `undefined` where a path or an id was sent. */
const hostOf = (given: string): string | undefined => {
  const site = SITE.exec(given.trim().replace(METHOD, '').trim())?.[0];
  return site !== undefined && URL.canParse(site) ? new URL(site).host : site;
};

/** The user interface and the API of a cloud site have one name, the API's with `api-` before it. */
const sameSite = (host: string): string => host.toLowerCase().replace(/^api-/, '');

/** The hosts of ConnectWise's cloud, which examples and documentation show. */
const CLOUD = /(^|\.)myconnectwise\.net$/i;

/**
 * Records of another Manage have the same ids as ours, so a link there would reach a record that nobody means. The sandbox is no
 * site of its own: there a link to the cloud means the sandbox's record.
 * @throws {ToolInputError} for a link to another host than the site's
 */
export function refuseOtherSite(given: string, { site, sandbox }: ToolContext['server']): void {
  const host = hostOf(given);
  if (host === undefined || sameSite(host) === sameSite(site) || (sandbox && CLOUD.test(host))) return;
  throw new ToolInputError(
    'operation',
    say`The link is one of ${cleanLine(host)}, and this server works for ${cleanLine(site)}.`,
    { next: 'Send the path alone, like "GET /service/tickets/{id}", if the record here is meant.' },
  );
}

/** Why the site's version does not have an operation that others have, and what does the same there. */
function lackingText(operation: Operation, api: ApiDescription, instead: Advice | undefined): Clean {
  const why = say`${cleanLine(`${operation.method} ${operation.path}`)} ${cleanLine(lacking(operation, api))}.`;
  if (instead === undefined) return why;
  const use = instead.operations.filter((name) => api.find(name) !== undefined).map(cleanLine);
  return use.length === 0 ? why : say`${why} ${cleanLine(instead.advice)} Use ${joined(use, ' or ')}.`;
}

/**
 * The operation that a caller means: an id, a method with a template, a method with a concrete path, or a link of Manage. A query
 * behind a `?` comes back as values.
 * @throws {ToolInputError} with what to use instead: known wrong paths with advice, others with the closest real ones; and for an
 * operation that the operator's limits exclude
 */
export async function namedOperation(context: NamingContext, given: string): Promise<NamedOperation> {
  const named = await meantOperation(context, given);
  if (context.allows(named.operation)) return named;
  throw new ToolInputError(
    'operation',
    say`The operator's limits (CWM_ALLOW, CWM_DENY, CWM_LOCKDOWN) do not allow ${named.operation.method} ${cleanLine(named.operation.path)}.`,
    { next: 'search_operations finds what is allowed.' },
  );
}

async function meantOperation(
  { api, search, searchTools, allows }: NamingContext,
  given: string,
): Promise<NamedOperation> {
  if (given.length > LONGEST)
    throw new ToolInputError('operation', say`operation takes at most ${LONGEST} characters.`, {
      next: 'Name one as "GET /service/tickets/{id}".',
    });
  const { method, path, query } = withSlash(takenApart(given));
  const text = method === undefined ? path : `${method} ${path}`;
  const found = api.find(text);
  if (found !== undefined) return { operation: found, pathValues: {}, queryValues: query };
  const concrete = method !== undefined && path.startsWith('/');
  const matched = concrete ? api.match(method as HttpMethod, path) : undefined;
  const advice = adviseOn(text, api);
  // `/system/members/search` would be a member called "search": whoever writes it means something else.
  if (matched !== undefined && advice === undefined) return { ...matched, queryValues: query };
  const said = cleanLine(text);
  const other = matched === undefined ? elsewhere(api, text) : undefined;
  if (other !== undefined) throw new ToolInputError('operation', lackingText(other, api, advice));
  if (advice !== undefined) {
    const instead = advice.operations.map(cleanLine);
    const use = instead.length > 0 ? say` Use ${joined(instead, ' or ')}.` : say``;
    throw new ToolInputError('operation', say`${said} does not exist. ${cleanLine(advice.advice)}${use}`);
  }
  // Words instead of a path are what the search is for, and mostly a tool does what they say.
  const words = text.includes('/') ? undefined : toolNameMeant(text).replaceAll('_', ' ');
  const near =
    words === undefined
      ? closestOperations(api, text).filter((name) => allows(api.find(name) as Operation))
      : [
          ...(await searchTools(words, 1)).map(({ name }) => `the tool ${name}`),
          ...(await search(words, { limit: 2 })).map(({ operation }) => `${operation.method} ${operation.path}`),
        ];
  const closest = near.length > 0 ? say` Closest: ${joined(near.map(cleanLine), ', ')}.` : say``;
  throw new ToolInputError('operation', say`There is no operation "${said}".${closest}`, {
    next: 'search_operations finds operations by what they do; name one as "GET /service/tickets/{id}".',
  });
}

/**
 * The operation that a caller means, of any version, and why the site does not have it.
 * @throws {ToolInputError} as `namedOperation`, for what no version has
 */
export async function anyOperation(
  context: NamingContext,
  given: string,
): Promise<{ readonly operation: Operation; readonly lacking?: string }> {
  const { api } = context;
  const { method, path } = takenApart(given);
  const text = method === undefined ? path : `${method} ${path}`;
  const other = given.length > LONGEST || api.find(text) !== undefined ? undefined : api.whole.find(text);
  if (other !== undefined && context.allows(other)) return { operation: other, lacking: lacking(other, api) };
  return { operation: (await namedOperation(context, given)).operation };
}

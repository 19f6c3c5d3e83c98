import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { executorOf, type ToolDefinition, type View } from '../tool/index.ts';

/** What marks a resource as an MCP Apps view (extension `io.modelcontextprotocol/ui`, 2026-01-26). */
const VIEW_MIME_TYPE = 'text/html;profile=mcp-app';

const TITLES: Readonly<Record<View, string>> = {
  timesheet: 'A time sheet as a calendar of its days',
  ticket: 'A ticket with its conversation',
  report: 'A report as charts and a table',
  tickets: 'Tickets as a list or a board, to work on',
  dispatch: 'A day of technicians by its hours, to dispatch',
};

/** Tools by which a view changes and reads things, beside the one that it draws. */
const ACTS: Readonly<Record<View, readonly string[]>> = {
  timesheet: ['log_time', 'submit_timesheet'],
  ticket: ['add_ticket_note', 'add_attachment', 'log_time'],
  report: [],
  tickets: ['get_ticket', 'lookup_values', 'update_ticket', 'add_ticket_note', 'add_attachment', 'log_time'],
  dispatch: ['find_free_time', 'schedule_work', 'update_schedule_entry'],
};

const isView = (name: string): name is View => Object.hasOwn(TITLES, name);

const uriOf = (view: View): string => `ui://manage/${view}`;

/** What tells a host which view to show for a tool; other clients pass over it. */
export const viewMeta = (view: View): { ui: { resourceUri: string } } => ({ ui: { resourceUri: uriOf(view) } });

/** What a view is to know beside a result. */
interface Aside {
  /** What the tool has for it. */
  readonly own: unknown;
  /** Tools that the caller's list has. */
  readonly listed: readonly ToolDefinition[];
  /** Tools that the caller can run by name. */
  readonly reachable: readonly ToolDefinition[];
  readonly baseUrl: string;
  readonly companyId: string;
}

/** The listed tool by which an unlisted one is run; `undefined` where it cannot be run. */
function runBy(name: string, { listed, reachable }: Aside): string | undefined {
  const tool = reachable.find((one) => one.name === name);
  if (tool === undefined) return undefined;
  const executor = executorOf(tool);
  return listed.some((one) => one.name === executor) ? executor : undefined;
}

/**
 * What a view is told beside a result and the model is not: the tools that it may offer and those of them that another one runs, where
 * Manage itself opens records, and what the tool has for views. A view has no other way to learn any of it.
 * @param view of the tool; a tool without one may be read by the views of others
 */
export function viewAside(view: View | undefined, aside: Aside): Readonly<Record<string, unknown>> {
  const { own, listed, baseUrl, companyId } = aside;
  if (view === undefined) return { 'cwm-mcp/view': { own } };
  const unlisted = ACTS[view].filter((name) => !listed.some((tool) => tool.name === name));
  const through = Object.fromEntries(
    unlisted.flatMap((name) => {
      const executor = runBy(name, aside);
      return executor === undefined ? [] : [[name, executor] as const];
    }),
  );
  const offers = ACTS[view].filter((name) => !unlisted.includes(name) || name in through);
  return { 'cwm-mcp/view': { offers, through, records: recordsAt(baseUrl, companyId), own } };
}

/** The address at which the web client of Manage opens a record of a type and id; `undefined` for the sandbox, which has none. */
function recordsAt(baseUrl: string, companyId: string): string | undefined {
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:') return undefined;
  url.hostname = url.hostname.replace(/^api-/, '');
  const [root] = url.pathname.split('/apis/');
  url.pathname = `${root}/services/system_io/router/openrecord.rails`;
  url.search = new URLSearchParams({ locale: 'en_US', companyName: companyId }).toString();
  return url.href;
}

/** The views of some tools, as `resources/list` has them. */
export function viewResources(tools: readonly ToolDefinition[]): { uri: string; name: string; mimeType: string }[] {
  const views = new Set(tools.flatMap(({ view }) => view ?? []));
  return [...views].map((view) => ({
    uri: uriOf(view),
    name: `${view}-view`,
    title: TITLES[view],
    mimeType: VIEW_MIME_TYPE,
  }));
}

/** Beside the bundle, or in `dist` when the sources run. */
function fileOf(view: View): URL {
  const places = [`./views/${view}.html`, `../../dist/views/${view}.html`].map(
    (place) => new URL(place, import.meta.url),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error('The views are missing: run `npm run build` first.');
  return found;
}

/** One entry of a `resources/read` answer. */
export interface ViewContent {
  readonly mimeType: string;
  readonly text: string;
  readonly _meta: Readonly<Record<string, unknown>>;
}

/**
 * The page of a view, read when somebody asks for it, which most clients never do. `undefined` for another URI.
 * The page is whole in itself, so that it asks for no origin and no permission; a host may refuse it all network.
 */
export async function readView(uri: string): Promise<ViewContent | undefined> {
  const [, name = ''] = /^ui:\/\/manage\/(.+)$/.exec(uri) ?? [];
  if (!isView(name)) return undefined;
  const text = await readFile(fileOf(name), 'utf8');
  return {
    mimeType: VIEW_MIME_TYPE,
    text,
    _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: true } },
  };
}

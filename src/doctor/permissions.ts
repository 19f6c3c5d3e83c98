import type { ApiDescription, Operation } from '../api/index.ts';
import { LEVELS, type Right, rightsNeeded, rightsOf, type Verdict } from '../api/rights.ts';
import { Forbidden, type ManageClient, type ManageReader } from '../manage/index.ts';
import { type Finding, ok, warn } from './finding.ts';
import type { OfferedTool } from './tools.ts';

/** Asks for the security role of the keys. */
export type ReadRole = (manage: ManageReader) => Promise<(right: Right) => Verdict>;

interface Need {
  readonly right: Right;
  readonly tools: Set<string>;
  readonly operations: Set<Operation>;
}

const keyOf = ({ name, level }: Right): string => `${name}: ${level}`;

/** Every right that tools need, with the tools and the operations that need it. */
function needsOf(tools: readonly OfferedTool[], api: ApiDescription): Need[] {
  const needs = new Map<string, Need>();
  for (const tool of tools) {
    for (const { operation, right } of rightsNeeded(api, tool.uses)) {
      const need = needs.get(keyOf(right)) ?? { right, tools: new Set(), operations: new Set() };
      need.tools.add(tool.name);
      need.operations.add(operation);
      needs.set(keyOf(right), need);
    }
  }
  const order = ({ right }: Need): string => `${right.name} ${LEVELS.indexOf(right.level)}`;
  return [...needs.values()].sort((a, b) => order(a).localeCompare(order(b)));
}

/** Whether Manage refuses one of the lists that a right is for. Only what reads can be tried. */
async function isRefused({ operations }: Need, manage: ManageClient): Promise<boolean> {
  const lists = [...operations].filter(
    ({ method, path, queryParameters }) =>
      method === 'GET' && !path.includes('{') && queryParameters.some(({ name }) => name === 'pageSize'),
  );
  const refusals = await Promise.all(
    lists.map(({ method, path }) =>
      manage.get(`${method} ${path}`, { query: { pageSize: 1 } }).then(
        () => false,
        (error: unknown) => error instanceof Forbidden,
      ),
    ),
  );
  return refusals.includes(true);
}

/** Tools that are named for one right. */
const MOST = 6;

function lineOf({ right, tools }: Need, verdict: Verdict): string {
  const names = [...tools];
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return `${verdict}: ${keyOf(right)} (${names.slice(0, MOST).join(', ')}${more})`;
}

/**
 * The rights that the offered tools need, against what the role of the keys grants: what it says of itself, and what Manage refuses
 * when it is tried.
 * @param api the API as the site has it
 */
export async function checkPermissions(
  { tools, api, manage }: { tools: readonly OfferedTool[]; api: ApiDescription; manage: ManageClient },
  readRole: ReadRole,
): Promise<Finding> {
  const needs = needsOf(tools, api);
  const verdictOn = await readRole(manage).catch(() => (): Verdict => 'not listed');
  const judged = await Promise.all(
    needs.map(async (need) => {
      const verdict = verdictOn(need.right);
      return {
        need,
        verdict: verdict === 'missing' || !(await isRefused(need, manage)) ? verdict : 'missing',
      } as const;
    }),
  );
  const of = (wanted: Verdict): string[] =>
    judged.filter(({ verdict }) => verdict === wanted).map(({ need, verdict }) => lineOf(need, verdict));
  const [missing, own] = [of('missing'), of('own records only')];
  if (missing.length + own.length === 0)
    return ok(
      `the keys have the ${needs.length} rights that the tools need`,
      [
        ...rightsOf(
          api,
          tools.flatMap(({ uses }) => uses),
        ),
      ].sort(),
    );
  return warn(
    `the keys lack ${missing.length} of the ${needs.length} rights that the tools need${own.length === 0 ? '' : `, and have ${own.length} for own records only`}`,
    "System > Security Roles: grant them to the API member's role, or offer fewer tools (CWM_TOOLSETS, CWM_READ_ONLY).",
    [...missing, ...own],
  );
}

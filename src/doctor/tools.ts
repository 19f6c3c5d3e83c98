import type { ApiDescription, Operation } from '../api/index.ts';
import { matching } from '../api/patterns.ts';
import type { Config } from '../config/config.ts';
import { limitsHeld } from '../config/limits.ts';
import { isReading, type ManageClient, resolveScope } from '../manage/index.ts';
import { quotedSetting } from '../may-be-key.ts';
import { AmbiguousName, type Names, UnknownName } from '../names/index.ts';
import { bad, type Finding, ok, said, warn } from './finding.ts';

/** What of a tool the doctor looks at. */
export interface OfferedTool {
  readonly name: string;
  readonly toolset: string;
  readonly core?: boolean | undefined;
  readonly effect: string;
  readonly uses: readonly string[];
}

/** Chooses the tools, as a start would. @throws what a start would throw */
export type Select = () => Promise<readonly OfferedTool[]>;

/** A pattern selects by method and path, whatever the version; in read-only mode its writes are not offered. */
function checkPattern(pattern: string, config: Config, site: ApiDescription): Finding | undefined {
  const selects = matching(pattern);
  const [setting, named] = ['CWM_OPERATIONS', quotedSetting(pattern)];
  const here = site.operations.filter(selects);
  if (here.length === 0)
    return bad(
      `${setting}: ${named} selects nothing that version ${site.version} of the API has`,
      `${setting}: choose other operations, or set CWM_API_VERSION if the version is wrong.`,
    );
  return config.manage.readOnly && !here.some((operation: Operation) => isReading(operation))
    ? bad(
        `${setting}: ${named} selects operations that write, and CWM_READ_ONLY withholds them all`,
        `${setting}: take ${named} out, or remove CWM_READ_ONLY.`,
      )
    : undefined;
}

/** A toolset that is chosen and gives nothing. */
function checkToolset(toolset: string, tools: readonly OfferedTool[]): Finding | undefined {
  const isLeft = tools.some((tool) => tool.toolset === toolset || (toolset === 'core' && tool.core === true));
  return isLeft
    ? undefined
    : warn(
        `the other limits leave no tool of the toolset ${toolset}`,
        `CWM_TOOLSETS: take ${toolset} out, or look at CWM_READ_ONLY, CWM_ALLOW and CWM_DENY.`,
      );
}

/** The tools that are offered, and whether each choice of the operator's has an effect. @param site the API as the site has it */
export async function checkTools(
  config: Config,
  select: Select,
  site: ApiDescription,
): Promise<{ readonly findings: readonly Finding[]; readonly tools: readonly OfferedTool[] }> {
  try {
    const tools = await select();
    const slips = [
      ...config.operations.map((pattern) => checkPattern(pattern, config, site)),
      ...[...config.toolsets].map((toolset) => checkToolset(toolset, tools)),
    ].filter((finding) => finding !== undefined);
    const writing = tools.filter(({ effect }) => effect !== 'read').length;
    const count = `${tools.length} tools, ${writing === 0 ? 'none of which writes' : `${writing} of which write`}`;
    return { tools, findings: slips.length > 0 ? slips : [ok(count)] };
  } catch (error) {
    const change =
      'Each of CWM_TOOLSETS, CWM_OPERATIONS, CWM_ALLOW and CWM_DENY has to name something that the others leave.';
    return { tools: [], findings: [bad(said(error), change)] };
  }
}

/** The names closest to entries of a setting that name no record. */
async function closestTo(entries: readonly string[], kind: 'company' | 'board', names: Names): Promise<string[]> {
  const near = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      try {
        const { label } = await names.resolve(kind, entry, { argument: kind, use: 'read' });
        return label === entry ? [] : [label];
      } catch (error) {
        if (error instanceof UnknownName) return error.closest;
        return error instanceof AmbiguousName ? error.candidates.map(({ id, label }) => `${label} (${id})`) : [];
      }
    }),
  );
  return near.flat().slice(0, 5);
}

/** What the operator limits, and whether the companies and boards that are named exist. */
export async function checkLimits(config: Config, manage: ManageClient, names: Names): Promise<Finding> {
  const { limits } = config;
  const held = limitsHeld(limits, config.manage.readOnly);
  try {
    await resolveScope(limits, manage);
    return ok(held.length === 0 ? 'none beyond the rights of the keys' : held.join('; '));
  } catch (error) {
    const near = [
      ...(await closestTo(limits.companies ?? [], 'company', names)),
      ...(await closestTo(limits.boards ?? [], 'board', names)),
    ];
    const hint = near.length === 0 ? '' : ` Closest: ${near.join(', ')}.`;
    return bad(
      said(error),
      `CWM_COMPANIES and CWM_BOARDS: ids or names as Manage has them, "in quotes" where one holds a comma.${hint}`,
    );
  }
}

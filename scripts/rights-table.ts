import { table } from '../packaging/markdown.ts';
import { loadApi } from '../src/api/load.ts';
import { type RightLevel, rightsNeeded } from '../src/api/rights.ts';
import type { ToolDefinition } from '../src/tool/define-tool.ts';
import { TOOLSET_WORDS } from '../tools/toolsets.ts';

/** As the columns of the security role screen stand. */
const LEVELS: readonly RightLevel[] = ['add', 'edit', 'delete', 'inquire'];

/** Rights that no function of the screen stands for; they say so themselves. */
const isFunction = (name: string): boolean => name.includes(' > ');

/** Which toolsets need a level of a function, `core` first, in the order of the toolsets. */
type Needed = Map<string, Map<RightLevel, Set<string>>>;

function neededBy(tools: readonly ToolDefinition[]): Needed {
  const api = loadApi();
  const needed: Needed = new Map();
  for (const tool of tools) {
    for (const { right } of rightsNeeded(api, tool.uses)) {
      if (!isFunction(right.name)) continue;
      const levels = needed.get(right.name) ?? new Map<RightLevel, Set<string>>();
      const toolsets = levels.get(right.level) ?? new Set();
      for (const toolset of [tool.core === true ? 'core' : tool.toolset, tool.toolset]) toolsets.add(toolset);
      needed.set(right.name, levels.set(right.level, toolsets));
    }
  }
  return needed;
}

const ORDER = ['core', ...Object.keys(TOOLSET_WORDS)];

function cell(toolsets: ReadonlySet<string> | undefined): string {
  return ORDER.filter((toolset) => toolsets?.has(toolset))
    .map((toolset) => (toolset === 'core' ? '**core**' : toolset))
    .join(', ');
}

/** The security role screen as a table: module, function, and for each level the toolsets that need it. */
export function rightsTable(tools: readonly ToolDefinition[]): string {
  const rows = [...neededBy(tools)]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, levels]) => {
      const [module = '', ...rest] = name.split(' > ');
      return [module, rest.join(' > '), ...LEVELS.map((level) => cell(levels.get(level)))];
    });
  return table(['module', 'function', ...LEVELS], rows);
}

import type { ToolDefinition, Toolset } from '../tool/index.ts';

/** What of a tool decides whether it is shown. */
type Shown = Pick<ToolDefinition, 'toolset' | 'core' | 'effect'>;

export interface Selection<T extends Shown = ToolDefinition> {
  readonly toolsets: ReadonlySet<Toolset>;
  readonly readOnly: boolean;
  /** Tools of single operations, chosen by name. */
  readonly operations?: readonly T[];
  /** Tools that are shown beside those of the toolsets. */
  readonly also?: (tool: T) => boolean;
}

/** No tool is left: a configuration that selects nothing is a mistake, said at the start. */
export class NoTools extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoTools';
  }
}

/**
 * The tools that a configuration shows: those of the chosen toolsets, without the writing ones in read-only mode.
 * @throws {NoTools} when none is left
 */
export function selectTools<T extends Shown>(
  tools: readonly T[],
  { toolsets, readOnly, operations = [], also = () => false }: Selection<T>,
): readonly T[] {
  const named = tools.filter((tool) => (toolsets.has('core') && tool.core === true) || toolsets.has(tool.toolset));
  // The whole API stands behind any choice of toolsets; a choice of nothing is a mistake all the same.
  const whole = named.length > 0 ? tools.filter(({ toolset }) => toolset === 'api') : [];
  const all = [...tools.filter((tool) => named.includes(tool) || whole.includes(tool) || also(tool)), ...operations];
  const shown = readOnly ? all.filter(({ effect }) => effect === 'read') : all;
  if (shown.length > 0) return shown;
  const names = [...toolsets].join(', ');
  throw new NoTools(
    all.length > 0
      ? `CWM_READ_ONLY leaves no tool of ${names === '' ? 'CWM_OPERATIONS' : `CWM_TOOLSETS ${names}`}: they all write.`
      : `CWM_TOOLSETS ${names} selects no tool.`,
  );
}

/**
 * The direct tools that can be run by name: of every toolset where the whole API is shown, else only the listed ones. Read-only mode
 * holds for them as well.
 */
export function reachableTools(
  tools: readonly ToolDefinition[],
  selected: readonly ToolDefinition[],
  readOnly: boolean,
): readonly ToolDefinition[] {
  const isWhole = selected.some(({ toolset }) => toolset === 'api');
  const direct = (isWhole ? tools : selected).filter(({ toolset }) => toolset !== 'api');
  return readOnly ? direct.filter(({ effect }) => effect === 'read') : direct;
}

/** The tools without the one that calls any writing operation, unless direct tools that are not listed need it to be run by name. */
export function withoutRawWriter(
  listed: readonly ToolDefinition[],
  reachable: readonly ToolDefinition[],
): readonly ToolDefinition[] {
  const isNeeded = reachable.some((tool) => tool.effect !== 'read' && !listed.includes(tool));
  return isNeeded ? listed : listed.filter(({ name }) => name !== 'call_write_operation');
}

import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { ToolDefinition } from '../tool/index.ts';
import { selectTools } from './select-tools.ts';

/** A tool as a client sees it, with what decides whether it does. The build writes one for each tool, in their order. */
export interface PreparedTool extends Pick<ToolDefinition, 'toolset' | 'core' | 'effect'> {
  readonly entry: object;
}

/** Beside the bundle, written with it. When the sources run there is none: an older build may say something else. */
const FILE = new URL('./tools.json', import.meta.url);

/** Settings that change which tools are listed, or what one looks like, beyond toolsets and read-only mode. */
const changesList = ({ operations, toolsets, limits: { allow, deny, lockdown, rawWrites } }: Config): boolean =>
  operations.length > 0 || !toolsets.has('core') || allow !== undefined || deny.length > 0 || lockdown || !rawWrites;

function preparedTools(file: URL): readonly PreparedTool[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PreparedTool[];
  } catch {
    return undefined;
  }
}

/**
 * The list of tools without the tools: loading them and making their schemas takes longer than everything else that a client waits
 * for at the start.
 * @returns the same entries as the loaded tools have; `undefined` where only these can tell
 */
export function preparedList(config: Config, file = FILE): readonly object[] | undefined {
  const { toolsets, manage } = config;
  const prepared = changesList(config) ? undefined : preparedTools(file);
  return prepared && selectTools(prepared, { toolsets, readOnly: manage.readOnly }).map(({ entry }) => entry);
}

import type { ToolDefinition } from '../src/tool/index.ts';
import { api } from './api/index.ts';
import { company } from './company/index.ts';
import { expense } from './expense/index.ts';
import { finance } from './finance/index.ts';
import { marketing } from './marketing/index.ts';
import { procurement } from './procurement/index.ts';
import { project } from './project/index.ts';
import { sales } from './sales/index.ts';
import { schedule } from './schedule/index.ts';
import { service } from './service/index.ts';
import { system } from './system/index.ts';
import { time } from './time/index.ts';

/** Every tool, in the order in which clients see them: the core ones first, the four of the whole API last. */
const modules: readonly (readonly ToolDefinition[])[] = [
  system,
  service,
  time,
  company,
  schedule,
  finance,
  procurement,
  project,
  sales,
  expense,
  marketing,
  api,
];

function rank({ core, toolset }: ToolDefinition): number {
  if (toolset === 'api') return 2;
  return core === true ? 0 : 1;
}

export const tools: readonly ToolDefinition[] = modules.flat().sort((a, b) => rank(a) - rank(b));

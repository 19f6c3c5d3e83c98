import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolDefinition } from '../define-tool.ts';
import { bareName } from './lenient.ts';

/** Arguments that count and add up, and the tools that have them for every list, the better one first. */
const ADDING_UP = ['sum', 'groupby'];
const FOR_EVERY_LIST = ['report', 'call_read_operation'];

/** Tools worth a mention. */
const MOST = 2;

const isSearch = ({ name }: ToolDefinition): boolean => name.startsWith('search_');

/** Whether two tools read the same records, so that an argument of the one would do for the other what is meant. */
const readsAlike = (tool: ToolDefinition, other: ToolDefinition): boolean =>
  isSearch(tool) ? isSearch(other) : !isSearch(other) && other.uses.some((operation) => tool.uses.includes(operation));

const has = ({ input }: ToolDefinition, name: string): boolean =>
  Object.keys(input.shape).some((argument) => bareName(argument) === bareName(name));

/**
 * Where an argument is that a tool does not have: a search of its module for a search, what reads the same records for
 * another read, or what adds up any list.
 * @param reachable tools that can be called, by name at least
 */
export function argumentElsewhere(
  name: string,
  tool: ToolDefinition,
  reachable: readonly ToolDefinition[],
): Clean | undefined {
  const list = tool.uses[0];
  if (ADDING_UP.includes(bareName(name)) && list?.startsWith('GET ')) {
    const general = reachable.filter((other) => FOR_EVERY_LIST.includes(other.name) && has(other, name));
    const best = FOR_EVERY_LIST.find((one) => general.some((other) => other.name === one));
    if (best === undefined) return undefined;
    return best === 'call_read_operation'
      ? say`To add up, call ${cleanLine(best)} with operation "${cleanLine(list)}", groupBy and sum.`
      : say`To add up, call ${cleanLine(best)}.`;
  }
  const isRead = tool.effect === 'read';
  // What many tools take says nothing about what is wanted.
  if (reachable.filter((other) => (other.effect === 'read') === isRead && has(other, name)).length > MOST)
    return undefined;
  const others = reachable.filter(
    (other) =>
      other !== tool &&
      other.toolset === tool.toolset &&
      (other.effect === 'read') === isRead &&
      (!isRead || readsAlike(tool, other)) &&
      has(other, name),
  );
  if (others.length === 0 || others.length > MOST) return undefined;
  const named = joined(
    others.map((other) => cleanLine(other.name)),
    ' and ',
  );
  return others.length === 1 ? say`${named} has it.` : say`${named} have it.`;
}

import { z } from 'zod';
import { MODULES } from '../../src/api/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  type DirectTool,
  defineTool,
  fragments,
  inputJsonSchema,
  listOutput,
  tableResult,
} from '../../src/tool/index.ts';
import { type JsonSchema, membersText } from '../../src/tool/surface/argument-kind.ts';

/** Direct tools are better than operations, and few of them fit a question. */
const MOST_TOOLS = 3;
/** Operations that are shown unless the caller says how many: fewer where a direct tool fits. */
const OPERATIONS = { alone: 8, besideTools: 4 };

/** Lists whose members the listed tools show. */
const COMMON_LISTS: ReadonlySet<string> = new Set(['where', 'customFields']);

/** A tool in a line. Of one that is not listed, the caller needs the arguments, those that must be there first, and what runs it. */
function toolLine({ name, title, effect, input }: DirectTool, isListed: boolean): Clean {
  if (isListed) return say`- ${cleanLine(name)}: ${cleanLine(title)}`;
  const { properties = {}, required = [] } = inputJsonSchema(input) as JsonSchema;
  const said = (keys: readonly string[]): Clean =>
    joined(
      keys.map((key) => {
        const { items } = properties[key] ?? {};
        // Filters and custom fields have the same members in every tool.
        const members = items === undefined || COMMON_LISTS.has(key) ? undefined : membersText(items);
        return cleanLine(members === undefined ? key : `${key} [${members}]`);
      }),
      ', ',
    );
  const optional = said(Object.keys(properties).filter((key) => !required.includes(key)));
  const needed = required.length === 0 ? undefined : say`required: ${said(required)}`;
  const given = joined([needed, optional !== '' && say`optional: ${optional}`], '; ');
  const executor = effect === 'read' ? say`call_read_operation` : say`call_write_operation`;
  return say`- ${cleanLine(name)}: ${cleanLine(title)}, through ${executor}; ${given}`;
}

export default defineTool({
  name: 'search_operations',
  title: 'Search operations',
  toolset: 'api',
  core: true,
  effect: 'read',
  uses: [],
  description:
    'Find further tools, and operations of the whole Manage API (3,055), by what they do. For what no tool in this list does.',
  input: z.strictObject({
    query: z.string().describe('E.g. "additions of an agreement"'),
    module: z.enum(MODULES).optional(),
    limit: fragments.rows(z.int().min(1).max(30).optional()),
  }),
  aliases: { text: 'query', search: 'query', q: 'query', operation: 'query' },
  output: listOutput,
  async run({ query, module, limit }, { search, searchTools, offered }) {
    const tools = await searchTools(query, MOST_TOOLS, module);
    const usual = tools.length > 0 ? OPERATIONS.besideTools : OPERATIONS.alone;
    const found = await search(query, { module, limit: limit ?? usual });
    const rows = found.map(({ operation, summary }) => {
      const { response } = operation;
      const answer =
        response.schema === undefined ? response.kind : `${response.schema}${response.kind === 'array' ? '[]' : ''}`;
      return [`${operation.method} ${operation.path}`, summary, answer];
    });
    const listed = new Set(offered.map(({ name }) => name));
    const table = await tableResult({
      noun: 'closest operations',
      columns: ['operation', 'what it does', 'answers'],
      rows,
      total: rows.length,
      pageSize: rows.length,
      hint: rows.length === 0 && module !== undefined ? say`Without module there may be some.` : undefined,
    });
    if (tools.length === 0) return table;
    return {
      structured: { ...table.structured, tools: tools.map(({ name }) => cleanLine(name)) },
      text: lines([say`Tools:`, ...tools.map((tool) => toolLine(tool, listed.has(tool.name))), table.text]),
    };
  },
});

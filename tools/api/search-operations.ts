import { z } from 'zod';
import { MODULES } from '../../src/api/index.ts';
import { cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, tableOutput, tableResult } from '../../src/tool/index.ts';

/** Direct tools are better than operations, and few of them fit a question. */
const MOST_TOOLS = 3;

export default defineTool({
  name: 'search_operations',
  title: 'Search operations',
  toolset: 'api',
  core: true,
  effect: 'read',
  uses: [],
  description:
    'Find operations of the whole Manage API (2,814) by what they do, in plain words. For what no other tool does.',
  input: z.strictObject({
    query: z.string().describe('E.g. "additions of an agreement"'),
    module: z.enum(MODULES).optional(),
    limit: z.int().min(1).max(30).default(8),
  }),
  aliases: { text: 'query', search: 'query', q: 'query', operation: 'query' },
  output: tableOutput,
  async run({ query, module, limit }, { search, searchTools, offered }) {
    const found = search(query, { module, limit });
    const rows = found.map(({ operation, summary }) => {
      const { response } = operation;
      const answer =
        response.schema === undefined ? response.kind : `${response.schema}${response.kind === 'array' ? '[]' : ''}`;
      return [`${operation.method} ${operation.path}`, summary, answer];
    });
    const listed = new Set(offered.map(({ name }) => name));
    const tools = module === undefined ? searchTools(query, MOST_TOOLS) : [];
    const table = tableResult({
      noun: 'operations',
      columns: ['operation', 'what it does', 'answers'],
      rows,
      total: rows.length,
      pageSize: rows.length,
    });
    if (tools.length === 0) return table;
    const direct = tools.map(({ name, title, effect }) => {
      const executor = effect === 'read' ? say`call_read_operation` : say`call_write_operation`;
      const how = listed.has(name) ? say`` : say`, through ${executor}`;
      return say`${cleanLine(name)} (${cleanLine(title)}${how})`;
    });
    return {
      structured: { ...table.structured, tools: tools.map(({ name }) => cleanLine(name)) },
      text: lines([say`Tools: ${joined(direct, '; ')}`, table.text]),
    };
  },
});

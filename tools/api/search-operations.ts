import { z } from 'zod';
import { MODULES } from '../../src/api/index.ts';
import { defineTool, tableOutput, tableResult } from '../../src/tool/index.ts';

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
  async run({ query, module, limit }, { search }) {
    const found = search(query, { module, limit });
    const rows = found.map(({ operation, summary }) => {
      const { response } = operation;
      const answer =
        response.schema === undefined ? response.kind : `${response.schema}${response.kind === 'array' ? '[]' : ''}`;
      return [`${operation.method} ${operation.path}`, summary, answer];
    });
    return tableResult({
      noun: 'operations',
      columns: ['operation', 'what it does', 'answers'],
      rows,
      total: rows.length,
      pageSize: rows.length,
    });
  },
});

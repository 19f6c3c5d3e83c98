import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { readDirectly } from './direct.ts';

// One tool that makes the request and passes the record on: what the protocol and the way to another process take of a call.
const read = readDirectly(process.env);
serveStdio(() => {
  const server = new McpServer({ name: 'bare', version: '1.0.0' });
  server.registerTool(
    'call_read_operation',
    { description: 'Reads a record.', inputSchema: z.object({ operation: z.string() }) },
    async ({ operation }) => ({
      content: [{ type: 'text', text: JSON.stringify(await read(operation.replace('GET ', ''))) }],
    }),
  );
  return server;
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import { readBody } from '../../src/server/http/body.ts';
import { serveWeb } from '../../src/server/http/serve-web.ts';
import { readDirectly } from './direct.ts';

// One tool that makes the request and passes the record on: what the protocol and the way to another process take of a call.
const read = readDirectly(process.env);
const inputSchema = z.object({ operation: z.string() });

function bareServer(): McpServer {
  const server = new McpServer({ name: 'bare', version: '1.0.0' });
  server.registerTool(
    'call_read_operation',
    { description: 'Reads a record.', inputSchema },
    async ({ operation }) => ({
      content: [{ type: 'text', text: JSON.stringify(await read(operation.replace('GET ', ''))) }],
    }),
  );
  return server;
}

if (process.argv[2] === 'http') {
  const handler = createMcpHandler(bareServer, { legacy: 'reject' });
  const server = createServer(async (message, response) => {
    const body = await readBody(message, response);
    if (body !== 'answered') await serveWeb({ message, body: body.value }, response, handler.fetch);
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`served at http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp\n`);
  });
} else serveStdio(bareServer);

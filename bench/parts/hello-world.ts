import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

// The least that a server can be: what ours is measured against, bundled the same way.
serveStdio(() => {
  const server = new McpServer({ name: 'hello-world', version: '1.0.0' });
  server.registerTool(
    'hello',
    { description: 'Says hello.', inputSchema: z.object({ name: z.string() }) },
    ({ name }) => ({ content: [{ type: 'text', text: `Hello, ${name}.` }] }),
  );
  return server;
});

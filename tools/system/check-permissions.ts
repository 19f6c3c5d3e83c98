import { z } from 'zod';
import { closest } from '../../src/api/closest.ts';
import type { ApiDescription } from '../../src/api/index.ts';
import { type Right, rightOf } from '../../src/api/rights.ts';
import { nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, listOutput, ToolInputError, tableResult } from '../../src/tool/index.ts';
import { namedOperation } from '../../src/tool/operations/named-operation.ts';
import { type Permission, readPermissions, verdictOn } from './support/permissions.ts';

const MOST_NAMED = 30;
/** Functions by the number of rights that somebody may want to see at once. */
const ALL = 500;

/** Rights of operations, each once. */
function rightsOf(api: ApiDescription, operations: readonly string[]): Right[] {
  const rights = operations.flatMap((name) => {
    const operation = api.find(name);
    return (operation && rightOf(operation)) ?? [];
  });
  return rights.filter(
    (right, index) => rights.findIndex(({ name, level }) => name === right.name && level === right.level) === index,
  );
}

const missingOf = (permissions: readonly Permission[], rights: readonly Right[]): string[] =>
  rights.filter((right) => verdictOn(permissions, right) === 'missing').map(({ name, level }) => `${name}: ${level}`);

export default defineTool({
  name: 'check_permissions',
  title: 'Check permissions',
  toolset: 'system',
  effect: 'read',
  uses: ['GET /system/mySecurity'],
  description: 'What our security role allows; which right a tool or operation lacks.',
  input: z.strictObject({
    tool: z.string().optional(),
    operation: z.string().optional(),
  }),
  aliases: { name: 'tool', toolName: 'tool', endpoint: 'operation', path: 'operation' },
  output: listOutput,
  async run({ tool, operation }, { manage, api, search, signal, offered, server }) {
    const named = tool === undefined ? undefined : offered.find(({ name }) => name === tool.trim().toLowerCase());
    if (tool !== undefined && named === undefined) {
      const near = closest(
        tool,
        offered.map(({ name }) => name),
      );
      throw new ToolInputError(
        'tool',
        `No tool ${JSON.stringify(tool)} is offered here.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
        { next: `Toolsets offered: ${server.toolsets.join(', ')}.` },
      );
    }
    const asked = operation === undefined ? undefined : namedOperation({ api, search }, operation).operation;
    const { permissions, rows } = await readPermissions(manage, signal);
    const keys = nameOf(rows[0]?.member);
    const whose = `Keys of ${keys ?? 'this server'}${server.readOnly ? '; read-only mode refuses every write' : ''}`;
    if (named === undefined && asked === undefined) {
      const refused = offered.flatMap(({ name, uses }) => {
        const missing = missingOf(permissions, rightsOf(api, uses));
        return missing.length === 0 ? [] : [`${name} (${missing.join('; ')})`];
      });
      const rest = refused.length > MOST_NAMED ? `, and ${refused.length - MOST_NAMED} more` : '';
      const head = `${refused.length} of ${offered.length} tools lack a right for all or a part of what they do`;
      return tableResult({
        noun: 'functions',
        head: `${whose}. ${head}${refused.length > 0 ? `: ${refused.slice(0, MOST_NAMED).join(', ')}${rest}` : ''}.`,
        columns: ['module', 'function', 'inquire', 'add', 'edit', 'delete'],
        rows: permissions.map(({ module, name, levels }) => [
          module,
          name,
          levels.inquire,
          levels.add,
          levels.edit,
          levels.delete,
        ]),
        total: permissions.length,
        pageSize: ALL,
      });
    }
    const subject = asked === undefined ? (named?.name ?? '') : `${asked.method} ${asked.path}`;
    const rights = rightsOf(api, asked === undefined ? (named?.uses ?? []) : [subject]);
    const missing = missingOf(permissions, rights);
    const verdict =
      rights.length === 0
        ? `${subject} needs no right of its own`
        : missing.length === 0
          ? `Nothing is missing for ${subject}`
          : `Missing for ${subject}: ${missing.join('; ')}. An administrator grants it under System > Security Roles`;
    return tableResult({
      noun: 'rights needed',
      head: `${verdict}. ${whose}.`,
      columns: ['right', 'level', 'verdict'],
      rows: rights.map((right) => [right.name, right.level, verdictOn(permissions, right)]),
      total: rights.length,
      pageSize: ALL,
    });
  },
});

import { z } from 'zod';
import { closest } from '../../src/api/closest.ts';
import type { ApiDescription } from '../../src/api/index.ts';
import { type Right, rightsNeeded } from '../../src/api/rights.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { defineTool, listOutput, type ToolContext, ToolInputError, tableResult } from '../../src/tool/index.ts';
import { namedOperation } from '../../src/tool/operations/named-operation.ts';
import { toolNameMeant } from '../../src/tool/operations/tool-name.ts';
import { type Permission, readPermissions, verdictOn } from './support/permissions.ts';

/** Tools that are named in a summary. */
const MOST_NAMED = 30;

/** Rights of operations, each once. */
function rightsOf(api: ApiDescription, operations: readonly string[]): Right[] {
  const rights = rightsNeeded(api, operations).map(({ right }) => right);
  return rights.filter(
    (right, index) => rights.findIndex(({ name, level }) => name === right.name && level === right.level) === index,
  );
}

const missingOf = (permissions: readonly Permission[], rights: readonly Right[]): Clean[] =>
  rights
    .filter((right) => verdictOn(permissions, right) === 'missing')
    .map(({ name, level }) => say`${cleanLine(name)}: ${level}`);

/** The offered tool of a name. @throws {ToolInputError} with the closest */
function toolNamed(given: string, { offered, server }: ToolContext): ToolContext['offered'][number] {
  const spelt = toolNameMeant(given);
  const found = offered.find(({ name }) => name === spelt);
  if (found !== undefined) return found;
  const names = offered.map(({ name }) => name);
  const near = closest(given, names).map(cleanLine);
  const hint = near.length === 0 ? say`` : say` Did you mean ${joined(near, ' or ')}?`;
  throw new ToolInputError('tool', say`No tool "${cleanLine(given)}" is offered here.${hint}`, {
    next: say`Toolsets offered: ${joined(server.toolsets.map(cleanLine), ', ')}.`,
  });
}

function verdictText(subject: Clean, rights: readonly Right[], missing: readonly Clean[]): Clean {
  if (rights.length === 0) return say`${subject} needs no right of its own`;
  if (missing.length === 0) return say`Nothing is missing for ${subject}`;
  return say`Missing for ${subject}: ${joined(missing, '; ')}. An administrator grants it under System > Security Roles`;
}

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
  async run(given, context) {
    const { manage, api, signal, offered, server } = context;
    const tool = given.tool === undefined ? undefined : toolNamed(given.tool, context);
    const operation =
      given.operation === undefined ? undefined : (await namedOperation(context, given.operation)).operation;
    if (tool !== undefined && operation !== undefined)
      throw new ToolInputError('operation', say`Send tool or operation, not both.`);
    const { permissions, member } = await readPermissions(manage, signal);
    const readOnly = server.readOnly ? say`; read-only mode refuses every write` : say``;
    const whose = say`Keys of ${member === undefined ? say`this server` : cleanLine(member)}${readOnly}`;
    if (tool === undefined && operation === undefined) {
      const refused = offered.flatMap(({ name, uses }) => {
        const missing = missingOf(permissions, rightsOf(api, uses));
        return missing.length === 0 ? [] : [say`${cleanLine(name)} (${joined(missing, '; ')})`];
      });
      const rest = refused.length > MOST_NAMED ? say`, and ${refused.length - MOST_NAMED} more` : say``;
      const list = refused.length === 0 ? say`` : say`: ${joined(refused.slice(0, MOST_NAMED), ', ')}${rest}`;
      return tableResult({
        noun: 'functions',
        head: say`${whose}. ${refused.length} of ${offered.length} tools lack a right for all or a part of what they do${list}.`,
        columns: ['module', 'function', 'inquire', 'add', 'edit', 'delete'],
        rows: permissions.map(({ module, name, levels: { inquire, add, edit, delete: removal } }) => [
          module,
          name,
          inquire,
          add,
          edit,
          removal,
        ]),
        total: permissions.length,
        pageSize: permissions.length,
      });
    }
    const subject =
      operation === undefined ? cleanLine(tool?.name) : cleanLine(`${operation.method} ${operation.path}`);
    const rights = rightsOf(api, operation === undefined ? (tool?.uses ?? []) : [subject]);
    return tableResult({
      noun: 'rights needed',
      head: say`${verdictText(subject, rights, missingOf(permissions, rights))}. ${whose}.`,
      columns: ['right', 'level', 'verdict'],
      rows: rights.map((right) => [right.name, right.level, verdictOn(permissions, right)]),
      total: rights.length,
      pageSize: rights.length,
    });
  },
});

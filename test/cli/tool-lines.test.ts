import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { rightOf, rightsOf } from '../../src/api/rights.ts';
import { estimateTokens, toolLines } from '../../src/cli/tool-lines.ts';
import { toolEntry } from '../../src/server/handlers.ts';
import { operationTools } from '../../tools/api/operation-tools.ts';
import { tools } from '../../tools/index.ts';

const api = loadApi();

describe('the list of tools', () => {
  it('has a line for each with effect, toolset, right and tokens, and sums', () => {
    const lines = toolLines(tools, api, toolEntry).split('\n');
    expect(lines).toHaveLength(tools.length + 1 + 1 + 1 + new Set(tools.map(({ toolset }) => toolset)).size + 1);
    for (const { name, effect, uses } of tools) {
      const line = lines.find((one) => one.split(/ {2,}/)[1] === name) ?? '';
      expect(line.split(/ {2,}/)[2]).toBe(uses.includes('*') ? 'write' : effect);
      expect(line).toMatch(/ ~\d+ +\S/);
    }
    expect(lines.find((line) => / delete_time_entry /.test(line))).toMatch(
      /Time & Expense > Time Entry: inquire, delete/,
    );
    expect(lines.at(-1)).toMatch(new RegExp(`^all +${tools.length} tools +~\\d+ tokens$`));
  });

  it('estimates tokens as the real tokenizer counts them', () => {
    const off = (entries: readonly unknown[]): { each: number; all: number } => {
      const counts = entries.map((entry) => {
        const text = JSON.stringify(entry);
        return { real: encode(text).length, estimate: estimateTokens(text) };
      });
      const sum = (key: 'real' | 'estimate'): number => counts.reduce((total, count) => total + count[key], 0);
      return {
        each: Math.max(...counts.map(({ real, estimate }) => Math.abs(estimate / real - 1))),
        all: Math.abs(sum('estimate') / sum('real') - 1),
      };
    };
    const own = off(tools.map(toolEntry));
    expect(own.each).toBeLessThan(0.15);
    expect(own.all).toBeLessThan(0.04);
    expect(off(operationTools(api, ['time/*', 'company/*']).map(toolEntry)).all).toBeLessThan(0.04);
  });
});

describe('security rights', () => {
  it.each([
    ['GET /service/tickets', 'Service Desk > Service Tickets', 'inquire'],
    ['POST /service/tickets/search', 'Service Desk > Service Tickets', 'inquire'],
    ['POST /service/tickets/{parentId}/notes', 'Service Desk > Service Tickets', 'add'],
    ['POST /service/tickets/{parentId}/merge', 'Service Desk > Merge Tickets', 'edit'],
    ['GET /service/boards/{parentId}/statuses', 'System > Table Setup', 'inquire'],
    ['PATCH /company/companies/{id}', 'Companies > Company Maintenance', 'edit'],
    ['DELETE /company/companies/{parentId}/notes/{id}', 'Companies > Notes', 'delete'],
    ['POST /time/sheets/{id}/approve', 'Time & Expense > Time Entry', 'edit'],
    ['GET /system/members', 'System > Member Maintenance', 'inquire'],
    ['POST /finance/invoices', 'Finance > Invoicing', 'add'],
  ])('%s needs %s: %s', (name, right, level) => {
    const operation = api.find(name);
    expect(operation && rightOf(operation)).toEqual({ name: right, level });
  });

  it('are known for every operation, and not needed for the low-rights duplicates', () => {
    const free = api.operations.filter((operation) => rightOf(operation) === undefined);
    expect(free.filter(({ path }) => !/\/info(\/|$)|\/my(Account|Security)|validatePortal/i.test(path))).toEqual([]);
    expect(rightsOf(api, ['GET /service/tickets', 'PATCH /service/tickets/{id}', 'GET /service/info/boards'])).toEqual([
      'Service Desk > Service Tickets: inquire, edit',
    ]);
  });
});

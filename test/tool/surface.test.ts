import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/api/closest.ts';
import { loadApi } from '../../src/api/load.ts';
import { toolEntry } from '../../src/server/handlers.ts';
import { instructions } from '../../src/server/instructions.ts';
import { argumentOf } from '../../src/tool/arguments/aliases.ts';
import { tools } from '../../tools/index.ts';
import { unsafe } from '../support/client-safety.ts';

type Json = Record<string, unknown>;

const api = loadApi();
const entries = tools.map((tool) => toolEntry(tool) as Json & { name: string });
const tokens = (value: unknown): number => encode(JSON.stringify(value)).length;

describe('what clients see', () => {
  it.each(entries.map((entry) => [entry.name, entry] as const))('%s is safe for every client', (name, entry) => {
    expect([...unsafe(entry.inputSchema, 'input', true), ...unsafe(entry.outputSchema, 'output', true)]).toEqual([]);
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(name.length).toBeLessThanOrEqual(40);
    const { readOnlyHint } = entry.annotations as { readOnlyHint?: boolean };
    expect(readOnlyHint).toBe(tools.find((tool) => tool.name === name)?.effect === 'read');
  });

  it.each(entries.map((entry) => [entry.name, entry] as const))('%s changes in review only', async (name, entry) => {
    await expect(JSON.stringify(entry, undefined, 2)).toMatchFileSnapshot(`surface/${name}.json`);
  });

  it('fits the budget: 8,000 tokens for the default list of at most 32 tools, 24,000 for all, 600 for one', () => {
    const core = entries.filter((_, index) => tools[index]?.core);
    expect(core.length).toBeLessThanOrEqual(32);
    expect(tokens({ tools: core })).toBeLessThanOrEqual(8_000);
    expect(tokens({ tools: entries })).toBeLessThanOrEqual(24_000);
    expect(entries.filter((entry) => tokens(entry) > 600).map(({ name }) => name)).toEqual([]);
  });

  it('has instructions that no host cuts', () => {
    const timeZone = 'America/Argentina/ComodRivadavia';
    const offers = (name: string): boolean => tools.find((tool) => tool.name === name)?.core === true;
    const said = instructions({ timeZone, readOnly: false, offers, reaches: () => true });
    expect(said.length).toBeLessThanOrEqual(1_800);
    expect(said).toContain('also run tools by name, such as update_schedule_entry, ');
    for (const name of said.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [])
      expect(
        tools.map((tool) => tool.name),
        name,
      ).toContain(name);
  });

  it('names only operations that exist', () => {
    const missing = tools.flatMap(({ name, uses }) =>
      uses
        .filter((operation) => !/^(GET )?\*$/.test(operation) && api.find(operation) === undefined)
        .map((operation) => `${name}: ${operation}`),
    );
    expect(missing).toEqual([]);
  });

  it('has aliases that lead to arguments', () => {
    const wrong = tools.flatMap(({ name, input, aliases = {} }) =>
      Object.entries(aliases)
        .filter(([alias, to]) => {
          const argument = argumentOf(to);
          // Under its own name an argument has nothing but another way to say it.
          const isOwn = alias in input.shape && !(argument === alias && typeof to === 'object');
          return isOwn || (argument !== undefined && !(argument in input.shape));
        })
        .map(([alias]) => `${name}.${alias}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads without writing: a tool that only reads declares no writing operation', () => {
    const wrong = tools
      .filter(({ effect }) => effect === 'read')
      .flatMap(({ name, uses }) =>
        uses
          .filter((operation) => !/^GET |\/search$|\/defaults$/.test(operation))
          .map((operation) => `${name}: ${operation}`),
      );
    expect(wrong).toEqual([]);
  });

  it('is found by the words that people use for changing a ticket', () => {
    const text = String(entries.find(({ name }) => name === 'update_ticket')?.description);
    for (const word of ['edit', 'assign', 'escalate', 'reopen', 'close'])
      expect(closest(word, text.toLowerCase().split(/\W+/), 1)).toEqual([word]);
  });
});

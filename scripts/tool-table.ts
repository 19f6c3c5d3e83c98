import { readFileSync, writeFileSync } from 'node:fs';
import type { ToolDefinition } from '../src/tool/define-tool.ts';

const START = '<!-- tools:start -->';
const END = '<!-- tools:end -->';

/** What a tool does to Manage, in a word that fits a table cell. */
const EFFECT_WORDS: Readonly<Record<ToolDefinition['effect'], string>> = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  delete: 'deletes',
  send: 'mails',
};

/** The README's table of tools: toolset, name, effect, and the first sentence of its description. */
export function toolTable(tools: readonly ToolDefinition[]): string {
  const rows = [...tools]
    .sort((a, b) => a.toolset.localeCompare(b.toolset) || Number(b.core ?? false) - Number(a.core ?? false))
    .map((tool) => {
      const sentence = tool.description.split(/(?<=[a-z)]\.)\s(?=[A-Z])/)[0] ?? tool.description;
      return `| ${tool.toolset} | \`${tool.name}\`${tool.core ? '' : ' *'} | ${tool.uses.includes('*') ? 'writes' : EFFECT_WORDS[tool.effect]} | ${sentence.replaceAll('|', '\\|')} |`;
    });
  return ['| toolset | tool | effect | |', '|---|---|---|---|', ...rows].join('\n');
}

/** The document with the table between its markers. @throws when the markers are missing. */
export function withToolTable(document: string, tools: readonly ToolDefinition[]): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The document has no ${START} ... ${END}.`);
  return `${document.slice(0, start + START.length)}\n${toolTable(tools)}\n${document.slice(end)}`;
}

if (process.argv[1] === import.meta.filename) {
  const { tools } = await import('../tools/index.ts');
  writeFileSync('README.md', withToolTable(readFileSync('README.md', 'utf8'), tools));
}

import { readFileSync, writeFileSync } from 'node:fs';
import { loadCatalog } from '../src/catalog/load.ts';
import { rightsOf } from '../src/catalog/rights.ts';
import type { ToolDefinition } from '../src/tool/define-tool.ts';
import { TOOLSET_WORDS } from '../tools/toolsets.ts';

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

const effectOf = (tool: ToolDefinition): string => (tool.uses.includes('*') ? 'writes' : EFFECT_WORDS[tool.effect]);
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const firstSentence = ({ description }: ToolDefinition): string =>
  description.split(/(?<=[a-z)]\.)\s(?=[A-Z])/)[0] ?? description;

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** The README's tables: the default tools one by one, the other toolsets by what they are for. */
function readmeTables(tools: readonly ToolDefinition[]): string {
  const core = tools.filter((tool) => tool.core === true);
  const toolsets = Object.entries(TOOLSET_WORDS).filter(([name]) => name !== 'catalog');
  return [
    table([['tool', 'effect', ''], ...core.map((tool) => [`\`${tool.name}\``, effectOf(tool), firstSentence(tool)])]),
    '',
    'More with `CWM_TOOLSETS=core,finance` (or `all`); [docs/tools.md](docs/tools.md) has every one, and `manage-mcp tools` prints what each costs in tokens and which security right it needs.',
    '',
    table([
      ['toolset', 'tools', ''],
      ...toolsets.map(([name, words]) => [
        `\`${name}\``,
        String(tools.filter(({ toolset }) => toolset === name).length),
        words,
      ]),
    ]),
  ].join('\n');
}

/** The document with the tables between its markers. @throws when the markers are missing. */
export function withToolTable(document: string, tools: readonly ToolDefinition[]): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The document has no ${START} ... ${END}.`);
  return `${document.slice(0, start + START.length)}\n${readmeTables(tools)}\n${document.slice(end)}`;
}

const catalog = loadCatalog();

function toolEntry(tool: ToolDefinition): string {
  const required = Object.entries(tool.input.shape).map(([name, schema]) =>
    schema.safeParse(undefined).success ? `\`${name}\`` : `**\`${name}\`**`,
  );
  return [
    `### \`${tool.name}\``,
    '',
    `${tool.description}`,
    '',
    `- ${effectOf(tool)}${tool.core === true ? '; in the default toolset' : ''}`,
    `- arguments: ${required.length === 0 ? 'none' : required.join(', ')}`,
    `- security rights: ${
      tool.uses.some((name) => name.includes('*'))
        ? 'those of the operation'
        : rightsOf(catalog, tool.uses).join('; ') || 'none'
    }`,
    `- operations: ${tool.uses.map((operation) => `\`${operation}\``).join(', ')}`,
  ].join('\n');
}

/** `docs/tools.md`: every tool of every toolset with its arguments (required ones bold), the rights that it needs and the operations that it calls. */
export function toolsDocument(tools: readonly ToolDefinition[]): string {
  const sections = Object.entries(TOOLSET_WORDS).map(([name, words]) => {
    const own = tools.filter(({ toolset }) => toolset === name);
    return [`## ${name}`, '', words, '', ...own.map((tool) => `${toolEntry(tool)}\n`)].join('\n');
  });
  return [
    '# Tools',
    '',
    'Generated from the definitions in `tools/` by `npm run docs`. Required arguments are bold. A security right is a',
    'function of the security role screen with its levels; set-up tables can be read without one through their `info` twins.',
    '',
    ...sections,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const { tools } = await import('../tools/index.ts');
  writeFileSync('README.md', withToolTable(readFileSync('README.md', 'utf8'), tools));
  writeFileSync('docs/tools.md', toolsDocument(tools));
}

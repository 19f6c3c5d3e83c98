import { table } from '../packaging/markdown.ts';
import { loadApi } from '../src/api/load.ts';
import { rightsOf } from '../src/api/rights.ts';
import type { ToolDefinition } from '../src/tool/define-tool.ts';
import { inputJsonSchema } from '../src/tool/surface/json-schema.ts';
import { TOOLSET_WORDS } from '../tools/toolsets.ts';

/** What a tool does to Manage, in a word that fits a table cell. */
const EFFECT_WORDS: Readonly<Record<ToolDefinition['effect'], string>> = {
  read: 'reads',
  create: 'creates',
  update: 'changes',
  delete: 'deletes',
  send: 'mails',
};

const effectOf = (tool: ToolDefinition): string => (tool.uses.includes('*') ? 'writes' : EFFECT_WORDS[tool.effect]);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const firstSentence = ({ description }: ToolDefinition): string =>
  description.split(/(?<=[a-z)]\.)\s(?=[A-Z])/)[0] ?? description;

/** The README's tables: the default tools one by one, the other toolsets by what they are for. */
export function readmeTables(tools: readonly ToolDefinition[]): string {
  const core = tools.filter((tool) => tool.core === true);
  const toolsets = Object.entries(TOOLSET_WORDS).filter(([name]) => name !== 'api');
  return [
    table(
      ['tool', 'effect', ''],
      core.map((tool) => [`\`${tool.name}\``, effectOf(tool), firstSentence(tool)]),
    ),
    '',
    'More with `CWM_TOOLSETS=core,finance` (or `all`); [docs/tools.md](docs/tools.md) lists every tool, and `npx -y cwm-mcp tools` prints what each costs in tokens and which security right it needs.',
    '[docs/results.md](docs/results.md) says which hosts pass the text of a result to the model, which its JSON, and which both.',
    '',
    table(
      ['toolset', 'tools', ''],
      toolsets.map(([name, words]) => [
        `\`${name}\``,
        String(tools.filter(({ toolset }) => toolset === name).length),
        words,
      ]),
    ),
  ].join('\n');
}

const api = loadApi();

type Json = Readonly<Record<string, unknown>>;

/** A type as a reader of the document says it: `text`, `whole number`, `list of text`, its choices. */
function typeWords({ type, enum: choices, items, minimum, maximum, maxItems }: Json): string {
  if (Array.isArray(choices)) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (type === 'array') {
    const most = maxItems === undefined ? '' : `at most ${maxItems} `;
    return `list of ${most}${items === undefined ? 'anything' : typeWords(items as Json).replace(/^object$/, 'objects')}`;
  }
  const bounds = [minimum === undefined ? '' : `from ${minimum}`, maximum === undefined ? '' : `to ${maximum}`]
    .filter((bound) => bound !== '' && !/9007199254740991/.test(bound))
    .join(' ');
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'yes or no',
    object: 'object',
  };
  return [words[String(type)] ?? String(type), bounds].filter((part) => part !== '').join(' ');
}

/** A row an argument, the required ones first and bold. */
function argumentTable(tool: ToolDefinition): string[] {
  const { properties = {}, required = [] } = inputJsonSchema(tool.input) as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  const names = Object.keys(properties);
  const needed = names.filter((name) => required.includes(name));
  const rows = [...needed, ...names.filter((name) => !required.includes(name))].map((name) => {
    const schema = properties[name] ?? {};
    const words = typeof schema.description === 'string' ? schema.description : '';
    const usual = schema.default === undefined ? '' : `default \`${String(schema.default)}\``;
    return [
      needed.includes(name) ? `**\`${name}\`**` : `\`${name}\``,
      typeWords(schema),
      [words, usual].filter((part) => part !== '').join('; '),
    ];
  });
  return rows.length === 0 ? ['Takes no arguments.'] : [table(['argument', 'type', ''], rows)];
}

function toolEntry(tool: ToolDefinition): string {
  const rights = tool.uses.some((name) => name.includes('*'))
    ? 'those of the operation'
    : rightsOf(api, tool.uses).join('; ') || 'none';
  return [
    `### \`${tool.name}\``,
    '',
    `${tool.description}`,
    '',
    `${capital(effectOf(tool))}${tool.core === true ? '; in the default toolset' : ''}. Security rights: ${rights}.`,
    '',
    ...argumentTable(tool),
    '',
    `<details><summary>Operations</summary>${tool.uses.map((operation) => `<code>${operation}</code>`).join(', ') || 'none'}</details>`,
  ].join('\n');
}

/** The toolsets with their tools, as links into the document. */
function contents(tools: readonly ToolDefinition[]): string {
  return table(
    ['toolset', 'tools'],
    Object.keys(TOOLSET_WORDS).map((name) => [
      `[${name}](#${name})`,
      tools
        .filter(({ toolset }) => toolset === name)
        .map((tool) => `[${tool.name}](#${tool.name})${tool.core === true ? '\\*' : ''}`)
        .join(', '),
    ]),
  );
}

/** `docs/tools.md`: every tool of every toolset with its arguments, the rights that it needs and the operations that it calls. */
export function toolsDocument(tools: readonly ToolDefinition[]): string {
  const sections = Object.entries(TOOLSET_WORDS).map(([name, words]) => {
    const own = tools.filter(({ toolset }) => toolset === name);
    return [`## ${name}`, '', words, '', ...own.map((tool) => `${toolEntry(tool)}\n`)].join('\n');
  });
  return [
    '# Tools',
    '',
    'Generated from the definitions in `tools/` by `npm run docs`. Required arguments are bold. Wherever a record is wanted, its name',
    'works as well as its id; days and times can be given as people say them. A security right is a function on the security role',
    'screen with its levels; set-up tables can be read without one through their `info` paths. Tools with an asterisk are in the',
    'default toolset, `core`; `CWM_TOOLSETS` chooses others.',
    '',
    contents(tools),
    '',
    ...sections,
  ].join('\n');
}

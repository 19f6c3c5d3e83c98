import { isDeepStrictEqual } from 'node:util';
import {
  applyEdits,
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { isSetting } from '../../config/settings-file.ts';
import { DEEPEST, isRecord } from '../../json.ts';
import type { Client } from './clients.ts';
import { withMember, withValue } from './members.ts';
import { SetupError } from './setup-error.ts';

/** What a client is to start. */
export interface Entry {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables of ours; those of others stay as they are. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the parser's codes mean to whoever wrote the file. */
const WORDS: Readonly<Record<string, string>> = {
  CommaExpected: 'a comma is missing',
  ColonExpected: 'a colon is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  PropertyNameExpected: 'a name in quotes is missing, or a comma is too many',
  ValueExpected: 'a value is missing',
  EndOfFileExpected: 'there is more behind the end',
  InvalidCommentToken: 'this client reads no comments',
  UnexpectedEndOfString: 'a closing quote is missing',
  InvalidEscapeCharacter: 'a backslash has to be written twice',
};

/** `line 3, column 7`, from 1. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const refuse = (what: string): never => {
  throw new SetupError(`${what} Nothing was changed there: mend the file first, or name another one with --file.`);
};

/** The first member of a name that an object has twice: clients take the last, editors show the first. */
function duplicateIn(node: Node | undefined, name: string): Node | undefined {
  const named =
    node?.type === 'object' ? (node.children ?? []).filter(({ children }) => children?.[0]?.value === name) : [];
  return named[1];
}

/** Whether a text has more levels of lists and objects than anybody means; the parser cannot go through thousands of them. */
function isNestedTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const first = text.charAt(scanner.getTokenOffset());
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** A configuration that was read and understood. */
export interface Configuration {
  readonly file: string;
  /** The file's text, without a byte order mark; `{}` for a file that is empty or not there. */
  readonly text: string;
  readonly tree: Node;
}

/**
 * Reads a client's configuration.
 * @param file named in errors
 * @throws {SetupError} with line and column for what the client could not read either, or has another shape than it should
 */
export function readConfiguration(content: string, file: string, { key, format }: Client): Configuration {
  const text = content.trim() === '' ? '{}\n' : content;
  if (isNestedTooDeep(text)) return refuse(`${file} is nested more than ${DEEPEST} levels deep.`);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, {
    allowTrailingComma: format === 'jsonc',
    disallowComments: format === 'json',
  });
  const [error] = errors;
  if (error !== undefined)
    return refuse(
      `${file}, ${placeOf(text, error.offset)}: ${WORDS[printParseErrorCode(error.error)] ?? 'this is not JSON'}.`,
    );
  if (tree?.type !== 'object') return refuse(`${file} is not a JSON object.`);
  const servers = findNodeAtLocation(tree, [key]);
  if (servers !== undefined && servers.type !== 'object')
    return refuse(`${file}, ${placeOf(text, servers.offset)}: "${key}" is not an object.`);
  const twice = duplicateIn(tree, key);
  if (twice !== undefined) return refuse(`${file}, ${placeOf(text, twice.offset)}: "${key}" stands there twice.`);
  return { file, text, tree };
}

/**
 * Whether the entry of a name is one of ours; `undefined` where there is none.
 * @param program the file that runs now
 * @throws {SetupError} for an entry that cannot be told
 */
export function isOurs(
  { file, tree, text }: Configuration,
  { key }: Client,
  name: string,
  program: string,
): boolean | undefined {
  const servers = findNodeAtLocation(tree, [key]);
  const twice = duplicateIn(servers, name);
  if (twice !== undefined) refuse(`${file}, ${placeOf(text, twice.offset)}: "${name}" stands there twice.`);
  const node = servers && findNodeAtLocation(servers, [name]);
  if (node === undefined) return undefined;
  if (node.type !== 'object') refuse(`${file}, ${placeOf(text, node.offset)}: "${name}" is not an object.`);
  const { command, args, env } = getNodeValue(node) as Record<string, unknown>;
  const words = [command, ...(Array.isArray(args) ? args : [])].filter((word) => typeof word === 'string');
  return (
    words.some((word) => word === program || /(^|[/\\@])cwm-mcp(@|$|[/\\])/.test(word)) ||
    (isRecord(env) && Object.keys(env).some((variable) => variable.startsWith('CWM_')))
  );
}

/** Members of an entry that name a server over HTTP: beside a command, some clients would go by them. */
const ELSEWHERE = ['type', 'transport', 'url', 'serverUrl', 'httpUrl', 'headers'] as const;

/**
 * The configuration with an entry for the server. Everything else keeps its place, comments and blanks included; of an entry that is
 * there, other members stay, but for those of a server over HTTP.
 * @returns the file's new text
 */
export function withEntry(
  { text, tree }: Configuration,
  { key, entry: more = {} }: Client,
  name: string,
  entry: Entry,
): string {
  const { env: own, ...rest } = entry;
  const old = findNodeAtLocation(tree, [key, name]);
  const known = old === undefined ? {} : (getNodeValue(old) as Record<string, unknown>);
  const others = isRecord(known.env) ? Object.entries(known.env).filter(([variable]) => !isSetting(variable)) : [];
  const env = { ...Object.fromEntries(others), ...own };
  const none = Object.fromEntries(
    ELSEWHERE.filter((member) => member in known && known[member] !== 'stdio').map((member) => [member, undefined]),
  );
  const members = { ...none, ...more, ...rest, env: Object.keys(env).length === 0 ? undefined : env };
  if (old !== undefined)
    return Object.entries(members)
      .filter(([member, value]) => !isDeepStrictEqual(known[member], value))
      .reduce((changed, [member, value]) => withMemberSet(changed, [key, name, member], value), text);
  const servers = findNodeAtLocation(tree, [key]);
  return servers === undefined
    ? withMember(text, tree, key, { [name]: members })
    : withMember(text, servers, name, members);
}

/** A member set, added or, where it is `undefined`, taken out. */
function withMemberSet(text: string, path: readonly [string, string, string], value: unknown): string {
  const tree = parseTree(text, [], { allowTrailingComma: true }) as Node;
  const [key, name, member] = path;
  const there = findNodeAtLocation(tree, [...path]);
  if (value === undefined) return applyEdits(text, modify(text, [...path], undefined, {}));
  if (there !== undefined) return withValue(text, there, value);
  return withMember(text, findNodeAtLocation(tree, [key, name]) as Node, member, value);
}

/** The variables of every server in a configuration, by the server's name, whatever client it is of. */
export function variablesIn(text: string): Map<string, Readonly<Record<string, string>>> {
  const root: unknown = getNodeValue(parseTree(text, [], { allowTrailingComma: true }) as Node);
  const found = new Map<string, Readonly<Record<string, string>>>();
  const look = (value: unknown, depth: number): void => {
    if (!isRecord(value) || depth > 4) return;
    for (const [name, member] of Object.entries(value)) {
      if (isRecord(member) && isRecord(member.env))
        found.set(
          name,
          Object.fromEntries(Object.entries(member.env).map(([variable, set]) => [variable, String(set)])),
        );
      else look(member, depth + 1);
    }
  };
  look(root, 0);
  return found;
}

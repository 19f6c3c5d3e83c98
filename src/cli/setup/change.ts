import { type JSONPath, type Node, parseTree, visit } from 'jsonc-parser';

/** Settings that anybody may read over a shoulder; every other value of ours is hidden. */
const OPEN: ReadonlySet<string> = new Set([
  'CWM_SITE',
  'CWM_COMPANY_ID',
  'CWM_MEMBER',
  'CWM_TIME_ZONE',
  'CWM_TOOLSETS',
  'CWM_OPERATIONS',
  'CWM_READ_ONLY',
  'CWM_WRITE',
  'CWM_CONFIRM',
  'CWM_API_VERSION',
  'CWM_CA_FILE',
  'CWM_PRIVATE_KEY_FILE',
  'CWM_PUBLIC_KEY_FILE',
  'CWM_LOG_LEVEL',
]);

const HIDDEN = '********';

/** A settings file with its secrets hidden, line by line. */
export const maskedSettings = (text: string): string =>
  text.replace(/^([A-Z_]+)=.*$/gm, (line, name: string) => (OPEN.has(name) ? line : `${name}=${HIDDEN}`));

/** Every text in a configuration with the path to it. */
function* textsIn(node: Node, path: JSONPath = []): Generator<{ readonly node: Node; readonly path: JSONPath }> {
  if (node.type === 'string') yield { node, path };
  for (const [index, child] of (node.children ?? []).entries()) {
    const [key, value] = child.type === 'property' ? (child.children ?? []) : [];
    if (value !== undefined) yield* textsIn(value, [...path, String(key?.value)]);
    else if (node.type === 'array') yield* textsIn(child, [...path, index]);
  }
}

/**
 * A configuration as it may be shown: of our own entry all but the secrets, of everything else the structure alone, because
 * whatever stands there can be somebody's token. Lines stay lines.
 * @param own path of our entry
 */
export function maskedConfiguration(text: string, own: JSONPath): string {
  const isOpen = (path: JSONPath): boolean => {
    const [member, name] = path.slice(own.length);
    const isOwn = own.every((step, index) => path[index] === step);
    return isOwn && (member !== 'env' || OPEN.has(String(name)));
  };
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const hidden = [...(tree === undefined ? [] : textsIn(tree))].filter(({ path }) => !isOpen(path));
  const parts = hidden.map(({ node: { offset, length } }) => ({ offset, length, shown: `"${HIDDEN}"` }));
  visit(text, {
    onComment: (offset, length) => {
      const shown = text.slice(offset, offset + length).replace(/[^\r\n]+/g, '// ...');
      parts.push({ offset, length, shown });
    },
  });
  // Piece by piece: such files hold megabytes of a client's own.
  let at = 0;
  const pieces = parts
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length, shown }) => {
      const piece = text.slice(at, offset) + shown;
      at = offset + length;
      return piece;
    });
  return pieces.join('') + text.slice(at);
}

/** Lines around a change that are shown. */
const CONTEXT = 2;

/**
 * What changes, as lines behind `-` and `+` with two lines around it. Compared is what is there, shown what is masked. An edit of an
 * entry changes lines that stand together, so its beginning and end are all that has to be found.
 */
export function changeLines(before: string, after: string, masked: (text: string) => string): string[] {
  if (before === after) return [];
  const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
  const [old, now] = [linesOf(before), linesOf(after)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [oldShown, nowShown] = [linesOf(masked(before)), linesOf(masked(after))];
  const part = (lines: readonly string[], from: number, to: number, mark: string): string[] =>
    lines.slice(Math.max(0, from), Math.max(0, to)).map((line) => `${mark} ${line}`);
  return [
    ...part(nowShown, start - CONTEXT, start, ' '),
    ...part(oldShown, start, old.length - end, '-'),
    ...part(nowShown, start, now.length - end, '+'),
    ...part(nowShown, now.length - end, now.length - end + CONTEXT, ' '),
  ];
}

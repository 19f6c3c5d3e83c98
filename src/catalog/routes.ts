import type { HttpMethod } from './model.ts';

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: Node;
  /** Operation number and its own names of the placeholders, by method. */
  readonly methods: Map<HttpMethod, { index: number; names: readonly string[] }>;
}

const newNode = (): Node => ({ literals: new Map(), methods: new Map() });
const isParameter = (segment: string): boolean => segment.startsWith('{');

/** Segments of a path without empty ones: a doubled or trailing slash does not matter to Manage. */
export const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

export interface Route {
  readonly index: number;
  readonly values: Readonly<Record<string, string>>;
}

/** Finds the template that a path belongs to. Letter case does not matter; a literal segment wins over a parameter. */
export class Routes {
  readonly #root = newNode();

  add(method: HttpMethod, template: string, index: number): void {
    const segments = segmentsOf(template);
    const node = segments.reduce((at, segment) => {
      if (isParameter(segment)) {
        at.parameter ??= newNode();
        return at.parameter;
      }
      const key = segment.toLowerCase();
      const next = at.literals.get(key) ?? newNode();
      at.literals.set(key, next);
      return next;
    }, this.#root);
    // Two spellings of one path (`/system/allowedfiletypes/` and `/system/AllowedFileTypes/`): the first stands for both.
    if (!node.methods.has(method)) {
      node.methods.set(method, { index, names: segments.filter(isParameter).map((name) => name.slice(1, -1)) });
    }
  }

  match(method: HttpMethod, path: string): Route | undefined {
    for (const { node, values } of this.#walk(path)) {
      const found = node.methods.get(method);
      if (found !== undefined) {
        return {
          index: found.index,
          values: Object.fromEntries(found.names.map((name, i) => [name, values[i] ?? ''])),
        };
      }
    }
    return undefined;
  }

  methodsOf(path: string): HttpMethod[] {
    return [...new Set([...this.#walk(path)].flatMap(({ node }) => [...node.methods.keys()]))];
  }

  /** Every template that fits, the most literal first. */
  *#walk(path: string): Generator<{ node: Node; values: string[] }> {
    const segments = segmentsOf(path);
    const step = function* (at: Node, depth: number, values: string[]): Generator<{ node: Node; values: string[] }> {
      const segment = segments[depth];
      if (segment === undefined) {
        if (at.methods.size > 0) yield { node: at, values };
        return;
      }
      const literal = at.literals.get(segment.toLowerCase());
      if (literal !== undefined) yield* step(literal, depth + 1, values);
      if (at.parameter !== undefined) yield* step(at.parameter, depth + 1, [...values, decode(segment)]);
    };
    yield* step(this.#root, 0, []);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

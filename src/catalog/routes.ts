import { templateParameters } from './encoding.ts';
import type { HttpMethod } from './model.ts';

/** A template at its place in the tree. */
interface Target {
  readonly template: string;
  readonly methods: readonly HttpMethod[];
  /** Its own placeholders, in order; looked at when the place is first reached. */
  parameters?: readonly { readonly name: string; readonly integer: boolean }[];
}

interface Node {
  literals: Map<string, Node> | undefined;
  parameter: Node | undefined;
  targets: Target[] | undefined;
}

const newNode = (): Node => ({ literals: undefined, parameter: undefined, targets: undefined });

/** Segments of a path without empty ones: a doubled or trailing slash does not matter to Manage. */
export const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

export interface Route {
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

function parametersOf(target: Target): NonNullable<Target['parameters']> {
  target.parameters ??= templateParameters(target.template).map(({ name, type }) => ({
    name,
    integer: type === 'integer',
  }));
  return target.parameters;
}

/** How well concrete values fit a template: a number where an id stands is best, a text where an id stands does not fit. */
function fitOf(target: Target, values: readonly string[]): number {
  const ids = parametersOf(target).map(({ integer }, index) => ({
    integer,
    number: /^\d+$/.test(values[index] ?? ''),
  }));
  return ids.some(({ integer, number }) => integer && !number) ? -1 : ids.filter(({ integer }) => integer).length;
}

/**
 * Finds the template that a path belongs to. Letter case does not matter; a literal segment wins over a placeholder, and among
 * `/members/{id}` and `/members/{memberIdentifier}` the value decides.
 */
export class Routes {
  readonly #root = newNode();

  /** Adds a template with the methods that it has. */
  add(template: string, methods: readonly HttpMethod[]): void {
    let node = this.#root;
    for (const segment of template.toLowerCase().split('/')) {
      if (segment === '') continue;
      let next: Node | undefined;
      if (segment.startsWith('{')) {
        next = node.parameter ?? newNode();
        node.parameter = next;
      } else {
        node.literals ??= new Map();
        next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
      }
      node = next;
    }
    node.targets ??= [];
    node.targets.push({ template, methods });
  }

  match(method: HttpMethod, path: string): Route | undefined {
    for (const { targets, values } of this.#walk(path)) {
      let best: Target | undefined;
      for (const target of targets) {
        // The first of equals: it stands for both spellings of one path.
        if (!target.methods.includes(method)) continue;
        if (best === undefined || fitOf(target, values) > fitOf(best, values)) best = target;
      }
      if (best === undefined) continue;
      return {
        template: best.template,
        values: Object.fromEntries(parametersOf(best).map(({ name }, i) => [name, values[i] ?? ''])),
      };
    }
    return undefined;
  }

  methodsOf(path: string): HttpMethod[] {
    const methods = [...this.#walk(path)].flatMap(({ targets }) => targets.flatMap((target) => target.methods));
    return [...new Set(methods)];
  }

  /** The templates of every place that fits, the most literal first. */
  *#walk(path: string): Generator<{ targets: readonly Target[]; values: readonly string[] }> {
    const segments = segmentsOf(path);
    const step = function* (
      node: Node,
      depth: number,
      values: readonly string[],
    ): Generator<{ targets: readonly Target[]; values: readonly string[] }> {
      const segment = segments[depth];
      if (segment === undefined) {
        if (node.targets !== undefined) yield { targets: node.targets, values };
        return;
      }
      const literal = node.literals?.get(segment.toLowerCase());
      if (literal !== undefined) yield* step(literal, depth + 1, values);
      if (node.parameter !== undefined) yield* step(node.parameter, depth + 1, [...values, decode(segment)]);
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

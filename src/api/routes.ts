import type { HttpMethod, Parameter } from './model.ts';

/** A template at its place in the tree. */
interface Target {
  readonly template: string;
  readonly methods: readonly HttpMethod[];
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

/** How many placeholders are ids, each with a number; below zero when a text stands where an id belongs. */
function fitOf(parameters: readonly Parameter[], values: readonly string[]): number {
  const ids = parameters.map(({ type }, index) => (type === 'integer' ? values[index] : undefined));
  const given = ids.filter((value) => value !== undefined);
  return given.every((value) => /^\d+$/.test(value)) ? given.length : -1;
}

/**
 * Finds the template that a path belongs to. Letter case does not matter; a literal segment wins over a placeholder, and among
 * `/members/{id}` and `/members/{memberIdentifier}` the value decides. An id is a number: `/companies/search` is not a company.
 */
export class Routes {
  readonly #root = newNode();
  readonly #parametersOf: (method: HttpMethod, template: string) => readonly Parameter[];

  /** @param parametersOf path parameters of an operation, in the order of its template. */
  constructor(parametersOf: (method: HttpMethod, template: string) => readonly Parameter[]) {
    this.#parametersOf = parametersOf;
  }

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
    return this.#first(path, (targets, values) => {
      let best: { fit: number; template: string; parameters: readonly Parameter[] } | undefined;
      for (const { template, methods } of targets) {
        if (!methods.includes(method)) continue;
        const parameters = this.#parametersOf(method, template);
        const fit = fitOf(parameters, values);
        // The first of equals: it stands for both spellings of one path.
        if (fit >= 0 && (best === undefined || fit > best.fit)) best = { fit, template, parameters };
      }
      if (best === undefined) return undefined;
      const pairs = best.parameters.map(({ name }, index) => [name, values[index] ?? '']);
      return { template: best.template, values: Object.fromEntries(pairs) };
    });
  }

  methodsOf(path: string): HttpMethod[] {
    const methods: HttpMethod[] = [];
    this.#first(path, (targets) => {
      for (const target of targets) methods.push(...target.methods);
      return undefined;
    });
    return [...new Set(methods)].filter((method) => this.match(method, path) !== undefined);
  }

  /** What is made of the first place that fits, the most literal before the others, of which anything is made. */
  #first(
    path: string,
    make: (targets: readonly Target[], values: readonly string[]) => Route | undefined,
  ): Route | undefined {
    const segments = segmentsOf(path);
    const below = (node: Node, depth: number, values: readonly string[]): Route | undefined => {
      const segment = segments[depth];
      if (segment === undefined) return node.targets && make(node.targets, values);
      const literal = node.literals?.get(segment.toLowerCase());
      const found = literal && below(literal, depth + 1, values);
      if (found !== undefined || node.parameter === undefined) return found;
      return below(node.parameter, depth + 1, [...values, decode(segment)]);
    };
    return below(this.#root, 0, []);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

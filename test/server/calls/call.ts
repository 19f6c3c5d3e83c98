/**
 * A call that has to succeed on a fresh sandbox, after those before it.
 * `$name` in the arguments stands for a value that an earlier call gave.
 */
export interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What later calls use: its name, and where it stands in the structured result, for example `rows.0.0`. */
  readonly keep?: Readonly<Record<string, string>>;
}

export const call = (tool: string, input: Call['input'] = {}, keep?: Call['keep']): Call => ({
  tool,
  input,
  ...(keep && { keep }),
});

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[step];
  return found;
}

/** The arguments with what was kept in the place of their `$name`s. */
export function filled(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string' && /^\$\w+$/.test(value)) return kept.get(value.slice(1));
  if (Array.isArray(value)) return value.map((item) => filled(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, kept)]));
}

/** Remembers what a call's result holds for later ones; gives what it should hold and does not. */
export function keepFrom(structured: unknown, { keep = {} }: Call, kept: Map<string, unknown>): string[] {
  return Object.entries(keep).flatMap(([name, path]) => {
    const value = at(structured, path);
    kept.set(name, value);
    return value === undefined ? [`nothing at ${path} of ${JSON.stringify(structured).slice(0, 300)}`] : [];
  });
}

/** A reference's id. */
export function idOf(reference: unknown): number | undefined {
  const id = (reference as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'number' ? id : undefined;
}

/** A reference's name, or identifier. */
export function nameOf(reference: unknown): string | undefined {
  const { name, identifier } = (reference ?? {}) as { name?: unknown; identifier?: unknown };
  const text = name ?? identifier;
  return typeof text === 'string' ? text : undefined;
}

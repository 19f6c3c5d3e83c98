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

interface Labelled {
  readonly id: number;
  readonly label: string;
}

/** A reference to a record that was named, with its name for who reads a preview; nothing where none was named. */
export function referenceTo(named: Labelled): { id: number; name: string };
export function referenceTo(named: Labelled | undefined): { id: number; name: string } | undefined;
export function referenceTo(named: Labelled | undefined) {
  return named && { id: named.id, name: named.label };
}

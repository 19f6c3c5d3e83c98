/** A JSON object whose members nobody has looked at yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is an object with members: neither a list nor `null`. */
export const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

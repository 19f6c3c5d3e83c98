import { isRecord } from '../json.ts';

/** Requests whose arguments a client may leave out. */
const WITH_ARGUMENTS: readonly unknown[] = ['tools/call', 'prompts/get'];

function withoutNull(message: unknown): unknown {
  if (!isRecord(message) || !isRecord(message.params)) return message;
  const { arguments: given, ...params } = message.params;
  return given === null && WITH_ARGUMENTS.includes(message.method) ? { ...message, params } : message;
}

/**
 * A message, or a list of them, with `arguments: null` left out of its calls: several hosts send that for a tool without arguments,
 * and the SDK refuses it as a fault of the protocol. A message without it is given back as it is.
 */
export const withoutNullArguments = (message: unknown): unknown =>
  Array.isArray(message) ? message.map(withoutNull) : withoutNull(message);

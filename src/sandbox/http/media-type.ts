import type { Operation } from '../../api/index.ts';

/** JSON under any of its names; no name, and what clients put there who forget it, are let pass. */
const TAKEN = /^((application|text)\/([\w.-]+\+)?json|text\/plain|)$/;

/**
 * The media type that an operation does not take, as its refusal names it; `undefined` when it takes what was sent. That forms,
 * XML and bytes are refused for JSON is this sandbox's reading of the server's framework. Actions without a body of their own do not look at what comes with them.
 */
export function unsupportedType(
  operation: Operation,
  header: string | undefined,
  hasBody: boolean,
): string | undefined {
  const type = (header?.split(';')[0] ?? '').trim().toLowerCase();
  if (operation.request?.kind === 'multipart') return type === 'multipart/form-data' ? undefined : type;
  return operation.request === undefined || !hasBody || TAKEN.test(type) ? undefined : type;
}

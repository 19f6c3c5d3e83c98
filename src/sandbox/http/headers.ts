import type { Operation } from '../../api/index.ts';
import { apiFailure } from '../contract/failure.ts';

const VENDOR = /^application\/vnd\.connectwise\.com\+json(?:\s*;\s*version\s*=\s*([\w.]+))?$/i;

/** Asked for before there were models by year; older clients still do, and servers on the premises take it. */
const FIRST = new Set(['3.0', '3.0.0']);

/**
 * Versions of years to come are taken: a newer description of the API asks for its own.
 * @throws 400 when the first media type asks for a version that no server of this line has.
 */
export function checkVersion(accept: string | undefined, url: string): void {
  const first = (accept ?? '').split(',')[0]?.trim() ?? '';
  const version = VENDOR.exec(first)?.[1];
  if (version === undefined || /^20[1-9]\d\.\d+$/.test(version) || FIRST.has(version)) return;
  throw apiFailure(
    400,
    `The HTTP resource that matches the request URI '${url}' does not support the API version '${version}'.`,
  );
}

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

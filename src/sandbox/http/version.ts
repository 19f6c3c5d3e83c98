import { apiFailure } from '../failure.ts';

const VENDOR = /^application\/vnd\.connectwise\.com\+json(?:\s*;\s*version\s*=\s*([\w.]+))?$/i;

/** Asked for before there were models by year; older clients still do, and servers on the premises take it. */
const FIRST = new Set(['3.0', '3.0.0']);

/** @throws 400 when the first media type asks for a version that no server of this line has. */
export function checkVersion(accept: string | undefined, url: string): void {
  const first = (accept ?? '').split(',')[0]?.trim() ?? '';
  const version = VENDOR.exec(first)?.[1];
  if (version === undefined || /^20(1\d|2\d)\.\d+$/.test(version) || FIRST.has(version)) return;
  throw apiFailure(
    400,
    `The HTTP resource that matches the request URI '${url}' does not support the API version '${version}'.`,
  );
}

import type { ApiDescription, Operation, Schema, Schemas } from './index.ts';
import type { HttpMethod } from './model.ts';

/** Since and until which version something is there. */
interface Life {
  readonly since?: string;
  readonly until?: string;
}

/** Orders versions such as `2022.1` and `2022.10`: below zero when the first is older. */
export function compareVersions(one: string, other: string): number {
  const [a = 0, b = 0] = one.split('.').map(Number);
  const [c = 0, d = 0] = other.split('.').map(Number);
  return a - c || b - d;
}

/** `needs Manage 2025.1; this site is 2022.1`, of what another version has. */
export function lacking({ since, until }: Life, { version }: Pick<ApiDescription, 'version'>): string {
  const isTooNew = since !== undefined && compareVersions(since, version) > 0;
  return `${isTooNew ? `needs Manage ${since}` : `ended with Manage ${until}`}; this site is ${version}`;
}

/** Why a version has no member of a name, where another version has it. */
export function memberLacking(api: Schemas, { name }: Pick<Schema, 'name'>, member: string): string | undefined {
  const { whole, version } = api;
  if (whole === undefined || version === undefined || whole === api) return undefined;
  const wanted = member.toLowerCase();
  const here = api.schema(name)?.fields;
  for (const [own, field] of whole.schema(name)?.fields ?? [])
    if (own.toLowerCase() === wanted && here?.has(own) !== true) return lacking(field, { version });
  return undefined;
}

/** Why a version lacks an operation that another has; nothing where it has it, or nobody does. */
export function operationLacking(api: ApiDescription, name: string): string | undefined {
  const other = api.find(name) === undefined ? api.whole.find(name) : undefined;
  return other && lacking(other, api);
}

/**
 * The operation of a name or a concrete path that another version of the API has.
 * @param text an id, or a method with a template or a path
 */
export function elsewhere({ whole }: ApiDescription, text: string): Operation | undefined {
  const [method = '', path = ''] = text.split(' ');
  return whole.find(text) ?? (path.startsWith('/') ? whole.match(method as HttpMethod, path)?.operation : undefined);
}

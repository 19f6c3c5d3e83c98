import type { Result } from './host.ts';

/** What the server says to views alone, beside a result. */
export interface Aside {
  /** Tools that it offers to this caller, of those that the view uses. */
  readonly offers?: readonly string[];
  /** Those of them that are not in the caller's list, with the tool that runs them by name. */
  readonly through?: Readonly<Record<string, string>>;
  /** Where Manage itself opens records: an address to which the record's type and id are added. */
  readonly records?: string;
  /** What the tool has for views. */
  readonly own?: unknown;
}

export const asideOf = ({ _meta }: Result): Aside => (_meta?.['cwm-mcp/view'] ?? {}) as Aside;

import { quotedSetting } from '../may-be-key.ts';
import { closest } from './closest.ts';
import { type ApiDescription, MODULES, type Operation } from './index.ts';

/** A pattern, or another choice of an operator's, that selects nothing: a mistake that would go unnoticed. */
export class NothingSelected extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NothingSelected';
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const PARTS = /^(?:(GET|POST|PUT|PATCH|DELETE)\s+)?(.+)$/i;

/** Whether an operation is one that a pattern selects: `time/*`, `GET /time/*`, `POST /service/tickets`, `getTimeEntries`, `DELETE *`, `*`. */
export function matching(pattern: string): (operation: Operation) => boolean {
  const [, method, rest = ''] = PARTS.exec(pattern.trim()) ?? [];
  const path = rest.replace(/^\//, '').replace(/\/$/, '').toLowerCase();
  const form = new RegExp(`^${path.split('*').map(escaped).join('.*')}$`);
  return (operation) => {
    if (operation.id.toLowerCase() === pattern.toLowerCase()) return true;
    if (method !== undefined && operation.method !== method.toUpperCase()) return false;
    if (method === undefined && !path.includes('*')) return false;
    return form.test(operation.path.replace(/^\//, '').replace(/\/$/, '').toLowerCase());
  };
}

/**
 * The operations that a pattern selects: a path with `*` for any part of it, a method before it, or an operation id.
 * @param setting the variable that holds the pattern
 * @param words what else could be meant, for the error
 * @throws {NothingSelected} when there are none
 */
export function operationsSelected(
  api: ApiDescription,
  pattern: string,
  { setting, words = [] }: { setting: string; words?: readonly string[] },
): readonly Operation[] {
  const found = api.operations.filter(matching(pattern));
  if (found.length > 0) return found;
  const near = closest(
    pattern,
    [
      ...words,
      ...MODULES.map((module) => `${module}/*`),
      ...api.operations.map(({ method, path }) => `${method} ${path}`),
      ...api.operations.map(({ id }) => id),
    ],
    3,
  );
  throw new NothingSelected(
    `${setting}: ${quotedSetting(pattern)} selects ${words.length > 0 ? 'nothing' : 'no operation'}.${near.length > 0 ? ` Closest: ${near.join(', ')}.` : ''} Patterns are like time/*, GET /service/tickets/*, POST /service/tickets, or an operation id.`,
  );
}

import type { Operation } from '../api/index.ts';
import { Failure } from './contract/failure.ts';

/**
 * What the roles of this sandbox do not allow, as patterns over `METHOD /path/{id}`. In Manage roles are made by each administrator;
 * these are inventions that let a permission problem be tried.
 */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  Admin: [],
  Technician: [
    'POST /finance/*',
    'PUT /finance/*',
    'PATCH /finance/*',
    'DELETE /finance/*',
    'GET /finance/invoices*',
    'DELETE /service/tickets/{id}',
    'DELETE /company/*',
    'DELETE /procurement/*',
    'POST /system/members*',
    'PUT /system/*',
    'PATCH /system/*',
    'POST /time/sheets/{id}/approve',
    'POST /time/sheets/{id}/reject',
  ],
  'Read Only': [
    'POST *',
    'PUT *',
    'PATCH *',
    'DELETE *',
    'GET /finance/*',
    'GET /service/boards',
    'GET /system/members',
  ],
};

const toPattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .toLowerCase()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  );

const PATTERNS: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries(FORBIDDEN).map(([role, patterns]) => [role, patterns.map(toPattern)]),
);

export const securityFailure = (): Failure =>
  new Failure(403, { code: 'Security', message: 'You do not have security permission to perform this action.' });

/** @throws 403 when a role does not allow an operation. A role that somebody made in the sandbox allows everything. */
export function authorize(role: string, operation: Operation): void {
  const name = `${operation.method} ${operation.path}`.toLowerCase();
  if (PATTERNS.get(role)?.some((pattern) => pattern.test(name))) throw securityFailure();
}

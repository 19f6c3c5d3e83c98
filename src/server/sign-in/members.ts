import type { ManageClient, ManageRecord } from '../../manage/index.ts';
import { any, type Expression, field } from '../../query/index.ts';
import { Answers } from './answers.ts';

const MOST = 2_000;

/** A member as sign-in needs them, or why there is none. */
export type FoundMember =
  | { readonly identifier: string; readonly name: string }
  | { readonly problem: 'unknown' | 'several' | 'inactive' | 'account' };

/** What may name a member: what the operator writes may be anything, a claim of a provider an e-mail address or an identifier. */
export type SaidBy = 'operator' | 'provider';

function conditionsOf(said: string, by: SaidBy): Expression | undefined {
  const mail = any(field('officeEmail', '=', said), field('primaryEmail', '=', said));
  if (by === 'provider') return said.includes('@') ? mail : field('identifier', '=', said);
  if (/^\d+$/.test(said)) return field('id', '=', Number(said));
  return any(field('identifier', '=', said), mail);
}

const nameOf = ({ firstName, lastName }: ManageRecord): string =>
  [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');

/** Looks members up for sign-in, and remembers them for some minutes. */
export class Members {
  readonly #manage: Pick<ManageClient, 'list'>;
  readonly #known = new Answers<FoundMember>(MOST, (found) => !('problem' in found));

  /** @param manage may read members, whatever limits hold for callers */
  constructor(manage: Pick<ManageClient, 'list'>) {
    this.#manage = manage;
  }

  /** @throws {ManageError} when Manage does not answer */
  find(said: string, by: SaidBy): Promise<FoundMember> {
    const key = `${by} ${said.toLowerCase()}`;
    return this.#known.get(key) ?? this.#known.keep(key, this.#find(said, by));
  }

  async #find(said: string, by: SaidBy): Promise<FoundMember> {
    const { rows } = await this.#manage.list<ManageRecord>('GET /system/members', {
      conditions: conditionsOf(said, by),
      fields: [
        'id',
        'identifier',
        'firstName',
        'lastName',
        'officeEmail',
        'primaryEmail',
        'inactiveFlag',
        'licenseClass',
      ],
      limit: 10,
      counted: 'never',
    });
    // Compared here as well: how Manage compares texts is its own matter.
    const isMeant = ({ id, identifier, officeEmail, primaryEmail }: ManageRecord): boolean =>
      [by === 'operator' ? id : undefined, identifier, officeEmail, primaryEmail].some(
        (own) => own !== undefined && own !== null && String(own).toLowerCase() === said.toLowerCase(),
      );
    const meant = rows.filter(isMeant);
    const active = meant.filter(({ inactiveFlag }) => inactiveFlag !== true);
    const [only, second] = active;
    if (only === undefined) return { problem: meant.length > 0 ? 'inactive' : 'unknown' };
    if (second !== undefined) return { problem: 'several' };
    if (only.licenseClass === 'A') return { problem: 'account' };
    return { identifier: String(only.identifier), name: nameOf(only) };
  }
}

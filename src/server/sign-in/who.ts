import type { OAuthSettings } from '../../config/http-settings.ts';
import { cleanLine } from '../../text/index.ts';
import { type Caller, callerId, SCOPES, type Scope, scopesUpTo } from '../caller.ts';
import type { BroughtKeys } from './caller-keys.ts';
import { type Identity, memberClaimsOf } from './claims.ts';
import type { FoundMember, Members, SaidBy } from './members.ts';
import type { Person } from './people.ts';
import { forbidden, Refused } from './refusal.ts';

/**
 * Scopes to ask a provider for at first. With `read` alone no writing tool would be seen, none called, and so nobody ever asked for
 * more; what a person may not have, the provider leaves out.
 */
export const USUAL_SCOPES: readonly Scope[] = ['read', 'write'];

const LONGEST_NAME = 80;

const PROBLEMS: Readonly<Record<Extract<FoundMember, { readonly problem: string }>['problem'], string>> = {
  unknown: 'is no member of this Manage',
  several: 'fits several members of this Manage',
  inactive: 'is an inactive member of this Manage',
  account: 'is an API account of this Manage, and no person',
};

/** @throws {Refused} 403 where nobody, or more than one, is meant */
async function memberOf(members: Members, said: string, by: SaidBy) {
  const found = await members.find(said, by);
  if (!('problem' in found)) return found;
  const called = cleanLine(said).slice(0, LONGEST_NAME);
  throw forbidden(
    `The sign-in is good, but "${called}" ${PROBLEMS[found.problem]}. Ask the administrator of this server.`,
  );
}

/** Who brought a token of their own from the people file. @throws {Refused} where the file names a member that there is not */
export async function callerOfPerson(person: Person, members: Members): Promise<Caller> {
  const { name, member, scope, toolsets, timeZone } = person;
  const found = member === undefined ? undefined : await memberOf(members, member, 'operator');
  return {
    id: callerId('person', name),
    name,
    kind: 'person',
    member: found?.identifier,
    scopes: scopesUpTo(scope),
    toolsets,
    timeZone,
  };
}

const narrowest = (held: ReadonlySet<Scope>, widest: Scope): ReadonlySet<Scope> =>
  new Set(SCOPES.filter((scope) => held.has(scope) && scopesUpTo(widest).has(scope)));

/**
 * Who brought a token of the OpenID provider. The people file, where it knows them, says the member and narrows the scopes.
 * @throws {Refused} 403 for a token without scopes, and where it cannot be told which member somebody is
 */
export async function callerOfIdentity(
  identity: Identity,
  { members, person, oauth }: { members: Members; person: Person | undefined; oauth: OAuthSettings },
): Promise<Caller> {
  const { id, said } = identity;
  const scopes = person === undefined ? identity.scopes : narrowest(identity.scopes, person.scope);
  if (scopes.size === 0)
    throw new Refused({
      status: 403,
      error: 'insufficient_scope',
      message: `The token has none of the scopes ${SCOPES.join(', ')} of this server.`,
      scopes: USUAL_SCOPES,
    });
  const member = person?.member ?? said?.value;
  // Whom the people file names without a member may be a program.
  if (member === undefined && person === undefined)
    throw forbidden(
      `The sign-in is good, but the token does not say which member you are: it has no ${memberClaimsOf(oauth).join(' or ')}, or an e-mail address that nobody verified. The administrator of this server sets CWM_OAUTH_MEMBER_CLAIM, or names you in CWM_PEOPLE_FILE.`,
    );
  const by = person?.member === undefined ? 'provider' : 'operator';
  const found = member === undefined ? undefined : await memberOf(members, member, by);
  const name = person?.name ?? said?.value ?? found?.name ?? '';
  return {
    id: callerId('oauth', id),
    name: cleanLine(name).slice(0, LONGEST_NAME),
    kind: 'oauth',
    member: found?.identifier,
    scopes,
    toolsets: person?.toolsets,
    timeZone: person?.timeZone,
  };
}

/** Who brought Manage keys; their role in Manage decides what they may do. @throws {Refused} for a member that there is not */
export async function callerOfKeys({ id, member }: BroughtKeys, members: Members): Promise<Caller> {
  const found = member === undefined ? undefined : await memberOf(members, member, 'operator');
  return {
    id: callerId('keys', id),
    name: found?.identifier ?? 'own keys',
    kind: 'keys',
    member: found?.identifier,
    scopes: scopesUpTo('admin'),
  };
}

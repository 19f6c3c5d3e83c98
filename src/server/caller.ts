import { createHash } from 'node:crypto';
import type { ServerContext } from '@modelcontextprotocol/server';
import { presentCaller } from '../manage/index.ts';
import type { Toolset } from '../tool/index.ts';
import { sessionAlias } from './sessions/session-id.ts';

/** What callers may do. Each scope includes those before it: who may write may read. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Somebody who calls, after sign-in. */
export interface Caller {
  /** Tells one caller from every other one, and stays the same; also the `clientId` of the SDK's `AuthInfo`. */
  readonly id: string;
  /** As the journal and the logs name this caller. */
  readonly name: string;
  /**
   * How the caller signed in: not at all (`local`), with the token that all share (`shared`), with a token of their own (`person`),
   * at an OpenID provider (`oauth`), or with Manage keys of their own (`keys`).
   */
  readonly kind: 'local' | 'shared' | 'person' | 'oauth' | 'keys';
  /** Identifier of the member that the caller is in Manage. */
  readonly member?: string | undefined;
  /** IANA zone of this caller in place of the member's own. */
  readonly timeZone?: string | undefined;
  /** Everything that is granted, included scopes spelled out. */
  readonly scopes: ReadonlySet<Scope>;
  /** Toolsets of this caller in place of `CWM_TOOLSETS`. */
  readonly toolsets?: ReadonlySet<Toolset> | undefined;
}

/**
 * The id of somebody who signed in. A digest, so that no two are the beginning of one another, and what a provider knows people by
 * stands in no log and journal.
 */
export const callerId = (kind: Exclude<Caller['kind'], 'local' | 'shared'>, known: string): string =>
  `${kind}-${createHash('sha256').update(known).digest('hex').slice(0, 32)}`;

/** A scope with those that it includes. */
export const scopesUpTo = (scope: Scope): ReadonlySet<Scope> => new Set(SCOPES.slice(0, SCOPES.indexOf(scope) + 1));

/** Who calls where nobody has to sign in: over stdio, on the loopback interface, or with the token that all share. */
export const everybody = (kind: 'local' | 'shared', member?: string): Caller => ({
  id: '',
  name: kind,
  kind,
  member,
  scopes: scopesUpTo('admin'),
});

/** Id of who signed in; nobody over stdio, where one process serves one person. */
export const signedIn = ({ http }: Pick<ServerContext, 'http'>): string | undefined => http?.authInfo?.clientId;

/**
 * By whom callers take turns: who signed in is one caller, whatever they call with; else it is told as far as it can be.
 * @param client name and version of the client
 */
export const callerOf = (context: ServerContext, client = ''): string =>
  signedIn(context) || [presentCaller(), sessionAlias(context.sessionId) ?? '', client].join(' ');

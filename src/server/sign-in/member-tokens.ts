import { LRUCache } from 'lru-cache';
import { Forbidden, type Keys, type Login, type ManageClient } from '../../manage/index.ts';
import { quotedSetting } from '../../may-be-key.ts';
import { entryOf, type SharedStore } from '../../shared-store/index.ts';
import type { Members } from './members.ts';

/** A token's last minutes are not used: requests under way and clocks that differ need them. In milliseconds. */
const LAST_MS = 60_000;
/** From then on the next token is made beside the calls, so that none has to wait for it. */
const RENEW_MS = 15 * 60_000;
/** Manage gives four hours. */
const SHORTEST_MS = 20 * 60_000;
const MOST_MEMBERS = 1_000;

interface Token extends Login {
  /** Milliseconds since 1970, by Manage's clock. */
  readonly expires: number;
}

const OPERATION = 'POST /system/members/{memberIdentifier}/tokens';

/**
 * Tokens with which requests act as a member, made by an integrator login when they are needed. In memory they are kept as they are:
 * the password that makes them is there as well. Replicas share them through the store, which seals what it keeps. Manage cannot take
 * a token back; forgotten, it ends by itself within hours.
 */
export class MemberTokens {
  readonly #integrator: Pick<ManageClient, 'write'>;
  readonly #now: () => number;
  readonly #store: SharedStore;
  readonly #tokens = new LRUCache<string, Promise<Token>>({ max: MOST_MEMBERS });
  /** What Manage no longer took, by member: another replica may not know it yet. */
  readonly #refused = new LRUCache<string, string>({ max: MOST_MEMBERS });
  readonly #renewing = new Map<string, Promise<Token>>();

  /**
   * @param integrator signs in with the integrator login
   * @param store what replicas share
   */
  constructor(integrator: Pick<ManageClient, 'write'>, store: SharedStore, now: () => number = Date.now) {
    this.#integrator = integrator;
    this.#store = store;
    this.#now = now;
  }

  /** What a client signs in with to act as a member. @param member identifier */
  keysOf(member: string): Keys {
    return {
      current: async (signal) => {
        signal.throwIfAborted();
        return this.#current(member);
      },
      refused: ({ publicKey }) => {
        const token = this.#tokens.get(member);
        token
          ?.then((known) => {
            if (known.publicKey !== publicKey || this.#tokens.get(member) !== token) return;
            this.#refused.set(member, publicKey);
            this.#tokens.delete(member);
          })
          .catch(() => undefined);
      },
    };
  }

  /** The same for whoever the operator names, by identifier, e-mail address or id; looked up with the first request. */
  keysOfNamed(member: string, members: Members): Keys {
    let used: Keys | undefined;
    return {
      current: async (signal) => {
        const found = await members.find(member, 'operator');
        if ('problem' in found)
          throw new Forbidden(`CWM_MEMBER ${quotedSetting(member)} is nobody whom the integrator login can act as.`, {
            operation: OPERATION,
          });
        used = this.keysOf(found.identifier);
        return used.current(signal);
      },
      refused: (login) => used?.refused(login),
    };
  }

  /** Forgets all tokens. */
  forget(): void {
    this.#tokens.clear();
  }

  async #current(member: string): Promise<Token> {
    const known = await this.#tokens.get(member);
    const left = known === undefined ? 0 : known.expires - this.#now();
    if (known === undefined || left <= LAST_MS) return this.#renew(member);
    // A failure is told by the call that needs the token.
    if (left <= RENEW_MS) this.#renew(member).catch(() => undefined);
    return known;
  }

  /** A new token; once for however many ask at the same time. */
  #renew(member: string): Promise<Token> {
    const under = this.#renewing.get(member);
    if (under !== undefined) return under;
    const token = this.#sharedOrNew(member).finally(() => this.#renewing.delete(member));
    this.#renewing.set(member, token);
    token.then(
      () => this.#tokens.set(member, token),
      () => undefined,
    );
    return token;
  }

  /** The token that another replica made lately, or one of our own for all. */
  async #sharedOrNew(member: string): Promise<Token> {
    const key = `token of ${member}`;
    const shared = entryOf<Token>(await this.#store.get(key));
    const isGood = shared !== undefined && shared.publicKey !== this.#refused.get(member);
    if (isGood && shared.expires - this.#now() > RENEW_MS) return { ...shared, isBorrowed: true };
    const made = await this.#make(member);
    await this.#store.set(key, JSON.stringify(made), made.expires - this.#now());
    return made;
  }

  async #make(member: string): Promise<Token> {
    try {
      const made = await this.#integrator.write<{ publicKey: string; privateKey: string; expiration: string }>(
        OPERATION,
        {
          path: { memberIdentifier: member },
          body: { memberIdentifier: member },
        },
      );
      const { publicKey, privateKey, expiration } = made;
      // A clock that is hours ahead must not make a token for every request; a 401 tells when one has ended after all.
      const least = this.#now() + SHORTEST_MS;
      const expires = Math.max(Date.parse(expiration) || least, least);
      return { publicKey, privateKey, userType: 'member', expires };
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      throw new Forbidden(
        `Manage does not let the integrator login act as ${member}: it needs Member Impersonation, and the member has to be active.`,
        { operation: OPERATION, status: error.status, requestId: error.requestId },
      );
    }
  }
}

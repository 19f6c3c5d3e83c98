import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { createManageClient, Forbidden, type Keys, ManageError, NotFound } from '../../manage/index.ts';
import type { Counter } from '../../shared-store/index.ts';
import { type Caller, everybody } from '../caller.ts';
import { NoTools } from '../select-tools.ts';
import type { Services } from '../services.ts';
import type { Arrival } from './arrival.ts';
import { bringsKeys, CallerKeys } from './caller-keys.ts';
import { identityOf } from './claims.ts';
import { createFetchJson } from './fetch-json.ts';
import { hashOf, openPeople, type People } from './people.ts';
import { createTokenVerifier, looksLikeToken, type TokenVerifier } from './provider.ts';
import { forbidden, Refused, tooMany, unavailable } from './refusal.ts';
import { callerOfIdentity, callerOfKeys, callerOfPerson, USUAL_SCOPES } from './who.ts';

/** Where callers come in. */
export interface Door {
  /**
   * The services of whoever calls.
   * @throws {Refused} for callers who do not sign in, cannot be told, or call too often
   */
  admit(request: IncomingMessage, arrival: Arrival): Promise<Services>;
  close(): Promise<void>;
}

/** Failed tries to sign in that one address has in a minute; who brings a good token is let in all the same. */
const MOST_FAILURES = 30;
const MINUTE_S = 60;

const isSame = (given: string, wanted: string): boolean => timingSafeEqual(hashOf(given), hashOf(wanted));

/** Counts one more. @throws {Refused} 429 when there were too many in this minute */
async function count(limiter: Counter, key: string, message: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw tooMany(message, Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
  }
}

/** A caller, and what their requests sign in with where it is not the server's own login. */
interface Access {
  readonly caller: Caller;
  readonly keys?: Keys | undefined;
}

/** How a request can sign in, as the configuration allows. */
class SignIn {
  readonly #services: Services;
  readonly #people: People | undefined;
  readonly #verifier: TokenVerifier | undefined;
  readonly #brought: CallerKeys;
  readonly #failures: Counter;

  constructor(services: Services, people: People | undefined, verifier: TokenVerifier | undefined) {
    const { config, api, logger, site, store } = services;
    this.#failures = store.counter('failed sign-ins', MOST_FAILURES, MINUTE_S);
    this.#services = services;
    this.#people = people;
    this.#verifier = verifier;
    this.#brought = new CallerKeys((keys) => {
      const client = createManageClient({ ...config.manage, readOnly: true }, { api, logger, shared: site, keys });
      return anyAnswer(client.get('GET /system/info'));
    });
  }

  /** Who calls. @throws {Refused} {ManageError} when Manage cannot be asked */
  async of(request: IncomingMessage, arrival: Arrival): Promise<Access> {
    const { token, oauth, callerKeys } = this.#services.config.http;
    const isOpen = token === undefined && oauth === undefined && this.#people === undefined && !callerKeys;
    if (isOpen) return { caller: everybody('local', this.#services.config.member) };
    try {
      if (callerKeys && bringsKeys(request.headers)) return await this.#byKeys(request, arrival);
      return await this.#byToken(/^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]);
    } catch (error) {
      // Who guesses is slowed down; who signs in never comes here.
      const isGuess = error instanceof Refused && error.refusal.error === 'invalid_token';
      if (isGuess) await count(this.#failures, arrival.address, TOO_MANY_FAILURES);
      throw error;
    }
  }

  async #byToken(given: string | undefined): Promise<Access> {
    const { token, oauth } = this.#services.config.http;
    if (given === undefined)
      throw new Refused({
        status: 401,
        error: 'unauthorized',
        message: 'Sign in: send Authorization: Bearer with a token.',
        scopes: USUAL_SCOPES,
      });
    if (token !== undefined && isSame(given, token))
      return { caller: everybody('shared', this.#services.config.member) };
    const person = await this.#people?.byToken(given);
    if (person !== undefined) return this.#asMember(await callerOfPerson(person, this.#services.members));
    if (oauth !== undefined && this.#verifier !== undefined && looksLikeToken(given)) {
      const identity = identityOf(await this.#verifier.verify(given), oauth);
      const known = await this.#people?.bySignIn(identity.known);
      return this.#asMember(
        await callerOfIdentity(identity, { members: this.#services.members, person: known, oauth }),
      );
    }
    throw new Refused({
      status: 401,
      error: 'invalid_token',
      message: 'The token is not known.',
      scopes: USUAL_SCOPES,
    });
  }

  async #byKeys({ headers }: IncomingMessage, arrival: Arrival): Promise<Access> {
    const mayAsk = async (): Promise<void> => {
      const failed = await this.#failures.get(arrival.address);
      if (failed !== null && failed.remainingPoints <= 0) throw tooMany(TOO_MANY_FAILURES, MINUTE_S);
    };
    const brought = await this.#brought.read(headers, arrival, mayAsk);
    return { caller: await callerOfKeys(brought, this.#services.members), keys: brought.keys };
  }

  /** With an integrator login requests go out as the member: who is none would have all its rights. */
  #asMember(caller: Caller): Access {
    if (this.#services.tokens === undefined) return { caller };
    if (caller.member === undefined)
      throw forbidden('The sign-in is good, but it stands for no member, and this server acts as members only.');
    return { caller, keys: this.#services.tokens.keysOf(caller.member) };
  }
}

const TOO_MANY_FAILURES = 'Too many tries to sign in from this address. Try again in a minute.';

/** Waits for an answer that shows that Manage knew who asked, whatever the role may read. */
async function anyAnswer(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Forbidden || error instanceof NotFound)) throw error;
  }
}

/** Opens the door that the configuration describes. @throws {ConfigError} for a people file that cannot be used */
export async function openDoor(services: Services): Promise<Door> {
  const { config, logger } = services;
  const { oauth, peopleFile, callsPerMinute } = config.http;
  const people = peopleFile === undefined ? undefined : await openPeople(peopleFile, logger);
  const provider = oauth && createFetchJson(config.manage.caPem);
  const unreachable = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error({ issuer: oauth?.issuer, reason }, 'the OpenID provider does not answer');
  };
  const verifier =
    oauth &&
    provider &&
    createTokenVerifier(oauth, { fetchJson: provider.fetchJson, now: () => new Date(), unreachable });
  const signIn = new SignIn(services, people, verifier);
  const calls = services.store.counter('requests of callers', callsPerMinute, MINUTE_S);
  return {
    async admit(request, arrival) {
      try {
        const { caller, keys } = await signIn.of(request, arrival);
        // Whoever runs the server on their own machine, for themselves, has Manage's limit alone.
        if (caller.kind !== 'local') {
          const who = caller.id === '' ? arrival.address : caller.id;
          await count(calls, who, `More than ${callsPerMinute} requests in this minute (CWM_CALLS_PER_MINUTE).`);
        }
        return caller.id === '' ? services : services.of(caller, keys);
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async close() {
      await provider?.close();
    },
  };
}

/** What a caller is told who could not be let in through no fault of the sign-in. */
function refusalOf(error: unknown): unknown {
  if (error instanceof NoTools)
    return forbidden(
      'The sign-in is good, but its scopes and toolsets leave no tool. Ask the administrator of this server.',
    );
  if (!(error instanceof ManageError)) return error;
  return unavailable(
    'Manage does not answer, so it cannot be looked up which member you are. Try again in a few seconds.',
    error.retryAfterSeconds ?? 5,
  );
}

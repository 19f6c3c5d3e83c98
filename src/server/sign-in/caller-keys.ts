import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fixedKeys, type Keys, type Login, Unauthorized } from '../../manage/index.ts';
import { Answers } from './answers.ts';
import type { Arrival } from './arrival.ts';
import { forbidden, invalidToken } from './refusal.ts';

const MOST = 1_000;
const LONGEST_KEY = 256;

/** Manage keys that a caller brought. */
export interface BroughtKeys {
  /** Tells these keys, both of them, from all others. */
  readonly id: string;
  readonly keys: Keys;
  /** Whom the caller says that they work for. */
  readonly member: string | undefined;
}

const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;

/** Whether a request brings Manage keys, or a part of them. */
export const bringsKeys = (headers: IncomingHttpHeaders): boolean =>
  headers['x-cwm-public-key'] !== undefined || headers['x-cwm-private-key'] !== undefined;

/** Callers with Manage keys of their own. Whether keys are good, Manage says; its word stands for some minutes. */
export class CallerKeys {
  readonly #ask: (keys: Keys) => Promise<unknown>;
  readonly #known = new Answers<boolean>(MOST, (isGood) => isGood);

  /** @param ask sends any request with some keys */
  constructor(ask: (keys: Keys) => Promise<unknown>) {
    this.#ask = ask;
  }

  /**
   * The keys of a request.
   * @param mayAsk whether Manage may be asked for keys that are not known
   * @throws {Refused} for keys that are not good, not whole, or came in the clear; {ManageError} when Manage does not answer
   */
  async read(
    headers: IncomingHttpHeaders,
    { isSecure, isLocal }: Arrival,
    mayAsk: () => Promise<void>,
  ): Promise<BroughtKeys> {
    if (!isSecure && !isLocal)
      throw forbidden(
        'Manage keys came in the clear: use https. Whoever is on the way can have read them, so make new ones.',
      );
    const [publicKey, privateKey] = [one(headers['x-cwm-public-key']), one(headers['x-cwm-private-key'])];
    if (publicKey === undefined || privateKey === undefined)
      throw invalidToken('Send both headers, X-CWM-Public-Key and X-CWM-Private-Key.');
    if (publicKey.length > LONGEST_KEY || privateKey.length > LONGEST_KEY || publicKey.includes(':'))
      throw invalidToken('X-CWM-Public-Key and X-CWM-Private-Key hold no keys of Manage.');
    const login: Login = { publicKey, privateKey };
    const id = createHash('sha256')
      .update(JSON.stringify([publicKey, privateKey]))
      .digest('hex');
    const keys = fixedKeys(login);
    const known = this.#known.get(id);
    if (known === undefined) await mayAsk();
    if (!(await (known ?? this.#known.keep(id, this.#check(keys)))))
      throw invalidToken('Manage does not know these keys.');
    return { id, keys, member: one(headers['x-cwm-member']) };
  }

  async #check(keys: Keys): Promise<boolean> {
    try {
      await this.#ask(keys);
      return true;
    } catch (error) {
      if (error instanceof Unauthorized) return false;
      throw error;
    }
  }
}

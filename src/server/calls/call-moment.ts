import { DateTime } from 'luxon';
import { isRecord } from '../../json.ts';
import { WriteOutcomeUnknown } from '../../manage/index.ts';
import { PartlyDone, type ToolDefinition } from '../../tool/index.ts';
import type { Services } from '../services.ts';
import { keyTextOf } from './key-text.ts';

/** What a moment is kept with. */
interface Kept {
  readonly services: Pick<Services, 'guard' | 'now' | 'clock' | 'logger'>;
  /** Whose call it is, as the guard of creations tells it. */
  readonly caller: string;
}

/** What is kept of a call does not hold it up. */
const AT_MOST_MS = 1_000;

/**
 * The moment that the words of a call are about. "2 hours ago" in a call that is made again, because nobody learnt what became of it,
 * means what it meant at first: else the same call a minute later is another one, and its record a second one.
 */
export class CallMoment {
  readonly #kept: Kept;
  readonly #key: string | undefined;
  /** When the call was made at first, in milliseconds since 1970; `undefined` for one that is new. */
  readonly #first: number | undefined;

  /** The moment of a call. @param given its arguments as they came; a yes among them makes no other call */
  static async of({ name, effect }: ToolDefinition, given: unknown, kept: Kept): Promise<CallMoment> {
    // What only reads has none of its own: nothing of it is kept.
    if (effect === 'read') return new CallMoment(kept, undefined, undefined);
    const { confirm: _, ...input } = isRecord(given) ? given : {};
    const key = `${kept.caller} call ${name} ${await keyTextOf(input)}`;
    const entry = await kept.services.guard.entries.peek(key);
    return new CallMoment(kept, key, entry?.at);
  }

  private constructor(kept: Kept, key: string | undefined, first: number | undefined) {
    this.#kept = kept;
    this.#key = key;
    this.#first = first;
  }

  /** What "now" means to the call, in the conversation's zone. */
  readonly now = async (): Promise<DateTime<true>> => {
    const present = await this.#kept.services.now();
    return this.#first === undefined
      ? present
      : (DateTime.fromMillis(this.#first, { zone: present.zone }) as DateTime<true>);
  };

  /**
   * Writes, and keeps the moment for as long as nobody knows how that ended.
   * @param isHeard whether the caller still waits
   */
  async during<T extends { readonly structured: Readonly<Record<string, unknown>> }>(
    write: () => Promise<T>,
    isHeard: () => boolean,
  ): Promise<T> {
    await this.#save(true);
    let isKnown = false;
    try {
      const result = await write();
      isKnown = result.structured.problems === undefined;
      return result;
    } catch (error) {
      isKnown = !(error instanceof WriteOutcomeUnknown || error instanceof PartlyDone);
      throw error;
    } finally {
      if (isKnown && isHeard()) await this.#save(false);
    }
  }

  async #save(isOpen: boolean): Promise<void> {
    const key = this.#key;
    if (key === undefined) return;
    const { guard, clock, logger } = this.#kept.services;
    const entry = isOpen ? { state: 'open' as const, at: this.#first ?? clock().getTime() } : undefined;
    try {
      await guard.entries.alone(key, AbortSignal.timeout(AT_MOST_MS), ({ save }) => save(entry));
    } catch (error) {
      logger.warn({ err: error }, 'the moment of a call was not kept');
    }
  }
}

import type { Operation } from '../../api/index.ts';
import { ManageError, type ManageRecord, NotFound, WriteOutcomeUnknown } from '../../manage/index.ts';
import { field } from '../../query/index.ts';
import { alikePlace, authorOf, listedPlace, madeAt, type Place } from './find-created.ts';
import { REMEMBERED_MS, type Sent, type SentSlot, STILL_COMING_MS } from './guard.ts';
import type { StepRequest } from './plan.ts';
import { type Writing, writeWithin } from './writing.ts';

/** One POST of a change. */
export interface Post {
  readonly operation: Operation;
  readonly request: StepRequest;
  /** The tool's own look for what it makes. */
  readonly find: ((signal: AbortSignal) => Promise<ManageRecord | undefined>) | undefined;
  /** The tool's own read of what looks like what it makes, where that is not listed under the operation's path. */
  readonly alike: ((signal: AbortSignal) => Promise<readonly ManageRecord[]>) | undefined;
  /** Whether records that were there before and look the same have been ruled out. */
  readonly isNew: boolean;
  /** Whether it is all that its change does: once it is made, nothing is left to finish. */
  readonly isWhole: boolean;
  /** Under what it is remembered: who makes which change, and which of its steps this is. */
  readonly key: string;
}

/** What became of a POST. */
export interface Posted {
  readonly record: ManageRecord | undefined;
  /** An earlier call sent it, and nothing was sent now. */
  readonly joined: boolean;
  /** The record was found by looking for it: it is what the look gives, not what Manage answers with. */
  readonly looked?: boolean;
  /** Looks for all records of the same request, the one that is answered with first. */
  readonly together?: ((signal: AbortSignal) => Promise<readonly ManageRecord[]>) | undefined;
}

/** Licence of members that only programs sign in as. */
const API_MEMBER = 'A';

/** The newest records of a list, among which what another replica may have made in the last minutes is looked for. */
const LATELY = 300;

/** Longest wait between two looks for what an earlier call sent, in milliseconds. */
const LONGEST_PAUSE_MS = 4_000;

/**
 * Sends a POST so that the same request never makes two records: it waits for the same one that is under way, in whichever process,
 * and takes what that one or an earlier one of the last minutes made.
 * @throws {WriteOutcomeUnknown} when nobody can tell whether it happened
 */
export async function sendOnce(post: Post, writing: Writing): Promise<Posted> {
  const { operation, request, alike } = post;
  const place = alike === undefined ? listedPlace(operation, request, writing.api) : alikePlace(alike);
  return writing.guard.entries.alone(post.key, writing.signal, async (slot) => {
    const looker = new Looker(post, place, writing);
    const made = await madeEarlier(slot, looker, writing);
    if (made !== undefined) return { record: made, joined: true };
    return sendNow(post, slot, looker, writing);
  });
}

/** What the same request of an earlier call made, looked for until it can no longer appear. */
async function madeEarlier(slot: SentSlot, looker: Looker, writing: Writing): Promise<ManageRecord | undefined> {
  const { entry } = slot;
  const { guard, again, signal } = writing;
  if (entry === undefined) return slot.isSure || again ? undefined : looker.lately(signal);
  if (entry.state === 'done' && again) return undefined;
  if (entry.state === 'open' || entry.state === 'done') {
    const record = await looker.stillThere(entry, signal);
    if (record === undefined) await slot.save(undefined);
    return record;
  }
  // Its answer was lost, or the process that sent it has ended: to find out is to finish what was begun.
  writing.begun();
  let waited = Date.now() - entry.at;
  for (;;) {
    const found = await looker.again(entry, { isLast: waited >= STILL_COMING_MS });
    if (found !== undefined) {
      await slot.save({ ...entry, state: 'open', id: Number(found.id) || undefined });
      return found;
    }
    if (waited >= STILL_COMING_MS) break;
    const pause = Math.min(LONGEST_PAUSE_MS, STILL_COMING_MS - waited);
    await guard.pause(pause, signal);
    waited += pause;
  }
  await slot.save(undefined);
  return undefined;
}

async function sendNow(post: Post, slot: SentSlot, looker: Looker, writing: Writing): Promise<Posted> {
  const { guard, signal, again } = writing;
  const { operation, request } = post;
  const after = again || !post.isNew ? await looker.newestId(signal) : undefined;
  const entry: Sent = { state: 'sending', at: Date.now(), after };
  await slot.save(entry);
  try {
    let looked = false;
    const settle = async (within: AbortSignal): Promise<ManageRecord | undefined> => {
      const found = await looker.look(entry, within);
      looked = found !== undefined;
      return found;
    };
    const name = `${operation.method} ${operation.path}`;
    const record = await writeWithin<ManageRecord | undefined>(writing, name, {
      ...request,
      settle: looker.canLook ? settle : undefined,
    });
    await slot.save({ ...entry, state: post.isWhole ? 'done' : 'open', id: Number(record?.id) || undefined });
    if (record === undefined) return { record, joined: false };
    looker.remember(record);
    const author = authorOf(record);
    if (author !== undefined) guard.authors.add(author);
    return { record, joined: false, looked, together: looker.together(record, after) };
  } catch (error) {
    await slot.save(error instanceof WriteOutcomeUnknown ? { ...entry, state: 'unknown' } : undefined);
    throw error;
  }
}

/** Nobody can tell whether a record is of the request. */
class MayBe extends Error {
  /** One that is stored as it was sent, of an author that may be us. */
  readonly record: ManageRecord | undefined;

  constructor(record: ManageRecord | undefined) {
    super('What was made since may be of this request.');
    this.record = record;
  }
}

const ownKey = ({ sharedName }: Place, id: unknown): string => `${sharedName} ${Number(id)}`;

/** Looks for what one POST made. */
class Looker {
  readonly #post: Post;
  readonly #place: Place | undefined;
  readonly #writing: Writing;

  constructor(post: Post, place: Place | undefined, writing: Writing) {
    this.#post = post;
    this.#place = place;
    this.#writing = writing;
  }

  get canLook(): boolean {
    return this.#post.find !== undefined || this.#place !== undefined;
  }

  /** What the request made, `undefined` when provably nothing. @throws when that cannot be told */
  async look(entry: Sent, signal: AbortSignal): Promise<ManageRecord | undefined> {
    const found = await this.#post.find?.(signal);
    // What acts on a record is known by the tool's own look alone.
    if (this.#place === undefined) return found;
    const isOurs = found === undefined ? false : await this.#isOurs(found, entry, signal);
    // A look may read only a part of it.
    if (isOurs === true) return (await this.#whole(found, entry, signal)) ?? found;
    let alike = isOurs === undefined ? found : undefined;
    let isOpen = this.#post.find === undefined && entry.after === undefined;
    const rows = await this.#place.newestWith(this.#looking(signal));
    // One that says something else matters only where Manage may have stored ours differently from what was sent.
    const mayDiffer = entry.after !== undefined && this.#post.find === undefined;
    for (const { row, asSent } of rows) {
      if (!asSent && !mayDiffer) continue;
      const ours = await this.#isOurs(row, entry, signal);
      if (ours === true && asSent) return row;
      if (ours === undefined && asSent) alike ??= row;
      isOpen ||= ours !== false && mayDiffer;
    }
    if (isOpen || alike !== undefined) throw new MayBe(alike);
    return undefined;
  }

  async #whole(
    found: ManageRecord | undefined,
    { after }: Sent,
    signal: AbortSignal,
  ): Promise<ManageRecord | undefined> {
    if (this.#place === undefined || found?.id === undefined) return undefined;
    const sent = { id: Number(found.id), after };
    return this.#place.made(sent, this.#looking(signal)).catch((): undefined => undefined);
  }

  /** The same for a request of an earlier call; on the last look what cannot be told is taken for not there. */
  async again(entry: Sent, { isLast }: { isLast: boolean }): Promise<ManageRecord | undefined> {
    const { signal, again } = this.#writing;
    const { operation } = this.#post;
    if (!this.canLook && again) return undefined;
    const seconds = Math.round((Date.now() - entry.at) / 1000);
    const name = `${operation.method} ${operation.path}`;
    const unknown = (why: string, cause?: unknown): WriteOutcomeUnknown =>
      new WriteOutcomeUnknown(
        `The same request was sent ${seconds} seconds ago and its outcome is not known${why} Nothing was sent now: check before trying again.`,
        { operation: name, cause },
      );
    if (!this.canLook) throw unknown('.');
    try {
      return await this.look(entry, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ManageError) throw unknown(`, because it cannot be looked for now: ${error.message}`, error);
      if (!(error instanceof MayBe)) throw error;
      if (isLast && error.record !== undefined)
        throw unknown(
          `: record ${Number(error.record.id)} says the same and may be of it, or of somebody else.`,
          error,
        );
      return undefined;
    }
  }

  /**
   * What the same request made in the last minutes, where another replica may have sent it and cannot be asked. What a person or
   * program made with the same content is taken for it, too: the answer says that nothing was sent.
   */
  async lately(signal: AbortSignal): Promise<ManageRecord | undefined> {
    if (this.#place === undefined) return undefined;
    const rows = await this.#place.newestWith(this.#looking(signal), LATELY);
    const since = Date.now() - REMEMBERED_MS;
    return rows.find(({ row, asSent }) => asSent && madeAt(row) > since)?.row;
  }

  /** The record of a request that is done, as it is now; `undefined` when it is gone. */
  async stillThere({ id, after }: Sent, signal: AbortSignal): Promise<ManageRecord | undefined> {
    const { find } = this.#post;
    try {
      if (this.#place !== undefined && id !== undefined)
        return await this.#place.made({ id, after }, this.#looking(signal));
      return await find?.(signal);
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async newestId(signal: AbortSignal): Promise<number | undefined> {
    if (this.#place === undefined) return undefined;
    return this.#place.newestId(this.#looking(signal)).catch((): undefined => {
      signal.throwIfAborted();
      return undefined;
    });
  }

  remember(record: ManageRecord): void {
    // Elsewhere the id that is answered with may be another record's.
    if (this.#place?.sharedName !== undefined) this.#writing.guard.own.set(ownKey(this.#place, record.id), true);
  }

  /** Looks for all records that came of the same request. */
  together(record: ManageRecord, after: number | undefined): Posted['together'] {
    const place = this.#place;
    if (place === undefined) return undefined;
    const isOwn = (id: number): boolean => this.#writing.guard.own.has(ownKey(place, id));
    return (signal) => place.together(record, { ...this.#looking(signal), after, isOwn });
  }

  #looking(signal: AbortSignal) {
    const { guardReads, api } = this.#writing;
    return { manage: guardReads, api, signal };
  }

  /** Whether a record is of this request, by its id and its author; `undefined` when its author may be us. */
  async #isOurs(record: ManageRecord, { after = 0 }: Sent, signal: AbortSignal): Promise<boolean | undefined> {
    const { guard } = this.#writing;
    const id = Number(record.id);
    if (id <= after) return false;
    if (this.#place?.sharedName === undefined) return true;
    if (guard.own.has(ownKey(this.#place, id))) return false;
    const author = authorOf(record);
    if (author === undefined || guard.authors.has(author)) return true;
    return this.#mayBeUs(author, signal);
  }

  /**
   * Whether an author is the account that we write with, before Manage said which that is: the member that we work for, or an API
   * member; people are somebody else. `undefined` where that cannot be read.
   */
  async #mayBeUs(author: string, signal: AbortSignal): Promise<boolean | undefined> {
    const { me, guardReads, guard } = this.#writing;
    if (author === (await me())?.toLowerCase()) return true;
    const known = guard.programs.get(author);
    if (known !== undefined) return known;
    const conditions = field('identifier', '=', author);
    const fields = ['identifier', 'licenseClass'];
    const asked = guardReads.first<ManageRecord>('GET /system/members', { conditions, fields, signal });
    const member = await asked.catch((): undefined => undefined);
    if (member === undefined) return undefined;
    const isProgram = member.licenseClass === API_MEMBER;
    guard.programs.set(author, isProgram);
    return isProgram;
  }
}

import { isHeld, turn } from '../in-turns.ts';
import type { SharedStore } from '../shared-store/index.ts';
import { callOf, type Ending, type Entry, endingOf, entryOf, type Intent, isEnding } from './entry.ts';
import { type Asked, isAskedFor } from './filter.ts';
import { FolderStore } from './folder-store.ts';
import { SharedJournal } from './shared-journal.ts';
import { MemoryStore, type Store } from './store.ts';

/** Where the journal is kept, or why it is not. */
export type JournalPlace =
  | { readonly kind: 'folder'; readonly folder: string; readonly days: number }
  | { readonly kind: 'memory' }
  | { readonly kind: 'off' };

/** Which journal is kept, as it was configured. */
export interface JournalSettings {
  readonly place: JournalPlace;
  /** Whether a write that cannot be written down is refused. Otherwise it is done, and the answer says that it is not in the journal. */
  readonly required: boolean;
}

/** A write that was not sent, because the journal could not be written and it has to be. */
export class JournalUnwritable extends Error {
  constructor(place: string, cause: unknown) {
    super(`The journal in ${place} cannot be written (${reasonOf(cause)}); nothing was sent.`, { cause });
    this.name = 'JournalUnwritable';
  }
}

/** Why the journal could not be written, in a word where the system has one. */
export const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ??
  (error instanceof Error ? error.message.replace(/\.$/, '') : String(error));

export interface JournalOptions {
  readonly now?: () => Date;
  /** Where replicas tell each other what they wrote. */
  readonly shared?: SharedStore;
  /** The journal that this one is a part of, and whose writes the part has. */
  readonly of?: { readonly journal: Journal; readonly by: string };
}

/** What was written, by whom, with what before: a line before each write is sent, and one when it has ended. */
export class Journal {
  readonly settings: JournalSettings;
  readonly #store: Store | undefined;
  readonly #by: string | undefined;

  constructor(settings: JournalSettings, { now, shared, of }: JournalOptions = {}) {
    this.settings = settings;
    this.#store = of === undefined ? storeOf(settings.place, { now, shared }) : of.journal.#store;
    this.#by = of?.by;
  }

  /** The same journal as one person sees it who may see their own writes alone. @param by id of who signed in */
  of(by: string): Journal {
    return new Journal(this.settings, { of: { journal: this, by } });
  }

  /** Where it is, in a few words: the folder, or that it is in memory or off. */
  get place(): string {
    const { place } = this.settings;
    if (place.kind === 'folder') return place.folder;
    return place.kind === 'memory' ? 'the memory of this process' : 'off';
  }

  get isOn(): boolean {
    return this.#store !== undefined;
  }

  /** @throws where the line cannot be written */
  async write(line: Intent | Ending): Promise<void> {
    await this.#store?.append(line);
  }

  /**
   * Writes, the newest first, with what became of them.
   * @param asked what to leave out; `since` also saves reading what is older
   */
  async *newestFirst(asked: Asked = {}): AsyncGenerator<Entry> {
    for await (const entry of this.#entries(asked.since))
      if (isAskedFor(entry, { ...asked, by: this.#by })) yield entry;
  }

  /**
   * The other writes about the time of one, of everybody: to tell what is whose, not to be shown.
   * @param milliseconds how far from it
   */
  async around({ id, at, site }: Entry, milliseconds: number): Promise<Entry[]> {
    const [since, until] = [-milliseconds, milliseconds].map((by) => new Date(Date.parse(at) + by));
    const found: Entry[] = [];
    for await (const entry of this.#entries(since))
      if (entry.id !== id && isAskedFor(entry, { site, since, until })) found.push(entry);
    return found;
  }

  async *#entries(since: Date | undefined): AsyncGenerator<Entry> {
    const endings = new Map<string, Ending>();
    const undone = new Map<string, string>();
    for await (const line of this.#store?.newestFirst(since) ?? []) {
      // A long journal holds up nobody else who is served.
      if (isHeld()) await turn();
      if (isEnding(line)) {
        endings.set(line.id, endingOf(endings.get(line.id), line));
        continue;
      }
      const entry = entryOf(line, endings.get(line.id), undone.get(line.id));
      endings.delete(line.id);
      // Taking back what took something back brings it into force again.
      const { undoes, undoneBy, outcome, id } = entry;
      if (undoes !== undefined && undoneBy === undefined && outcome === 'done' && !undone.has(undoes))
        undone.set(undoes, id);
      yield entry;
    }
  }

  /** The writes of a call, or the one write, by id; the newest first. */
  async find(id: string): Promise<Entry[]> {
    const found: Entry[] = [];
    for await (const entry of this.newestFirst()) {
      if (entry.id === id || callOf(entry.id) === id) found.push(entry);
      // A call's lines are close together: nothing older than a day can belong to it.
      else if (found[0] !== undefined && Date.parse(found[0].at) - Date.parse(entry.at) > DAY_MS) break;
    }
    return found;
  }

  /**
   * Writes as they end, from now on, until the signal.
   * @param known writes that were read before: those of them that end now are told, too
   */
  async *follow(asked: Asked, signal: AbortSignal, known: readonly Entry[] = []): AsyncGenerator<Entry> {
    const open = new Map<string, Intent>();
    for await (const line of this.#store?.follow(signal) ?? []) {
      if (!isEnding(line)) {
        open.set(line.id, line);
        continue;
      }
      const intent = open.get(line.id) ?? known.find(({ id }) => id === line.id);
      open.delete(line.id);
      const entry = intent && entryOf({ ...intent, v: 1 }, line);
      if (entry !== undefined && isAskedFor(entry, { ...asked, by: this.#by })) yield entry;
    }
  }
}

const DAY_MS = 86_400_000;

/** How long replicas share what is otherwise kept in memory, in days. */
const MEMORY_DAYS = 7;

function storeOf(place: JournalPlace, { now, shared }: Pick<JournalOptions, 'now' | 'shared'>): Store | undefined {
  if (place.kind === 'off') return undefined;
  const days = place.kind === 'folder' ? place.days : MEMORY_DAYS;
  const own = place.kind === 'folder' ? new FolderStore(place.folder, { days, now }) : new MemoryStore();
  return shared?.isShared ? new SharedJournal(own, shared, days * DAY_MS) : own;
}

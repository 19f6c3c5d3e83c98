import { InMemoryServerEventBus, type ServerEvent, type ServerEventBus } from '@modelcontextprotocol/server';
import { isRecord } from '../../json.ts';
import type { SharedStore } from '../../shared-store/index.ts';

/** What replicas tell each other of a change. */
function changedIn(told: string): string | undefined {
  const read: unknown = JSON.parse(told);
  return isRecord(read) && typeof read.changed === 'string' ? read.changed : undefined;
}

/** Changes of resources, told to whoever listens, at this replica or another one. */
export class ResourceChanges implements ServerEventBus {
  readonly #store: SharedStore;
  readonly #here: InMemoryServerEventBus;
  readonly #deaf: () => void;

  constructor(store: SharedStore, onerror: (error: Error) => void) {
    this.#store = store;
    this.#here = new InMemoryServerEventBus(onerror);
    this.#deaf = store.subscribe((told) => {
      const uri = changedIn(told);
      if (uri !== undefined) this.#here.publish({ kind: 'resource_updated', uri });
    });
  }

  publish(event: ServerEvent): void {
    this.#here.publish(event);
    if (event.kind === 'resource_updated') void this.#store.publish(JSON.stringify({ changed: event.uri }));
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    return this.#here.subscribe(listener);
  }

  close(): void {
    this.#deaf();
  }
}

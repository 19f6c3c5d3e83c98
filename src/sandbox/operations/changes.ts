import type { OperationRequest } from '../contract/request.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { SandboxRecord } from '../store/store.ts';
import type { Dispatcher } from './dispatch.ts';

/** What one request made of one record. */
export interface Change {
  /** Collection in lower case, without the names of the path parameters. */
  readonly template: string;
  readonly id: number;
  readonly before: SandboxRecord | undefined;
  readonly after: SandboxRecord | undefined;
}

type Context = Parameters<Dispatcher['answer']>[1];

/** Hears what each request changed, when it is done. */
export type ChangeListener = (changes: readonly Change[], request: OperationRequest, context: Context) => void;

/**
 * The dispatcher, telling of every record that a request changed, whether it was named in the request or changed along with it:
 * merged and attached tickets, both sides of a conversion, the ticket of a note or of an assignment.
 */
export function observed(
  dispatcher: Dispatcher,
  store: MemoryStore,
  listeners: readonly ChangeListener[],
): Pick<Dispatcher, 'answer'> {
  let changes: Map<string, Change> | undefined;
  store.watch((template, before, after) => {
    const id = after?.id ?? before?.id;
    if (changes === undefined || id === undefined) return;
    const key = `${template}/${id}`;
    const known = changes.get(key);
    changes.set(key, { template, id, before: known === undefined ? before : known.before, after });
  });
  return {
    answer(request, context) {
      // A read writes only the examples of a table that is still empty.
      changes = request.operation.method === 'GET' ? undefined : new Map();
      try {
        const answer = dispatcher.answer(request, context);
        const found = [...(changes?.values() ?? [])];
        changes = undefined;
        for (const listener of listeners) listener(found, request, context);
        return answer;
      } finally {
        changes = undefined;
      }
    },
  };
}

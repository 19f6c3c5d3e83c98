import type { ListRequest } from '../list.ts';
import type { Ids } from './ids.ts';

const MOST_KEPT = 16;

interface Kept {
  version: number;
  readonly answers: Map<string, Ids>;
}

const keptOf = new WeakMap<object, Kept>();

/**
 * What a query selected, as long as nothing was written since: a client that pages through a list asks for the same selection page
 * after page. Records that are shown otherwise than stored are selected anew, since time alone can change them.
 */
export function cached(request: ListRequest, kind: string, compute: (request: ListRequest) => Ids): Ids {
  const { collection, parents, schema, query, present } = request;
  if (present !== undefined) return compute(request);
  let kept = keptOf.get(collection);
  if (kept === undefined || kept.version !== collection.version) {
    kept = { version: collection.version, answers: new Map() };
    keptOf.set(collection, kept);
  }
  const asked = ['conditions', 'childconditions', 'customfieldconditions', 'orderby'].map((name) => query.get(name));
  const key = JSON.stringify([kind, schema, parents, ...asked]);
  const known = kept.answers.get(key);
  if (known !== undefined) return known;
  const found = compute(request);
  const [oldest] = kept.answers.keys();
  if (kept.answers.size >= MOST_KEPT && oldest !== undefined) kept.answers.delete(oldest);
  kept.answers.set(key, found);
  return found;
}

import type { NameKind } from './kind.ts';
import type { CallNames, Names, Resolved, ResolveOptions, Taken, Use } from './names.ts';
import { isConfirmed, type Reliance } from './tables.ts';

/** Names that remember what one call resolved. */
export function callNames(names: Names, use: Use): CallNames {
  // By when they were asked for: which of them Manage answers first says nothing.
  const taken: Map<string, Taken>[] = [];
  const reliance: Reliance = new Set();
  const noting = (kind: NameKind, given: unknown, { argument }: ResolveOptions) => {
    const found = new Map<string, Taken>();
    taken.push(found);
    return (record: Resolved): void => {
      found.set(`${kind} ${record.id} ${argument}`, { argument, kind, given: String(given), record });
    };
  };
  return {
    get taken() {
      return [...new Map(taken.flatMap((found) => [...found])).values()];
    },
    async resolve(kind, given, options) {
      const note = noting(kind, given, options);
      const record = await names.resolve(kind, given, { use, reliance, ...options });
      note(record);
      return record;
    },
    async resolveAll(kind, given, options) {
      const note = noting(kind, given, options);
      const records = await names.resolveAll(kind, given, { use, reliance, ...options });
      for (const record of records) note(record);
      return records;
    },
    confirmed: () => isConfirmed(reliance),
    list: (kind, scope) => names.list(kind, { reliance, checked: use === 'write', ...scope }),
    otherKinds: (kind, given, options) => names.otherKinds(kind, given, options),
    suggest: (kind, typed) => names.suggest(kind, typed),
    ahead: (kinds) => names.ahead(kinds),
    renew: (kinds) => names.renew(kinds),
    refresh: () => names.refresh(),
    forCall: (other) => names.forCall(other),
  };
}

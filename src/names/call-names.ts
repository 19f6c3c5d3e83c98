import type { NameKind } from './kind.ts';
import type { CallNames, Names, Resolved, ResolveOptions, Taken, Use } from './names.ts';
import { isConfirmed, type Reliance } from './tables.ts';

/** Names that remember what one call resolved. */
export function callNames(names: Names, use: Use): CallNames {
  const taken = new Map<string, Taken>();
  const reliance: Reliance = new Set();
  const note = (kind: NameKind, given: unknown, { argument }: ResolveOptions, record: Resolved): void => {
    taken.set(`${kind} ${record.id} ${argument}`, { argument, kind, given: String(given), record });
  };
  return {
    get taken() {
      return [...taken.values()];
    },
    async resolve(kind, given, options) {
      const record = await names.resolve(kind, given, { use, reliance, ...options });
      note(kind, given, options, record);
      return record;
    },
    async resolveAll(kind, given, options) {
      const records = await names.resolveAll(kind, given, { use, reliance, ...options });
      for (const record of records) note(kind, given, options, record);
      return records;
    },
    confirmed: () => isConfirmed(reliance),
    list: (kind, scope) => names.list(kind, { reliance, ...scope }),
    suggest: (kind, typed) => names.suggest(kind, typed),
    ahead: (kinds) => names.ahead(kinds),
    renew: (kinds) => names.renew(kinds),
    refresh: () => names.refresh(),
    forCall: (other) => names.forCall(other),
  };
}

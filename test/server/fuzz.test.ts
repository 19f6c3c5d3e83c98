import { describe, expect, it } from 'vitest';
import { fuzz } from '../../scripts/fuzz/part.ts';
import { pureParts } from '../../scripts/fuzz/pure-parts.ts';

// A smoke of `npm run fuzz`, with few inputs and no bound on their time: the machine that tests run on may be busy.
describe('what is not what it should be', () => {
  it.each(pureParts.map((part) => [part.name, part] as const))(
    'is refused or taken by the part for %s',
    async (_, part) => {
      const { findings } = await fuzz(part, { runs: 12, seed: 20, most: Number.POSITIVE_INFINITY });
      expect(findings).toEqual([]);
    },
  );
});

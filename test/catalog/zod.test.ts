import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadCatalog } from '../../src/catalog/load.ts';
import { bodySchema, pathSchema, querySchema } from '../../src/catalog/zod.ts';

const catalog = loadCatalog();

describe('zod schemas on demand', () => {
  it('exist for path, query and body of all 2,814 operations, as JSON schema without references', () => {
    let walked = 0;
    for (const operation of catalog.operations) {
      for (const schema of [pathSchema(operation), querySchema(operation), bodySchema(operation, catalog)]) {
        if (schema !== undefined) expect(JSON.stringify(z.toJSONSchema(schema))).not.toContain('"$ref"');
      }
      walked += 1;
    }
    expect(walked).toBe(2814);
  });

  it('are made once', () => {
    const operation = catalog.find('POST /service/tickets');
    if (operation === undefined) throw new Error('missing');
    expect(bodySchema(operation, catalog)).toBe(bodySchema(operation, catalog));
  });
});

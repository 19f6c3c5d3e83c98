import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { adviseOnField, WRONG_FIELDS } from '../../src/api/wrong-fields.ts';

const api = loadApi();
const schemaOf = (name: string) => {
  const schema = api.schema(name);
  if (schema === undefined) throw new Error(`There is no schema ${name}.`);
  return schema;
};

describe('members that people write by mistake', () => {
  it('do not exist, and lead to members that do', () => {
    const wrong = WRONG_FIELDS.flatMap(({ schema, wrong: mistake, use }) => {
      const { fields } = schemaOf(schema);
      const exists = [...fields.keys()].some((name) => name.toLowerCase() === mistake);
      return [...(exists ? [mistake] : []), ...use.filter((name) => !fields.has(name))].map((n) => `${schema}.${n}`);
    });
    expect(wrong).toEqual([]);
  });

  it('are told where the thing is kept when no member holds it', () => {
    expect(adviseOnField(schemaOf('Priority'), 'resolutionHours').advice).toContain('/service/SLAs');
    expect(adviseOnField(schemaOf('Company.Configuration'), 'snmpCommunity').advice).toContain('questions');
    expect(adviseOnField(schemaOf('Ticket'), 'sumary').use).toEqual(['summary']);
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(adviseOnField(schemaOf('Ticket'), name).advice).toBeUndefined();
  });
});

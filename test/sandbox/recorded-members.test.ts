import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { isRecord } from '../../src/json.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf } from '../support/session.ts';

// Which members records of real servers were seen to carry, by list: facts only, without any value.
const RECORDED = readFileSync(new URL('recorded-members.txt', import.meta.url), 'utf8');

/** At least this share of the members that the served version knows. */
const WANTED = 0.95;

/** `company{id _info.company_href}` is `company.id` and `company._info.company_href`. */
function membersOf(text: string): string[] {
  return [...text.matchAll(/([^\s{}]+)(?:\{([^}]*)\})?/g)].flatMap(([, head = '', inside]) =>
    inside === undefined ? [head] : inside.split(' ').map((member) => `${head}.${member}`),
  );
}

const entities = RECORDED.split(/^GET /m)
  .slice(1)
  .map((block) => {
    const [list = '', ...members] = block.split('\n');
    return { list, members: membersOf(members.join(' ')) };
  });

/** Paths of everything that a record carries, lists by what is in any of their items. */
function pathsIn(value: unknown, path: string, found: Set<string>): void {
  if (path !== '') found.add(path);
  if (Array.isArray(value)) for (const item of value) pathsIn(item, `${path}[]`, found);
  else if (isRecord(value))
    for (const [name, inner] of Object.entries(value)) pathsIn(inner, path === '' ? name : `${path}.${name}`, found);
}

const api = loadApi();

/** Whether the served version has the member that a path begins with. */
function isKnown(list: string, path: string): boolean {
  const template = list.replace(/\{\w+\}/, '{parentId}');
  const fields = api.schema(api.find(`GET ${template}`)?.response.schema ?? '')?.fields;
  const [top = ''] = path.split(/[.[]/);
  return fields === undefined || top === '_info' || fields.has(top);
}

describe('records', () => {
  const shares: { list: string; share: number; missing: string[] }[] = [];

  beforeAll(async () => {
    const sandbox = await startSandbox({ now: NOW, tickets: 120 });
    const rest = restOf(sandbox);
    try {
      const { body: created } = await rest('POST', '/service/tickets', { summary: 'Recorded', company: { id: 2 } });
      await rest('POST', `/service/tickets/${created.id}/configurations`, { id: 1 });
      for (const { list, members } of entities) {
        const path = list.replace(/\{\w+\}/, String(created.id));
        const { body } = await rest('GET', path.includes('/reports') ? path : `${path}?pageSize=1000`);
        const carried = new Set<string>();
        for (const record of [body].flat()) pathsIn(record, '', carried);
        const wanted = members.filter((member) => isKnown(list, member));
        const missing = wanted.filter((member) => !carried.has(member));
        shares.push({ list, share: 1 - missing.length / Math.max(1, wanted.length), missing });
      }
    } finally {
      await sandbox.close();
    }
  });

  it(`carry at least ${WANTED * 100} % of the members that recordings of real servers show`, () => {
    for (const { list, share, missing } of shares)
      process.stdout.write(`recorded members ${list}: ${(share * 100).toFixed(0)} % ${missing.join(' ')}\n`);
    expect(shares.filter(({ share }) => share < WANTED)).toEqual([]);
  });
});

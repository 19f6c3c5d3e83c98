import { z } from 'zod';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { say } from '../../src/text/index.ts';
import { defineTool, listOutput, readable, tableResult } from '../../src/tool/index.ts';

export default defineTool({
  name: 'list_locations',
  title: 'List locations',
  toolset: 'system',
  effect: 'read',
  uses: ['GET /system/locations', 'GET /system/info/locations', 'GET /system/info/departmentlocations'],
  description: 'Business locations with their departments and managers.',
  input: z.strictObject({}),
  output: listOutput,
  async run(_, { manage, signal }) {
    const [locations, pairs] = await Promise.all([
      manage.all<ManageRecord>('GET /system/locations', { signal }).catch((error: unknown) => {
        if (error instanceof Forbidden) return manage.all<ManageRecord>('GET /system/info/locations', { signal });
        throw error;
      }),
      readable<readonly ManageRecord[]>(manage.all('GET /system/info/departmentlocations', { signal })),
    ]);
    const departmentsAt = (id: unknown): string =>
      (pairs ?? [])
        .filter(({ location }) => idOf(location) === id)
        .map(({ department }) => nameOf(department))
        .join(', ');
    return tableResult({
      noun: 'locations',
      head: pairs === undefined ? say`Which departments are where may not be read with this role.` : undefined,
      columns: ['id', 'location', 'departments', 'manager', 'zone', 'city'],
      rows: locations.map((row) => [
        row.id,
        row.name,
        departmentsAt(row.id),
        nameOf(row.manager),
        nameOf(row.timeZoneSetup),
        row.overrideCity,
      ]),
      total: locations.length,
      pageSize: locations.length,
    });
  },
});

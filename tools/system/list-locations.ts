import { z } from 'zod';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, listOutput, readablePart, tableResult } from '../../src/tool/index.ts';

const ALL = 1000;

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
    const options = { pageSize: ALL, signal };
    const [locations, pairs] = await Promise.all([
      manage.page<ManageRecord>('GET /system/locations', options).catch((error: unknown) => {
        if (error instanceof Forbidden) return manage.page<ManageRecord>('GET /system/info/locations', options);
        throw error;
      }),
      readablePart(manage.page<ManageRecord>('GET /system/info/departmentlocations', options)),
    ]);
    const at = (id: unknown): readonly ManageRecord[] => pairs.filter(({ location }) => idOf(location) === id);
    return tableResult({
      noun: 'locations',
      columns: ['id', 'location', 'departments', 'manager', 'zone', 'city'],
      rows: locations.rows.map((row) => [
        row.id,
        row.name,
        at(row.id)
          .map((pair) => nameOf(pair.department))
          .join(', '),
        nameOf(row.manager),
        nameOf(row.timeZoneSetup),
        row.overrideCity,
      ]),
      total: locations.rows.length,
      pageSize: ALL,
    });
  },
});

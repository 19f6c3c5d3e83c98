import { ExactSum, type ManageReader, type ManageRecord } from '../manage/index.ts';

/** An opportunity's forecast. It is read whole: its lines are members of one record. */
export const FORECAST = 'GET /sales/opportunities/{parentId}/forecast';

/** The lines of an opportunity's forecast. The document says that it is a list of one; servers give the one alone as well. */
export async function readForecast(
  manage: Pick<ManageReader, 'get'>,
  opportunityId: number,
  signal: AbortSignal,
): Promise<readonly ManageRecord[]> {
  const answer = await manage.get<ManageRecord | ManageRecord[]>(FORECAST, {
    path: { parentId: opportunityId },
    signal,
  });
  const forecasts = Array.isArray(answer) ? answer : [answer];
  return forecasts.flatMap(({ forecastItems }) =>
    Array.isArray(forecastItems) ? (forecastItems as ManageRecord[]) : [],
  );
}

/** What the lines of a forecast come to; those that are left out of it do not count. */
export function forecastSum(items: readonly ManageRecord[], member: 'revenue' | 'recurringRevenue' | 'cost'): number {
  const sum = new ExactSum();
  for (const item of items) if (item.includeFlag !== false) sum.add(item[member]);
  return sum.value;
}

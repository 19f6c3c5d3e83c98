import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';

/** Operations that reading a forecast needs. */
export const FORECAST_OPERATIONS = ['GET /sales/opportunities/{parentId}/forecast'] as const;

/** The lines of an opportunity's forecast. The document says that it is a list of one; servers give the one alone as well. */
export async function readForecast(
  manage: ManageClient,
  opportunityId: number,
  signal: AbortSignal,
): Promise<readonly ManageRecord[]> {
  const answer = await manage.get<ManageRecord | ManageRecord[]>(FORECAST_OPERATIONS[0], {
    path: { parentId: opportunityId },
    signal,
  });
  const forecasts = Array.isArray(answer) ? answer : [answer];
  return forecasts.flatMap(({ forecastItems }) =>
    Array.isArray(forecastItems) ? (forecastItems as ManageRecord[]) : [],
  );
}

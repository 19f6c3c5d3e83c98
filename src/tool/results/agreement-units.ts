import type { JsonObject } from '../../json.ts';

/**
 * What the balance of an agreement counts where that is no money: hours or incidents of which some are prepaid. One that is
 * unlimited, or has none, keeps `Hours` as a default that says nothing.
 */
export function countedUnits(agreement: JsonObject | undefined): 'hours' | 'incidents' | undefined {
  const { applicationUnits, applicationLimit, applicationUnlimitedFlag } = agreement ?? {};
  if (applicationUnlimitedFlag === true || !(Number(applicationLimit ?? 0) > 0)) return undefined;
  if (applicationUnits === 'Hours') return 'hours';
  return applicationUnits === 'Incidents' ? 'incidents' : undefined;
}

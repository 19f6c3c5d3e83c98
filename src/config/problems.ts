import { apiBaseUrl, SiteError } from '../manage/site.ts';
import { quotedSetting } from '../may-be-key.ts';

/** The root of a site's API, or what is wrong with the site. */
export function readSite(site: string): { readonly baseUrl: string; readonly problem?: string } {
  try {
    return { baseUrl: apiBaseUrl(site) };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    return { baseUrl: '', problem: error.message };
  }
}

/** What is wrong with a client id, behind its name: `has to be ...`. */
export const clientIdProblem = (clientId: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)
    ? undefined
    : 'has to be a GUID like 12345678-1234-1234-1234-123456789abc.';

/** What is wrong with a time zone, behind its name. No library for times is loaded before a client is greeted. */
export function zoneProblem(zone: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return undefined;
  } catch {
    return `${quotedSetting(zone)} is not an IANA zone; write one like America/Chicago or Europe/London.`;
  }
}

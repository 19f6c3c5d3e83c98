import type { ApiDescription } from '../api/index.ts';
import type { Config } from '../config/config.ts';
import { isRecord } from '../json.ts';
import { type ManageClient, ManageError, type ManageSettings, NoSuchOperation, Unauthorized } from '../manage/index.ts';
import { quotedSetting } from '../may-be-key.ts';
import { bad, type Finding, ok, said } from './finding.ts';
import { askSite } from './network.ts';

/** What the sign-in page knows of a company, without keys: `null` for one that it does not know, nothing where it cannot be asked. */
const companyInfo = (settings: ManageSettings): Promise<unknown> =>
  askSite(settings, `/login/companyinfo/${encodeURIComponent(settings.companyId)}`, async ({ statusCode, body }) => {
    const text = await body.text();
    return statusCode === 200 ? JSON.parse(text) : undefined;
  }).catch(() => undefined);

/** Slips that make good keys wrong ones. */
function keySlip({ publicKey, privateKey }: ManageSettings): string | undefined {
  const keys = { CWM_PUBLIC_KEY: publicKey, CWM_PRIVATE_KEY: privateKey };
  for (const [name, key] of Object.entries(keys)) {
    if (/["'\s]/.test(key)) return `${name} holds quotes or blanks, which belong to no key: write the key alone.`;
    if (key.includes('+')) return `${name} holds a +: write the key alone; the company has a setting of its own.`;
    if (key.includes(':')) return `${name} holds a colon: the two keys have a setting each.`;
  }
  return publicKey === privateKey ? 'CWM_PUBLIC_KEY and CWM_PRIVATE_KEY are the same.' : undefined;
}

/** Keys, company and site are refused in the same words; the sign-in page tells which. */
async function refusedKeys(settings: ManageSettings): Promise<string> {
  const { baseUrl, companyId } = settings;
  const slip = keySlip(settings);
  if (slip !== undefined) return slip;
  const info = await companyInfo(settings);
  if (info === null)
    return `CWM_COMPANY_ID: this site knows no company ${quotedSetting(companyId)}; write it as on the sign-in page, or check CWM_SITE.`;
  if (!isRecord(info))
    return 'CWM_COMPANY_ID, CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong, or the API member is inactive.';
  const { SiteUrl: site } = info;
  if (typeof site === 'string' && site !== '' && site.toLowerCase() !== new URL(baseUrl).host)
    return `CWM_SITE: the company ${companyId} is at ${site}.`;
  return 'CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong, or the API member is inactive.';
}

/** One request tells apart a wrong client id, wrong keys, and an API version that the server does not have. */
export async function checkAccess(manage: ManageClient, settings: ManageSettings): Promise<Finding> {
  try {
    const info = await manage.get<unknown>('GET /system/info');
    if (!isRecord(info)) return bad('the answer is empty', notManage(settings));
    return ok(`signed in; Manage ${info.version ?? 'of unknown version'}`);
  } catch (error) {
    if (error instanceof Unauthorized)
      return bad(
        error.message,
        error.reason === 'wrongClientId'
          ? 'CWM_CLIENT_ID: use the client id of your integration from developer.connectwise.com.'
          : await refusedKeys(settings),
      );
    if (error instanceof NoSuchOperation)
      return bad(
        error.message,
        `CWM_CATALOG: a description without ${error.operation} cannot tell who the keys belong to.`,
      );
    return bad(said(error), error instanceof ManageError ? changeFor(error, settings) : CHECK_HOST);
  }
}

const CHECK_HOST = 'CWM_SITE: check the host and port, and whether a firewall blocks the connection.';

const notManage = ({ baseUrl }: ManageSettings): string =>
  `CWM_SITE: what answers at ${new URL(baseUrl).host} is not the API of Manage; write the host that you sign in to.`;

function changeFor({ reason, status, kind }: ManageError, settings: ManageSettings): string {
  const { host } = new URL(settings.baseUrl);
  if (reason === 'unknownApiVersion')
    return 'CWM_API_VERSION: leave it out, or use a version that your Manage supports.';
  if (reason === 'httpsNeeded') return `CWM_SITE: ${host} is the host of the user interface; write api-${host}.`;
  if (status === 403)
    return 'The API member cannot read System > Info: give its security role the right, or check that CWM_SITE is the API host (api-...).';
  if (status === 404) return 'CWM_SITE answers, but not like Manage. Cloud sites also answer 404 for wrong keys.';
  if (status === 407) return `A proxy asks for a password: let cwm-mcp connect to ${host} directly.`;
  if (kind === 'redirect') return `CWM_SITE: ${host} sends callers elsewhere; write the host that it sends them to.`;
  if (kind === 'serverFailure' && status === 200) return notManage(settings);
  if (status !== undefined && status >= 500) return 'Manage itself, or a proxy before it, fails: try again later.';
  return CHECK_HOST;
}

/**
 * Whether the site takes the integrator login, beside keys that it takes already. `undefined` where there is none.
 * @param signIn a client with other keys
 */
export async function checkIntegrator(
  { integrator, manage: { privateKey } }: Config,
  signIn: (publicKey: string, privateKey: string) => ManageClient,
): Promise<Finding | undefined> {
  // Where it stands in for the keys, it has been tried.
  if (integrator === undefined || integrator.password === privateKey) return undefined;
  const client = signIn(integrator.login, integrator.password);
  try {
    await client.get('GET /system/info');
    return ok(`${integrator.login} is taken`);
  } catch (error) {
    return bad(
      said(error),
      'CWM_INTEGRATOR_LOGIN and CWM_INTEGRATOR_PASSWORD: Setup tables > Integrator login, with Member Impersonation.',
    );
  } finally {
    await client.close();
  }
}

/** Which version of the API the site has, and what is asked for. @param toolsWithout lines about tools that lack operations in it */
export async function checkVersion(
  manage: ManageClient,
  api: ApiDescription,
  toolsWithout: (api: ApiDescription) => readonly string[],
): Promise<Finding> {
  const { api: own, version, isConfigured } = await manage.site();
  const has = `${own.operations.length} of the ${api.operations.length} operations that are known`;
  const details = toolsWithout(own);
  if (version === undefined)
    return bad(
      `the site does not say its version; ${own.version} is assumed, with ${has}`,
      'CWM_API_VERSION: set the version that Manage shows under Help > About, like 2025.1.',
      details,
    );
  const source = isConfigured ? 'CWM_API_VERSION' : 'the site';
  const asked = own.version === version ? '' : `, and is asked for ${own.version}, the newest that is known`;
  return ok(`${version} (${source})${asked}: ${has}`, details);
}

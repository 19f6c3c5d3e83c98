import { Pool } from 'undici';

/**
 * Reads records of Manage with undici and nothing around it.
 * @param environment `CWM_...` variables that lead there
 * @returns takes a path as the API document writes it, gives what the answer's JSON says
 */
export function readDirectly(environment: Readonly<Record<string, string | undefined>>): Read {
  const { CWM_SITE = '', CWM_COMPANY_ID, CWM_PUBLIC_KEY, CWM_PRIVATE_KEY, CWM_CLIENT_ID = '' } = environment;
  const pool = new Pool(CWM_SITE);
  const login = Buffer.from(`${CWM_COMPANY_ID}+${CWM_PUBLIC_KEY}:${CWM_PRIVATE_KEY}`).toString('base64');
  const read = async (path: string): Promise<unknown> => {
    const { body } = await pool.request({
      method: 'GET',
      path: `/v4_6_release/apis/3.0${path}`,
      headers: { authorization: `Basic ${login}`, clientid: CWM_CLIENT_ID, accept: 'application/json' },
    });
    return body.json();
  };
  return Object.assign(read, { close: () => pool.destroy() });
}

export interface Read {
  (path: string): Promise<unknown>;
  close(): Promise<void>;
}

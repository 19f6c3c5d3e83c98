import { ManageAPI } from 'connectwise-rest';
import { loadApi } from '../../src/api/load.ts';
import { readConfig } from '../../src/config/config.ts';
import { createManageClient } from '../../src/manage/index.ts';
import { growthOf } from './growth.ts';

// Reads all tickets with one of the two clients and prints how it went; run by paging.ts.

async function withConnectwiseRest(): Promise<number> {
  const {
    CWM_SITE = '',
    CWM_COMPANY_ID = '',
    CWM_PUBLIC_KEY = '',
    CWM_PRIVATE_KEY = '',
    CWM_CLIENT_ID = '',
  } = process.env;
  const api = new ManageAPI({
    companyId: CWM_COMPANY_ID,
    companyUrl: CWM_SITE.replace('https://', ''),
    publicKey: CWM_PUBLIC_KEY,
    privateKey: CWM_PRIVATE_KEY,
    clientId: CWM_CLIENT_ID,
    apiVersion: '2022.1',
    logger: () => undefined,
  });
  const tickets = await api.paginate(api.ServiceAPI.getServiceTickets, { pageSize: 1000 }, {});
  return tickets.length;
}

const { manage: settings } = readConfig({ ...process.env, CWM_REQUESTS_PER_MINUTE: '10000' });
const ours = createManageClient(settings, { api: loadApi() });

async function withOurs(): Promise<number> {
  let rows = 0;
  for await (const _ of ours.stream('GET /service/tickets')) rows += 1;
  return rows;
}

const reader = process.argv[2] === 'ours' ? withOurs : withConnectwiseRest;
// The first connection and what is loaded with it belong to neither.
await ours.get('GET /system/info');
const growth = await growthOf(reader);
await ours.close();
process.stdout.write(JSON.stringify(growth));

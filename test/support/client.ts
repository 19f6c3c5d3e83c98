import { loadApi } from '../../src/api/load.ts';
import type { ManageClient, ManageSettings } from '../../src/manage/index.ts';
import { createManageClient } from '../../src/manage/index.ts';
import type { ClientDependencies } from '../../src/manage/shared-site.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.ts';
import { noWaiting } from './no-waiting.ts';
import { borrowSandbox } from './sandboxes.ts';
import { NOW, restOf, type Session } from './session.ts';

export interface ClientSetup {
  readonly sandbox: Sandbox;
  readonly manage: ManageClient;
  readonly rest: Session['rest'];
  close(): Promise<void>;
}

/** A client on a sandbox of its own. Waiting between tries takes no time: what is tested is what is sent, not when. */
export async function startClient(
  settings: Partial<ManageSettings> = {},
  options: SandboxOptions = {},
  limits: Pick<ClientDependencies, 'confines' | 'permits' | 'callbackHosts'> = {},
): Promise<ClientSetup> {
  const sandbox = await borrowSandbox({ now: NOW, tickets: 40, ...options });
  const { companyId, publicKey, privateKey, clientId } = sandbox.credentials;
  const manage = createManageClient(
    {
      baseUrl: sandbox.baseUrl,
      companyId,
      publicKey,
      privateKey,
      clientId,
      apiVersion: sandbox.apiVersion,
      readOnly: false,
      requestsPerMinute: 10_000,
      maxInFlight: 8,
      deadlineMs: 5_000,
      ...settings,
    },
    {
      api: loadApi(),
      random: () => 0,
      timing: noWaiting(),
      ...limits,
    },
  );
  return {
    sandbox,
    manage,
    rest: restOf(sandbox),
    async close() {
      await manage.close();
      await sandbox.close();
    },
  };
}

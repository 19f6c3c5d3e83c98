import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadApi } from '../api/load.ts';
import { compareVersions } from '../api/versions.ts';
import { SANDBOX } from '../sandbox/credentials.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/index.ts';
import { UsageError } from './usage-error.ts';

export interface SandboxFlags {
  readonly port?: number;
  readonly seed?: number;
  readonly tickets?: number;
  readonly story?: boolean;
  readonly timeZone?: string;
  readonly data?: string;
  readonly tls?: boolean;
  readonly apiVersion?: string;
}

const optionsOf = ({ port, seed, tickets, story, timeZone, data, tls, apiVersion }: SandboxFlags): SandboxOptions => ({
  control: true,
  port,
  seed,
  tickets,
  story,
  timeZone,
  dataFile: data,
  tls,
  apiVersion,
  descriptionFile: process.env.CWM_CATALOG,
});

/** What to paste, and in comments who else may sign in. */
function lines(sandbox: Sandbox, caFile: string | undefined): string[] {
  const { companyId, reader, technician, integrator, memberPassword } = SANDBOX;
  return [
    ...Object.entries(sandbox.environment).map(([name, value]) => `${name}=${value}`),
    ...(caFile === undefined
      ? []
      : [
          `CWM_CA_FILE=${caFile}`,
          `# the certificate's authority, also for NODE_EXTRA_CA_CERTS; SHA-256 ${sandbox.tls?.fingerprint}`,
        ]),
    `# keys that may only read:      ${reader.publicKey} ${reader.privateKey}`,
    `# keys of a technician:         ${technician.publicKey} ${technician.privateKey}`,
    `# integrator login for tokens:  ${companyId}+${integrator.login}:${integrator.password} (POST /system/members/${SANDBOX.member}/tokens)`,
    `# web sign-in of every member:  their identifier, ${memberPassword}`,
    `# POST /faults, DELETE /faults, PUT /quota and GET /requests at ${sandbox.controlUrl}`,
  ];
}

/** From so many tickets on, somebody waits long enough to want to know how far it is. */
const MANY = 5_000;
const BAR = 30;

/** A bar on standard error, for people only: what is printed to standard output is for pasting. */
function showProgress(share: number): void {
  const filled = Math.round(share * BAR);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}`;
  process.stderr.write(`\rMaking the data [${bar}] ${Math.round(share * 100)} %${share === 1 ? '\n' : ''}`);
}

/** @throws {UsageError} for a version that would be served as another one */
function checkVersion({ apiVersion }: SandboxFlags): void {
  if (apiVersion === undefined) return;
  const { versions } = loadApi(process.env.CWM_CATALOG);
  const [oldest = apiVersion, newest = apiVersion] = [versions[0], versions.at(-1)];
  if (compareVersions(apiVersion, oldest) < 0 || compareVersions(apiVersion, newest) > 0)
    throw new UsageError(
      `--api-version has to be from ${oldest} to ${newest}, not ${apiVersion}: others are not known.`,
    );
}

/** `cwm-mcp sandbox`: a local Manage until it is told to stop. */
export async function runSandbox(
  flags: SandboxFlags,
  print: (text: string) => void,
  untilStopped: () => Promise<void>,
): Promise<void> {
  checkVersion(flags);
  const isLong = (flags.tickets ?? 0) >= MANY;
  const isWatched = isLong && process.stderr.isTTY;
  if (isLong && !isWatched) process.stderr.write(`Making ${flags.tickets} tickets; this takes a few seconds.\n`);
  const sandbox = await startSandbox({ ...optionsOf(flags), onProgress: isWatched ? showProgress : undefined });
  for (const line of sandbox.damaged) process.stderr.write(`${line}\n`);
  const folder = sandbox.tls && (await mkdtemp(join(tmpdir(), 'cwm-mcp-')));
  const caFile = folder && join(folder, 'sandbox-ca.pem');
  if (caFile !== undefined && sandbox.tls !== undefined) await writeFile(caFile, sandbox.tls.ca);
  const stopped = untilStopped();
  for (const line of lines(sandbox, caFile)) print(line);
  await stopped;
  await sandbox.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
}

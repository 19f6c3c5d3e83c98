import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { request } from 'undici';
import type { Config } from '../config/config.ts';
import { type ChosenBy, type HttpConfig, hostInUrl } from '../config/http-settings.ts';
import { checkWritable } from '../journal/index.ts';
import { bad, type Finding, ok, said, warn } from './finding.ts';

/** A file of settings holds keys. @param file as it was named; on Windows the folder of the user sees to who may read it */
export function checkSettingsFile(file: string): Finding | undefined {
  if (process.platform === 'win32') return undefined;
  const mode = statSync(file).mode & 0o777;
  return (mode & 0o077) === 0
    ? undefined
    : warn(`${file} holds keys, and others on this machine can read it`, `chmod 600 ${file}`);
}

/** Whether what is written can be written down, by doing what a write does first: the folder is made, and a file in it. */
export async function checkJournal({ journal: { place } }: Config): Promise<Finding> {
  if (place.kind === 'off') return ok('off: nothing that is written can be undone');
  if (place.kind === 'memory') return ok('in memory, until the server ends; CWM_STATE_DIR keeps it');
  try {
    await checkWritable(place);
    return ok(`${place.folder}, kept ${place.days} days`);
  } catch (error) {
    return bad(
      said(error),
      'CWM_JOURNAL_DIR or CWM_STATE_DIR: a folder that this user can write to; or CWM_JOURNAL=off.',
    );
  }
}

/** Whether what is remembered from one start to the next can be written, and what processes tell each other. */
export async function checkState({ stateDir, namesFolder, sandbox }: Config): Promise<Finding> {
  if (stateDir === undefined)
    return sandbox
      ? ok('none: the sandbox keeps nothing')
      : warn(
          'none: this user has no home, so nothing is remembered from one start to the next',
          'CWM_STATE_DIR: a folder that this user can write to.',
        );
  try {
    for (const folder of [join(stateDir, 'requests'), ...(namesFolder === undefined ? [] : [namesFolder])])
      await checkWritable({ folder });
    return ok(stateDir);
  } catch (error) {
    return bad(said(error), 'CWM_STATE_DIR: a folder that this user can write to.');
  }
}

/** Whether attachments can be read from their folder and saved to it. `undefined` where there is none. */
export function checkFiles({ files: { directory, readOnly } }: Config): Finding | undefined {
  if (directory === undefined) return undefined;
  try {
    accessSync(directory, readOnly ? constants.R_OK : constants.R_OK | constants.W_OK);
    return ok(directory);
  } catch {
    const what = readOnly ? 'read' : 'write';
    return bad(`this user cannot ${what} ${directory}`, `CWM_FILES_DIR: a folder that this user can ${what}.`);
  }
}

/** Whether the server can show a certificate with its key. `undefined` where it serves in the clear. */
export function checkCertificate({ tls }: HttpConfig): Finding | undefined {
  if (tls === undefined) return undefined;
  try {
    createSecureContext({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
  } catch (error) {
    return bad(
      `${tls.certFile} and ${tls.keyFile} hold no certificate with its key in PEM form (${(error as NodeJS.ErrnoException).code})`,
      'CWM_TLS_CERT_FILE and CWM_TLS_KEY_FILE: the certificate with its chain, and the private key that belongs to it.',
    );
  }
  const { subject, validTo } = new X509Certificate(readFileSync(tls.certFile));
  return Date.parse(validTo) < Date.now()
    ? bad(`the certificate of ${subject} ended on ${validTo}`, 'CWM_TLS_CERT_FILE: renew it.')
    : ok(`${subject}, until ${validTo}`);
}

/** Whether what listens at an address is a server of ours: it answers the question for its health as ours do. */
async function isOurs(origin: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${origin}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return statusCode === 200 && (await body.text()).trim() === 'ok';
  } catch {
    return false;
  }
}

/** Whether `cwm-mcp http` can listen where it is told to, by listening there. */
export async function checkPort(
  { host, port }: Pick<HttpConfig, 'host' | 'port'>,
  chosenBy: ChosenBy = { port: 'CWM_HTTP_PORT, or http --port', host: 'CWM_HTTP_HOST' },
): Promise<Finding> {
  const server = createServer();
  const origin = `http://${hostInUrl(host)}:${port}`;
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    server.close();
    return ok(`${origin} is free`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      return (await isOurs(origin))
        ? ok(`a server already answers at ${origin}`)
        : bad(`another program listens at port ${port}`, `${chosenBy.port}: choose another port.`);
    if (code === 'EACCES')
      return bad(`this user may not listen at port ${port}`, `${chosenBy.port}: choose a port above 1023.`);
    return bad(said(error), `${chosenBy.host}: an address of this machine, like 127.0.0.1.`);
  }
}

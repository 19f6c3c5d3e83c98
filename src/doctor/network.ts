import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { Agent, request } from 'undici';
import type { ManageSettings } from '../manage/index.ts';
import { trust } from '../manage/trust.ts';

/** What a step of the doctor found. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
  /** What to change. */
  readonly change?: string;
}

/** A check that passed. */
export const ok = (text: string): Finding => ({ ok: true, text });
/** A check that failed. @param change what to do about it */
export const bad = (text: string, change: string): Finding => ({ ok: false, text, change });
/** The message of an error. */
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const PATIENCE_MS = 10_000;

/** Looks up the host of the site. */
export async function checkDns(url: URL): Promise<Finding> {
  try {
    const { address } = await lookup(url.hostname.replace(/^\[|\]$/g, ''));
    return ok(`${url.hostname} is ${address}`);
  } catch {
    return bad(`${url.hostname} has no address`, "CWM_SITE is misspelt, or this machine's DNS does not know it.");
  }
}

/** What a failed handshake means. */
function tlsFailure(error: Error): Finding {
  const { code = '' } = error as { code?: string };
  if (/WRONG_VERSION|PACKET_LENGTH|UNKNOWN_PROTOCOL/.test(code))
    return bad('the server there does not speak TLS', 'CWM_SITE: check the port (default: 443).');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return bad(error.message, 'CWM_SITE: use the host name that the certificate has.');
  if (code === 'CERT_HAS_EXPIRED')
    return bad(error.message, "Renew the server's certificate, or correct this machine's clock.");
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return bad(error.message, 'If your own authority issued the certificate, set CWM_CA_FILE to its PEM file.');
  return bad(error.message, 'CWM_SITE: check the host and port, and whether a firewall blocks the connection.');
}

/** Connects to the site and looks at its certificate. @param caPem an authority to trust beside the well-known ones */
export function checkTls(url: URL, caPem: string | undefined): Promise<Finding> {
  if (url.protocol === 'http:') return Promise.resolve(ok('none: the site is on this machine'));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const options = {
      host,
      port: Number(url.port || 443),
      timeout: PATIENCE_MS,
      ...(isIP(host) === 0 && { servername: host }),
      ...trust(caPem),
    };
    const socket = connect(options, () => {
      resolve(ok(`${socket.getProtocol()}, certificate of ${socket.getPeerCertificate().subject?.CN ?? host}`));
      socket.destroy();
    });
    const fail = (error: Error): void => {
      resolve(tlsFailure(error));
      socket.destroy();
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error(`no answer within ${PATIENCE_MS / 1000} seconds`)));
  });
}

/** A clock that is off logs time that is off. */
export async function checkClock({ baseUrl, caPem }: ManageSettings): Promise<Finding> {
  const dispatcher = new Agent({ connect: trust(caPem) });
  try {
    const { headers, body } = await request(new URL('/', baseUrl), {
      dispatcher,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await body.dump();
    const date = Date.parse(String(headers.date));
    if (Number.isNaN(date)) return ok('the server does not send its time');
    const seconds = Math.round(Math.abs(Date.now() - date) / 1000);
    return seconds <= 60
      ? ok(`within ${Math.max(1, seconds)} seconds of the server's`)
      : bad(`${seconds} seconds off the server's`, "Set this machine's clock, for example by NTP.");
  } catch (error) {
    return bad(said(error), 'CWM_SITE does not answer: check the host and port.');
  } finally {
    await dispatcher.destroy();
  }
}

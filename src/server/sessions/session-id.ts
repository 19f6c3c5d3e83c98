import { Buffer } from 'node:buffer';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isRecord } from '../../json.ts';

/** What a handshake client said when it opened its session, as far as a server needs it later. */
export interface Handshake {
  /** The revision that the client asked for. */
  readonly protocolVersion: string;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly clientInfo: { readonly name: string; readonly version: string };
}

/** What a session is. */
export interface SessionFacts extends Handshake {
  /** Whose it is: nobody else can use it. */
  readonly owner: string;
  /** When it was opened, in seconds since 1970. */
  readonly opened: number;
}

/** How long a session can be used, in seconds: a working week. */
export const LIFETIME_S = 7 * 86_400;
/** A header is read whole by every proxy on the way, so what a client declares is kept short. */
const LONGEST_WORD = 80;
const LONGEST_CAPABILITIES = 600;

const tagOf = (secret: Uint8Array, body: string): Buffer => createHmac('sha256', secret).update(body).digest();

const word = (value: unknown): string => String(value ?? '').slice(0, LONGEST_WORD);

/** Capabilities with all that is in them where that is short, else their names. */
function shortCapabilities(capabilities: unknown): Record<string, unknown> {
  if (!isRecord(capabilities)) return {};
  if (JSON.stringify(capabilities).length <= LONGEST_CAPABILITIES) return capabilities;
  const known = ['elicitation', 'sampling', 'roots'].filter((name) => capabilities[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, {}]));
}

/** What an `initialize` says, cut to what is kept of it. */
export function handshakeOf(params: unknown): Handshake {
  const { protocolVersion, capabilities, clientInfo } = isRecord(params) ? params : {};
  const { name, version } = isRecord(clientInfo) ? clientInfo : {};
  return {
    protocolVersion: word(protocolVersion),
    capabilities: shortCapabilities(capabilities),
    clientInfo: { name: word(name), version: word(version) },
  };
}

/**
 * The name of a session, which says all about it and is signed. So every replica knows every session, without a place where they are
 * kept, and none is lost when a replica ends. It holds nothing secret: the client reads what it said itself.
 */
export function mintSessionId(facts: SessionFacts, secret: Uint8Array): string {
  const body = Buffer.from(JSON.stringify({ ...facts, id: randomBytes(16).toString('base64url') })).toString(
    'base64url',
  );
  return `${body}.${tagOf(secret, body).toString('base64url')}`;
}

/** What a session's name says; `undefined` for one that is not ours, or too old. @param now seconds since 1970 */
export function readSessionId(id: string, secret: Uint8Array, now: number): SessionFacts | undefined {
  const [body = '', tag = ''] = id.split('.');
  const [given, wanted] = [Buffer.from(tag, 'base64url'), tagOf(secret, body)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const facts = JSON.parse(Buffer.from(body, 'base64url').toString()) as SessionFacts;
  return now - facts.opened < LIFETIME_S ? facts : undefined;
}

/** What a session is called in journals and logs, where its name, with which it can be used, must not stand. */
export const sessionAlias = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : createHash('sha256').update(id).digest('hex').slice(0, 12);

import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** Where a request comes from and how it travelled, as far as can be relied upon. */
export interface Arrival {
  /** Address of the client, or of the first proxy on its way that is not trusted. */
  readonly address: string;
  /** Whether it travelled encrypted, at least up to the last trusted proxy. */
  readonly isSecure: boolean;
  /** Whether it comes from this machine, and not through a proxy on it. */
  readonly isLocal: boolean;
  /** Name and port that the client called the server by. */
  readonly host: string | undefined;
}

/** `::ffff:10.0.0.5` is how an IPv4 address looks on a socket that takes both kinds. */
const plainAddress = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** A header's values, those of repeated lines included. */
export const valuesOf = (header: string | string[] | undefined): readonly string[] =>
  String(header ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

const LONGEST_ADDRESS = 64;

/**
 * Reads where requests come from. `X-Forwarded-*` counts only where a trusted proxy says it: anybody can send these headers.
 * @param trusted addresses and networks (CIDR) of proxies
 */
export function createArrivals(trusted: readonly string[]): (request: IncomingMessage) => Arrival {
  const proxies = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    if (bits === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(bits), familyOf(address));
  }
  const isTrusted = (address: string): boolean => {
    try {
      return proxies.check(address, familyOf(address));
    } catch {
      return false;
    }
  };
  return ({ headers, socket }) => {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const isEncrypted = (socket as Partial<TLSSocket>).encrypted === true;
    const hops = valuesOf(headers['x-forwarded-for']).map(plainAddress);
    if (!isTrusted(peer)) {
      const isLocal = hops.length === 0 && /^(127\.|::1$)/.test(peer);
      return { address: peer, isSecure: isEncrypted, isLocal, host: headers.host };
    }
    // Each proxy adds the address that it heard from: what stands before the first one that is not trusted may be made up.
    const address = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? peer;
    const protocol = valuesOf(headers['x-forwarded-proto']).at(-1)?.toLowerCase();
    return {
      address: address.slice(0, LONGEST_ADDRESS),
      isSecure: protocol === undefined ? isEncrypted : protocol === 'https',
      isLocal: false,
      host: valuesOf(headers['x-forwarded-host']).at(-1) ?? headers.host,
    };
  };
}

import type { Operation } from '../api/index.ts';
import { isRecord } from '../json.ts';
import type { WriteOptions } from './client.ts';
import { CallbackHostRefused } from './errors.ts';
import { nameOf } from './prepare.ts';

/** Records that make Manage call an address, and their members that hold one. */
const CALLING: readonly (readonly [RegExp, RegExp])[] = [
  [/^\/system\/callbacks(\/|$)/i, /^url$/i],
  [/^\/system\/integratorlogins(\/|$)/i, /callbackUrl$/i],
];

/**
 * What a body sets, whether it is a record or the steps of a PATCH; of two steps for one member both count. A member that is
 * removed gets its default: a webhook that is off is on again.
 */
function setBy(body: unknown): (readonly [string, unknown])[] {
  if (isRecord(body)) return Object.entries(body);
  if (!Array.isArray(body)) return [];
  return body.filter(isRecord).map(({ op, path, value }) => {
    const [member = ''] = String(path).split('/').filter(Boolean);
    return [member, /^remove$/i.test(String(op)) ? undefined : value] as const;
  });
}

/**
 * Whether an address leads to one of the hosts. What readers of addresses could take for another host (user names, backslashes,
 * other letters than those of plain addresses) leads to none.
 * @param hosts in lower case, `*.example.com` for all below one
 */
export function leadsTo(address: string, hosts: readonly string[]): boolean {
  if (
    !/^https?:\/\/[\w.:-]+(\/[\x21-\x5b\x5d-\x7e]*|\?[\x21-\x5b\x5d-\x7e]*)?$/i.test(address) ||
    !URL.canParse(address)
  )
    return false;
  const { hostname } = new URL(address);
  return hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
}

/**
 * Keeps webhooks to the hosts that the operator allows: what is set, and the address that a change leaves in place.
 * @param stored reads the record that is changed
 * @throws {CallbackHostRefused}
 */
export async function checkCallbackHosts(
  hosts: readonly string[] | undefined,
  operation: Operation,
  { body }: WriteOptions,
  stored: () => Promise<unknown>,
): Promise<void> {
  const members = CALLING.find(([path]) => path.test(operation.path))?.[1];
  if (hosts === undefined || members === undefined || operation.method === 'DELETE') return;
  const set = setBy(body);
  // One that is taken away, or empty, leaves the old one in place where Manage does not heed it.
  const addresses = set.filter(([member, address]) => members.test(member) && Boolean(address));
  // A callback whose address stays may still be switched on, or told more.
  const kept =
    operation.method === 'PATCH' && addresses.length === 0 && set.some(([member, value]) => opens(member, value));
  if (kept) {
    const record = await stored();
    addresses.push(...Object.entries(isRecord(record) ? record : {}).filter(([member]) => members.test(member)));
  }
  const wrong = addresses.find(([, address]) => Boolean(address) && !leadsTo(String(address).trim(), hosts));
  if (wrong !== undefined) throw new CallbackHostRefused(nameOf(operation), hosts);
}

const opens = (member: string, value: unknown): boolean =>
  !/^description$/i.test(member) && !(/^inactiveFlag$/i.test(member) && /^\s*true\s*$/i.test(String(value)));

import { quotedSetting } from '../may-be-key.ts';
import { type ConsentPolicy, readConsentPolicy } from '../tool/write/consent.ts';
import type { Reader } from './reader.ts';

/** What an operator narrows beyond the rights of the keys. */
export interface LimitSettings {
  /** Who has to agree to what. */
  readonly confirm: ConsentPolicy;
  /** Whether `call_write_operation` may call operations; direct tools write all the same. */
  readonly rawWrites: boolean;
  /** Tools, toolsets and patterns of operations, of which alone something is allowed; `undefined` for everything. */
  readonly allow: readonly string[] | undefined;
  /** Tools, toolsets and patterns of operations that are not allowed, whatever `allow` says. */
  readonly deny: readonly string[];
  /** Ids, identifiers or names of the companies whose records alone are within reach; `undefined` for all. */
  readonly companies: readonly string[] | undefined;
  /** Ids or names of the boards whose tickets and projects alone are within reach; `undefined` for all. */
  readonly boards: readonly string[] | undefined;
  /** Hosts that webhooks may go to, `*.example.com` for all below one; `undefined` for any, after a person agreed. */
  readonly callbackHosts: readonly string[] | undefined;
  /** Whether text that outsiders wrote comes only where it is asked for. */
  readonly lockdown: boolean;
}

function readSwitch(reader: Reader, variable: 'CWM_WRITE'): boolean {
  const text = reader.text(variable)?.toLowerCase() ?? 'on';
  if (text !== 'on' && text !== 'off')
    reader.problems.push(`${variable} has to be on or off, not ${quotedSetting(text)}.`);
  return text !== 'off';
}

const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

function readHosts(reader: Reader): readonly string[] | undefined {
  if (reader.text('CWM_CALLBACK_HOSTS') === undefined) return undefined;
  const hosts = reader.list('CWM_CALLBACK_HOSTS').map((host) => host.toLowerCase());
  for (const host of hosts)
    if (!HOST.test(host))
      reader.problems.push(
        `CWM_CALLBACK_HOSTS has to list hosts like hooks.example.com or *.example.com, not ${quotedSetting(host)}.`,
      );
  return hosts;
}

const given = (reader: Reader, variable: 'CWM_ALLOW' | 'CWM_COMPANIES' | 'CWM_BOARDS'): string[] | undefined =>
  reader.text(variable) === undefined ? undefined : reader.quotedList(variable);

/**
 * What holds beyond the rights of the keys, a phrase each, for people and models.
 * @param mayWrite whether the caller's sign-in lets them write
 */
export function limitsHeld(limits: LimitSettings, readOnly: boolean, mayWrite = true): readonly string[] {
  const { confirm, rawWrites, allow, deny, companies, boards, callbackHosts, lockdown } = limits;
  const rules = Object.entries(confirm.by).map(([effect, consent]) => `${effect}: ${consent}`);
  const consent = [...(confirm.usual === 'ask' ? [] : [confirm.usual]), ...rules];
  return [
    readOnly && 'read-only (CWM_READ_ONLY)',
    !readOnly && !mayWrite && 'read-only (this sign-in does not have the scope write)',
    companies && `only records of ${companies.join(', ')} (CWM_COMPANIES)`,
    boards && `only tickets and projects of ${boards.join(', ')} (CWM_BOARDS)`,
    allow && `only ${allow.join(', ')} (CWM_ALLOW)`,
    deny.length > 0 && `not ${deny.join(', ')} (CWM_DENY)`,
    !rawWrites && 'no writing operations but by direct tools (CWM_WRITE)',
    callbackHosts && `webhooks to ${callbackHosts.join(', ')} only (CWM_CALLBACK_HOSTS)`,
    lockdown && 'text by people outside withheld unless asked for with outsideText (CWM_LOCKDOWN)',
    consent.length > 0 && `consent ${consent.join(', ')} (CWM_CONFIRM)`,
  ].filter((held): held is string => typeof held === 'string');
}

/** Reads the settings that limit what the server may do. What is wrong with them is added to the reader's problems. */
export function readLimits(reader: Reader): LimitSettings {
  const { policy, problems } = readConsentPolicy(reader.list('CWM_CONFIRM'));
  reader.problems.push(...problems);
  return {
    confirm: policy,
    rawWrites: readSwitch(reader, 'CWM_WRITE'),
    allow: given(reader, 'CWM_ALLOW'),
    deny: reader.list('CWM_DENY'),
    companies: given(reader, 'CWM_COMPANIES'),
    boards: given(reader, 'CWM_BOARDS'),
    callbackHosts: readHosts(reader),
    lockdown: reader.flag('CWM_LOCKDOWN'),
  };
}

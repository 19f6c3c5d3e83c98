import { quotedSetting } from '../../may-be-key.ts';
import type { EffectKind } from './effects.ts';

/**
 * Who has to agree to a change. `ask`: the person, where the client can ask them, else `confirm: true`. `argument`: `confirm: true`
 * is enough everywhere. `never`: nobody.
 */
export type Consent = 'ask' | 'argument' | 'never';

const CONSENTS: readonly Consent[] = ['ask', 'argument', 'never'];

/**
 * What operators call effects, and the effects that each name covers. `other` is invoicing an agreement, and what no request tells,
 * such as ending a contract.
 */
const EFFECT_NAMES = {
  mail: ['mails'],
  delete: ['deletes'],
  deactivate: ['deactivates'],
  submit: ['submits'],
  webhook: ['webhook'],
  convert: ['converts'],
  merge: ['merges'],
  reset: ['resets'],
  many: ['many', 'unlinks'],
  other: ['bills'],
} as const satisfies Readonly<Record<string, readonly EffectKind[]>>;

type EffectName = keyof typeof EFFECT_NAMES;

/** What `CWM_CONFIRM` says. */
export interface ConsentPolicy {
  readonly usual: Consent;
  /** Effects with a rule of their own. */
  readonly by: Readonly<Partial<Record<EffectName, Consent>>>;
}

export const ASK_ALWAYS: ConsentPolicy = { usual: 'ask', by: {} };

const isConsent = (text: string): text is Consent => (CONSENTS as readonly string[]).includes(text);
const isEffectName = (text: string): text is EffectName => Object.hasOwn(EFFECT_NAMES, text);

/**
 * Reads `ask`, or `argument,delete=ask,mail=ask`: one word for everything, and effects with a rule of their own.
 * @returns the policy and what is wrong with the text, a line each
 */
export function readConsentPolicy(entries: readonly string[]): { policy: ConsentPolicy; problems: readonly string[] } {
  const problems: string[] = [];
  const by: Partial<Record<EffectName, Consent>> = {};
  const usual: Consent[] = [];
  for (const entry of entries) {
    const [name = '', value, ...more] = entry.split('=').map((part) => part.trim().toLowerCase());
    if (value === undefined && isConsent(name)) {
      usual.push(name);
    } else if (value !== undefined && more.length === 0 && isEffectName(name) && isConsent(value)) {
      if (by[name] !== undefined && by[name] !== value) problems.push(`CWM_CONFIRM has two rules for ${name}.`);
      by[name] = value;
    } else {
      problems.push(
        `CWM_CONFIRM cannot have ${quotedSetting(entry)}. Write ${CONSENTS.join(', ')}, or rules like delete=ask with an effect: ${Object.keys(EFFECT_NAMES).join(', ')}.`,
      );
    }
  }
  if (new Set(usual).size > 1) problems.push(`CWM_CONFIRM says both ${usual.join(' and ')} for everything; keep one.`);
  return { policy: { usual: usual[0] ?? 'ask', by }, problems };
}

/** Who has to agree to a change with these effects: the strictest of their rules. */
export function consentFor(effects: readonly EffectKind[], { usual, by }: ConsentPolicy): Consent {
  const names = Object.entries(EFFECT_NAMES)
    .filter(([, kinds]) => (kinds as readonly EffectKind[]).some((kind) => effects.includes(kind)))
    .map(([name]) => name as EffectName);
  const rules = (names.length > 0 ? names : (['other'] as const)).map((name) => by[name] ?? usual);
  return CONSENTS.find((consent) => rules.includes(consent)) ?? usual;
}

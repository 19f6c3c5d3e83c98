import type { OwnAnswer, WireFault } from '../support/gateway.ts';

const page = (title: string): string => `<html><head><title>${title}</title></head><body>${title}</body></html>`;
const envelope = (message: string) => ({ code: 'ConnectWiseApi', message, errors: null });

/** Answers in the place of Manage's, each before the write arrives and after it was carried out. */
const ANSWERS: Readonly<Record<string, OwnAnswer>> = {
  '408': { status: 408, body: page('408 Request Timeout') },
  '429': { status: 429, body: { error: 'ConnectWiseAPI', message: 'Too many requests.' } },
  '500': { status: 500, body: envelope('The request timed out.') },
  '502 in JSON': { status: 502, body: { message: 'Bad gateway' } },
  '502 page': { status: 502, body: page('502 Bad Gateway') },
  '503': { status: 503, body: page('503 Service Unavailable') },
  '504': { status: 504, body: page('504 Gateway Time-out') },
  'page with 200': { status: 200, body: page('Sign in') },
  'empty 200': { status: 200 },
  '204': { status: 204 },
  '{}': { status: 200, body: {} },
  'message with 200': { status: 200, body: { message: 'Session expired' } },
  redirect: { status: 302, location: 'https://login.example.com/' },
};

/** Everything that can happen to a write between us and Manage, by name. */
export const WIRE_FAULTS: ReadonlyMap<string, WireFault> = new Map<string, WireFault>([
  ...Object.entries(ANSWERS).flatMap(([name, answer]): [string, WireFault][] => [
    [`${name} before`, { arrives: 'never', answer }],
    [`${name} after`, { arrives: 'once', answer }],
  ]),
  ['reset before', { arrives: 'never', answer: 'reset' }],
  ['reset after', { arrives: 'once', answer: 'reset' }],
  ['cut off', { arrives: 'once', answer: 'cut' }],
  ['401 once', { arrives: 'never', answer: { status: 401, body: { code: 'Unauthorized', message: 'Unauthorized' } } }],
  ['504, carried out while it is looked for', { arrives: { afterReads: 3 }, answer: ANSWERS['504'] as OwnAnswer }],
  ['504, carried out when nobody looks', { arrives: { afterReads: 1_000 }, answer: ANSWERS['504'] as OwnAnswer }],
  ['reset, carried out while it is looked for', { arrives: { afterReads: 2 }, answer: 'reset' }],
  ['no answer before', { arrives: 'never', answer: 'hang' }],
  ['no answer after', { arrives: 'once', answer: 'hang' }],
  // The test's client cancels its call as soon as Manage has the write.
  ['caller gone', { arrives: 'once', answer: "Manage's" }],
  ['delivered twice', { arrives: 'twice', answer: "Manage's" }],
  ['delivered twice, the second answered', { arrives: 'twice', answer: "Manage's second" }],
]);

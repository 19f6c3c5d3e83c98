import { Client } from '@modelcontextprotocol/client';
import { Client as HandshakeClient } from '@modelcontextprotocol/sdk/client/index.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

/** Answers the server's questions with yes, no, `cancel`, or one of the choices, or as only a client with a mind of its own does. */
export type Answer = (question: string, choices: readonly string[]) => boolean | string | object;

interface Question {
  readonly message?: string;
  readonly requestedSchema?: { readonly properties?: { readonly choice?: { readonly enum?: string[] } } };
}

const INFO = { name: 'test', version: '1.0.0' };

/** What a person answers, as a client sends it. */
function answered(answer: Answer, { message = '', requestedSchema }: Question) {
  const given = answer(message, requestedSchema?.properties?.choice?.enum ?? []);
  if (given === false) return { action: 'decline' as const };
  if (given === 'cancel') return { action: 'cancel' as const };
  // An answer as only a client with a mind of its own sends it.
  if (typeof given === 'object') return given as { action: 'accept' };
  const content: Record<string, string | boolean> = given === true ? { confirm: true } : { choice: given };
  return { action: 'accept' as const, content };
}

/** A client that is not connected yet. @param answer without it the client cannot be asked */
export function modernClient(answer?: Answer): Client {
  const client = new Client(INFO, {
    capabilities: answer ? { elicitation: { form: {} } } : {},
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  if (answer !== undefined)
    client.setRequestHandler('elicitation/create', ({ params }) => answered(answer, params as Question));
  return client;
}

/** A client of the handshake era that is not connected yet. @param answer without it the client cannot be asked */
export function handshakeClient(answer?: Answer): HandshakeClient {
  const client = new HandshakeClient(INFO, { capabilities: answer ? { elicitation: {} } : {} });
  if (answer !== undefined)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => answered(answer, params as Question) as never);
  return client;
}

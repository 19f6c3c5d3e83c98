import {
  type ElicitRequestFormParams,
  type InputRequiredResult,
  isInputRequiredResult,
  SdkError,
  SdkErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

/** A person reads and thinks: far more than a request may take. */
const PATIENCE_MS = 10 * 60_000;
/** Questions of one call; more means that the answers lead nowhere. */
const MOST_ROUNDS = 8;

/**
 * Runs a call of a client that is asked by a request of our own, in the middle of it. The protocol library would do the same, but it
 * ends the call where the client cannot ask; here the call learns of it, and goes on without.
 */
export async function askingInPlace(
  call: (context: ServerContext) => Promise<object>,
  context: ServerContext,
): Promise<object> {
  let asking = context;
  for (let round = 1; ; round += 1) {
    const result = await call(asking);
    if (!isInputRequiredResult(result) || round > MOST_ROUNDS || !asksPerson(result)) return result;
    asking = await answered(result, context);
  }
}

/** Whether all that is wanted is put to a person; a client's model or folders are asked for by the protocol library. */
const asksPerson = ({ inputRequests = {} }: InputRequiredResult): boolean =>
  Object.values(inputRequests).every(({ method }) => method === 'elicitation/create');

/** Any answer: which of them are answers to the question is told where they are used. */
const anything = z.unknown();

const CLOSED = { action: 'cancel' } as const;

/** The same call with the answers to its questions; what the client could not ask has none. */
async function answered(
  { inputRequests = {}, requestState }: InputRequiredResult,
  context: ServerContext,
): Promise<ServerContext> {
  const { mcpReq } = context;
  const inputResponses: Record<string, unknown> = {};
  for (const [key, { params }] of Object.entries(inputRequests)) {
    try {
      // On the stream of the call: a client need not listen on another one.
      const options = { timeout: PATIENCE_MS, signal: mcpReq.signal, relatedRequestId: mcpReq.id };
      const request = { ...(params as ElicitRequestFormParams), mode: 'form' } as const;
      inputResponses[key] = await mcpReq.send({ method: 'elicitation/create', params: request }, anything, options);
    } catch (error) {
      mcpReq.signal.throwIfAborted();
      // A person who did not answer was asked all the same.
      if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) inputResponses[key] = CLOSED;
    }
  }
  return { ...context, mcpReq: { ...mcpReq, inputResponses, requestState: <T>() => requestState as T } };
}

import {
  type ElicitRequestFormParams,
  type InputRequiredResult,
  isInputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';

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
    if (!isInputRequiredResult(result) || round > MOST_ROUNDS) return result;
    asking = await answered(result, context);
  }
}

/** The same call with the answers to its questions; what the client could not ask has none. */
async function answered(
  { inputRequests = {}, requestState }: InputRequiredResult,
  context: ServerContext,
): Promise<ServerContext> {
  const { mcpReq } = context;
  const inputResponses: Record<string, unknown> = {};
  for (const [key, { params }] of Object.entries(inputRequests)) {
    try {
      const options = { timeout: PATIENCE_MS, signal: mcpReq.signal };
      inputResponses[key] = await mcpReq.elicitInput(params as ElicitRequestFormParams, options);
    } catch {
      mcpReq.signal.throwIfAborted();
    }
  }
  return { ...context, mcpReq: { ...mcpReq, inputResponses, requestState: <T>() => requestState as T } };
}

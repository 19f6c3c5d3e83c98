// Imported as a whole by whoever asks, never `ioredis` itself: in the bundle, a CommonJS package that is imported dynamically has no names.
import { Redis } from 'ioredis';

const PATIENCE_MS = 5_000;

/** What the client's words mean to whoever wrote the address. */
function worded(reason: unknown): unknown {
  const { message } = reason as Error;
  if (/^NOAUTH/.test(message)) return new Error('it asks for a password, and the address has none', { cause: reason });
  if (/RESP type/.test(message)) return new Error('what answers there is not Redis', { cause: reason });
  return reason;
}

/**
 * Connects to Redis or Valkey once, signs in as the address says, and asks whether it is there.
 * @throws {Error} that says why it does not answer: nobody listens, or it does not take the password
 */
export async function askRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    retryStrategy: () => null,
  });
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    // A database that is not there ends no connection, and is told to the listener alone.
    if (reason !== undefined) throw reason;
  } catch (error) {
    // What the connection says comes first: `connect` itself says no more than that it is closed.
    throw worded(reason ?? error);
  } finally {
    redis.disconnect();
  }
}

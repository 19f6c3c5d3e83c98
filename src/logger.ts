import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { LogLevel } from './log-levels.ts';

export type Logger = PinoLogger;

const stderr = (): DestinationStream => pino.destination({ fd: 2, sync: true });

/**
 * The program's log: JSON lines on stderr, because stdout belongs to the protocol. What stands under these names never shows,
 * whatever hands it to the logger.
 * @param destination takes the lines; stderr when left out
 */
export function createLogger(level: LogLevel, destination: DestinationStream = stderr()): Logger {
  const secrets = ['privateKey', 'publicKey', 'authorization', 'clientId', 'token', 'password'];
  return pino(
    { level, redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' } },
    destination,
  );
}

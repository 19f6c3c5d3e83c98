import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

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

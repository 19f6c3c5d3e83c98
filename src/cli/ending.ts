import { CommanderError } from 'commander';
import type { ChosenBy } from '../config/http-settings.ts';

/** Nothing would change if the program were started again as it is: wrong usage, or settings that cannot be used. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'UsageError',
  'ConfigError',
  'SettingsFileError',
  'NoTools',
  'NothingSelected',
  'DescriptionFileError',
]);

/** What ends the program without being a mistake of the program. */
const EXPECTED: ReadonlySet<string> = new Set([
  ...UNUSABLE,
  'SetupError',
  'DemoFailure',
  'DocumentError',
  'ReportFailed',
  'SandboxError',
  'StateFolderError',
]);

/** How the program ends because of an error: what it says, unless that was said already, and its exit status. */
export interface Ending {
  readonly text: string;
  readonly status: 0 | 1 | 2;
}

/** What is said of an address that cannot be listened at; nothing for any other error. */
function ofListening(error: Error): string | undefined {
  const { code, port, address, syscall, hostname, chosenBy } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
    hostname?: string;
    chosenBy?: ChosenBy;
  };
  const flags: ChosenBy = chosenBy ?? { port: '--port', host: '--host' };
  if (code === 'EADDRINUSE') return `Port ${port} is taken; choose another one with ${flags.port}.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${port} may not be opened by this user; choose one above 1023 with ${flags.port}.`;
  if (code === 'EADDRNOTAVAIL') return `${address} is not an address of this machine; choose one with ${flags.host}.`;
  return chosenBy !== undefined && syscall === 'getaddrinfo'
    ? `${hostname} is not an address of this machine; choose one with ${flags.host}.`
    : undefined;
}

/** @param isDetailed whether to say where in the program it happened, for an error that nobody expected */
export function endingOf(error: unknown, isDetailed: boolean): Ending {
  // It was said already, with what is close; help and the version are no failure.
  if (error instanceof CommanderError) return { text: '', status: error.exitCode === 0 ? 0 : 2 };
  if (!(error instanceof Error)) return { text: `cwm-mcp failed: ${String(error)}`, status: 1 };
  const listening = ofListening(error);
  if (listening !== undefined) return { text: listening, status: 1 };
  if (EXPECTED.has(error.name)) return { text: error.message, status: UNUSABLE.has(error.name) ? 2 : 1 };
  return {
    text: isDetailed
      ? `cwm-mcp failed: ${error.stack ?? error.message}`
      : `cwm-mcp failed: ${error.message}\nCWM_LOG_LEVEL=debug shows where; please report it.`,
    status: 1,
  };
}

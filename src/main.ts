import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';

/** Nothing would change if the program were started again as it is: wrong usage, or settings that cannot be used. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'UnknownCommand',
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
  'JournalError',
  'ReportFailed',
  'ClockError',
  'SandboxError',
]);

function ending(error: unknown): string {
  if (!(error instanceof Error)) return `cwm-mcp failed: ${String(error)}`;
  const { code, port, address, syscall } = error as Partial<Record<'code' | 'port' | 'address' | 'syscall', unknown>>;
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken; choose another one with --port.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${String(port)} may not be opened by this user; choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL') return `${String(address)} is not an address of this machine; choose one with --host.`;
  if (EXPECTED.has(error.name)) return error.message;
  return /^(debug|trace)$/i.test(process.env.CWM_LOG_LEVEL ?? '')
    ? `cwm-mcp failed: ${error.stack ?? error.message}`
    : `cwm-mcp failed: ${error.message}\nCWM_LOG_LEVEL=debug shows where; please report it.`;
}

// Who stops reading (`cwm-mcp tools | head`) ends nothing here; a command that needs its reader looks itself.
process.stdout.on('error', () => undefined);

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It was said already, with what is close; help and the version are no failure.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${ending(error)}\n`);
    process.exitCode = error instanceof Error && UNUSABLE.has(error.name) ? 2 : 1;
  }
}

import { createProgram } from './cli/program.ts';

// What ends the program without being a mistake of the program: said plainly, without a stack.
const EXPECTED: ReadonlySet<string> = new Set([
  'ConfigError',
  'SettingsFileError',
  'SetupError',
  'NoTools',
  'DemoFailure',
  'NothingSelected',
  'DocumentError',
  'DescriptionFileError',
  'UnknownCommand',
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
  return EXPECTED.has(error.name) ? error.message : `cwm-mcp failed: ${error.stack ?? error.message}`;
}

// Who stops reading (`cwm-mcp tools | head`) ends nothing here; a command that needs its reader looks itself.
process.stdout.on('error', () => undefined);

try {
  await createProgram().parseAsync();
} catch (error) {
  process.stderr.write(`${ending(error)}\n`);
  process.exitCode = 1;
}

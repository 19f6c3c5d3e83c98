import { createProgram } from './cli/program.ts';

// What ends the program without being a mistake of the program: said plainly, without a stack.
const EXPECTED: ReadonlySet<string> = new Set(['ConfigError', 'NoTools']);

try {
  await createProgram().parseAsync();
} catch (error) {
  const known = error instanceof Error && EXPECTED.has(error.name);
  process.stderr.write(
    `${known ? error.message : `manage-mcp failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`}\n`,
  );
  process.exitCode = 1;
}

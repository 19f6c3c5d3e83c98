import { endingOf } from './cli/ending.ts';
import { createProgram } from './cli/program.ts';

// Who stops reading (`cwm-mcp tools | head`) ends nothing here; a command that needs its reader looks itself.
process.stdout.on('error', () => undefined);

try {
  await createProgram().parseAsync();
} catch (error) {
  const { text, status } = endingOf(error, /^(debug|trace)$/i.test(process.env.CWM_LOG_LEVEL ?? ''));
  if (text !== '') process.stderr.write(`${text}\n`);
  process.exitCode = status;
}

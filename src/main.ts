import { plainFlags } from './cli/plain-flags.ts';

// Who stops reading (`cwm-mcp tools | head`) ends nothing here; a command that needs its reader looks itself.
process.stdout.on('error', () => undefined);

async function run(): Promise<void> {
  const flags = plainFlags(process.argv.slice(2));
  if (flags !== undefined) {
    const { serveOverStdio } = await import('./cli/run-stdio.ts');
    return serveOverStdio(flags, process.env);
  }
  const { createProgram } = await import('./cli/program.ts');
  await createProgram().parseAsync();
}

try {
  await run();
} catch (error) {
  const { endingOf } = await import('./cli/ending.ts');
  const { text, status } = endingOf(error, /^(debug|trace)$/i.test(process.env.CWM_LOG_LEVEL ?? ''));
  if (text !== '') process.stderr.write(`${text}\n`);
  process.exitCode = status;
}

import { Command } from 'commander';
import { closest } from '../api/closest.ts';
import { PRODUCT } from '../product.ts';
import type { DoctorFlags } from './doctor.ts';
import { port, version, whole, zone } from './flags.ts';
import type { JournalFlags } from './journal.ts';
import type { OpenFlags } from './open.ts';
import type { ReportFlags } from './report.ts';
import type { HttpFlags } from './run-http.ts';
import type { SandboxFlags } from './run-sandbox.ts';
import type { SetupFlags } from './setup/run-setup.ts';
import { UsageError } from './usage-error.ts';

/** More do not fit into the memory of a process. */
const MOST_TICKETS = 500_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Called before anything is printed: whoever reads that the server is up may stop it at once. */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });

/** A word that is not a command lands here, because without a command the server serves over stdio. */
async function stdio(flags: OpenFlags, { args: [word], parent }: Command): Promise<void> {
  if (word !== undefined) {
    const names = parent?.commands.map((command) => command.name()) ?? [];
    const [near] = closest(word, names, 1);
    throw new UsageError(
      `There is no command ${word}.${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${names.join(', ')}.`,
    );
  }
  const { serveOverStdio } = await import('./run-stdio.ts');
  await serveOverStdio(flags, process.env);
}

async function http(flags: HttpFlags): Promise<void> {
  const { runHttp } = await import('./run-http.ts');
  await runHttp(flags, process.env, print, untilStopped);
}

async function sandbox(flags: SandboxFlags): Promise<void> {
  const { runSandbox } = await import('./run-sandbox.ts');
  await runSandbox(flags, print, untilStopped);
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const command = await import('./doctor.ts');
  process.exitCode = (await command.doctor(process.env, flags, print)) ? 0 : 1;
}

async function setup(flags: SetupFlags): Promise<void> {
  const { setupHere } = await import('./setup/run-setup.ts');
  await setupHere(flags, print);
}

async function listTools(): Promise<void> {
  const [{ tools }, { toolEntry }] = await Promise.all([
    import('../../tools/index.ts'),
    import('../server/handlers.ts'),
  ]);
  const [{ toolLines }, { loadApi }] = await Promise.all([import('./tool-lines.ts'), import('../api/load.ts')]);
  print(toolLines(tools, loadApi(), toolEntry));
}

async function importDescription(file: string, { out, merge }: { out: string; merge?: boolean }): Promise<void> {
  const [{ importDocument }, { loadApi }, { tools }, { toolsWithout }] = await Promise.all([
    import('../api/import/import-document.ts'),
    import('../api/load.ts'),
    import('../../tools/index.ts'),
    import('./tool-lines.ts'),
  ]);
  const lines = importDocument(file, { out, shipped: loadApi(), merge });
  for (const line of [...lines, ...toolsWithout(tools, loadApi(out))]) print(line);
  print(`Written to ${out}. Serve it with CWM_CATALOG=${out}`);
}

async function journal(flags: JournalFlags & OpenFlags): Promise<void> {
  const [{ runJournal }, { withSettingsFile }] = await Promise.all([
    import('./journal.ts'),
    import('../config/settings-file.ts'),
  ]);
  await runJournal(withSettingsFile(process.env, flags.settings), flags, print, untilStopped);
}

async function report(measures: readonly string[], flags: ReportFlags): Promise<void> {
  const { runReport } = await import('./report.ts');
  await runReport(measures, flags, process.env, print);
}

async function demo(): Promise<void> {
  const [{ runDemo }, { SANDBOX }, { withoutSettings }] = await Promise.all([
    import('../demo/run-demo.ts'),
    import('../sandbox/credentials.ts'),
    import('../config/settings-file.ts'),
  ]);
  process.exitCode = await runDemo({
    program: process.argv[1] ?? '',
    environment: withoutSettings(process.env),
    credentials: SANDBOX,
    print,
  });
}

// Not --env-file: Node 20 takes that for its own, wherever it stands.
const SETTINGS = ['--settings <file>', 'a .env file with settings; those of the environment win'] as const;

const withSettings = (command: Command): Command =>
  command
    .option(...SETTINGS)
    .option('--sandbox', 'use a local Manage with made-up data, started in this process')
    .option('--sandbox-port <port>', 'port of that Manage (default: a free one)', port);

/** How this program is called again: what npx fetched for once is no command of its own. */
const again = (): string => (/[/\\]_npx[/\\]/.test(process.argv[1] ?? '') ? 'npx -y cwm-mcp' : 'cwm-mcp');

function helpText(): string {
  const begin = [
    ['demo', 'see it work on made-up data'],
    ['setup', 'connect your assistant'],
    ['doctor --settings FILE', 'find out why something does not work'],
  ] as const;
  return [
    '',
    'Begin with:',
    ...begin.map(([command, what]) => `  ${again()} ${command.padEnd(22)}  ${what}`),
    '',
    'Settings are environment variables like CWM_SITE, or stand in a file that --settings names.',
    'Exit status: 0 done, 1 failed, 2 wrong usage or settings that cannot be used.',
  ].join('\n');
}

/** An unknown flag by its name alone: what follows it may be a key, which goes into no log. */
const withoutValue = (text: string): string => text.replace(/(unknown option '[^'=]*)=[^']*(?=')/, '$1');

/** The command line. */
export function createProgram(): Command {
  const program = new Command('cwm-mcp')
    .configureOutput({ outputError: (text, write) => write(withoutValue(text)) })
    // Inherited by all commands; main.ts gives the exit status.
    .exitOverride()
    .description('ConnectWise Manage for AI assistants, over the Model Context Protocol')
    .version(PRODUCT.version)
    .addHelpText('after', helpText);
  withSettings(
    program
      .command('stdio', { isDefault: true })
      .allowExcessArguments()
      .description('serve one client over stdin and stdout'),
  ).action(stdio);
  withSettings(program.command('http').description('serve the tools over HTTP'))
    .option('--port <port>', 'port to listen on (default: 3000)', port)
    .option('--host <host>', 'address to listen on (default: 127.0.0.1)')
    .action(http);
  program
    .command('sandbox')
    .description('run a local Manage with made-up data and print how to reach it')
    .option('--port <port>', 'port to listen on (default: a free one)', port)
    .option('--seed <seed>', 'seed of the made-up data; another seed gives other data', whole())
    .option('--tickets <count>', 'number of service tickets (default: 600)', whole(MOST_TICKETS))
    .option('--story', 'add a customer whose figures can be worked out by hand (docs/sandbox.md)')
    .option('--data <file>', 'file that keeps what is written across restarts')
    .option('--tls', 'serve HTTPS with a new certificate, and print the authority to trust')
    .option('--api-version <version>', 'version of Manage that it serves (default: the newest that is known)', version)
    .option('--time-zone <zone>', "the provider's own IANA time zone (default: America/New_York)", zone)
    .action(sandbox);
  program
    .command('setup')
    .description("write the settings into an assistant's configuration, after showing what changes")
    .option('--client <names...>', 'claude-desktop, claude-code, vscode, cursor, windsurf, zed, gemini')
    .option('--from <file>', 'take the settings from a .env file, or from a configuration that has them')
    .option('--file <file>', 'the configuration to change, where it is not in its usual place')
    .option('--name <name>', "the server's name in it", 'manage')
    .option(
      '--keys <place>',
      'where settings are kept: a file of yours alone (file), or the configuration (client)',
      'file',
    )
    .option('--read-only', 'the assistant may read, and change nothing')
    .option('--sandbox', 'use the sandbox, which needs no keys')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--yes', 'ask nothing')
    .option('--replace', 'take the place of another server of that name')
    .option('--no-check', 'do not check the settings with Manage first')
    .action(setup);
  withSettings(program.command('doctor').description('check the configuration step by step'))
    .option('--permissions', 'also compare the rights that the tools need with those of the keys')
    .option('--json', 'as one JSON document')
    .option('--fix', 'also forget what is remembered of names')
    .action(doctor);
  program
    .command('tools')
    .description('list the tools with their effect, cost in tokens, and the security rights they need')
    .action(listTools);
  program
    .command('catalog')
    .description('descriptions of other versions of the API')
    .command('import <file>')
    .description('make a description from an OpenAPI 3.0 document of Manage (JSON or YAML)')
    .option('--merge', 'lay it over the built-in description: what the document leaves out stays')
    .option('--out <description>', 'where to write it', 'manage-catalog.json')
    .action(importDescription);
  program
    .command('journal')
    .description('show what was written: when, by whom, before and after, and how it ended')
    .option(...SETTINGS)
    .option('--since <when>', 'from then on: "yesterday", "last 2 hours", 2026-11-30, 2026-11-30T14:00')
    .option('--until <when>', 'up to then, a named day included')
    .option('--tool <name>', 'by this tool')
    .option('--record <record>', 'of this record: "ticket 4711", or a part of its name')
    .option('--member <who>', 'for this member or person, or through this client')
    .option('--outcome <outcome>', 'done, failed or unknown')
    .option('--follow', 'go on with what is written from now on')
    .option('--csv', 'as comma-separated values')
    .option('--json', 'as a line of JSON for each write')
    .action(journal);
  withSettings(
    program
      .command('report <measures...>')
      .description('make one report: "opened closed" --by board --period "last month"; for cron as CSV or JSON'),
  )
    .option('--by <dimensions>', 'one or two of company, member, board, type, month, ... or a custom field')
    .option('--period <period>', '"last month", "this quarter", 2026-11-01..2026-11-30')
    .option('--compare <period>', 'previous or lastYear')
    .option('--where <filter...>', '"board=Help Desk", "type!=Request", "age>30", "summary~vpn"')
    .option('--top <count>', 'groups that are shown', whole())
    .option('--order-by <column>', 'a measure or dimension, with "asc" or "desc" behind it')
    .option('--explain', 'with the definition of every measure')
    .option('--format <format>', 'table, csv or json', 'table')
    .option('--yes', 'also where it takes many requests to Manage')
    .action(report);
  program.command('demo').description("play a technician's morning on the sandbox").action(demo);
  return program;
}

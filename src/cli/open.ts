import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../config/config.ts';
import type { Environment } from '../config/read-environment.ts';
import { withSettingsFile } from '../config/settings-file.ts';
import type { LogLevel } from '../log-levels.ts';
import type { Logger } from '../logger.ts';
import { homeOfUser } from '../state/home.ts';

/** Flags that choose where the settings and the data come from. */
export interface OpenFlags {
  /** A `.env` file with settings. */
  readonly settings?: string;
  readonly sandbox?: boolean;
  readonly sandboxPort?: number;
  readonly seed?: number;
}

export interface Opened {
  readonly config: Config;
  /** The log, made when it is first asked for: what writes it need not be loaded before a client is greeted. */
  logger(): Promise<Logger>;
  /** Stops what was started for this configuration. */
  close(): Promise<void>;
}

/** Variables that say which Manage to talk to: a sandbox brings its own. */
const TARGET = /^(CWM_(SITE|COMPANY_ID|PUBLIC_KEY|PRIVATE_KEY|CLIENT_ID)|CW_|CONNECTWISE_)/;

/** How to use settings that are there and were not asked for: here, and what `setup` wrote. */
async function hintsNear(environment: Environment): Promise<string[]> {
  const { settingsFolder } = await import('./setup/clients.ts');
  const home = homeOfUser();
  const folder = home === undefined ? '' : settingsFolder({ environment, platform: process.platform, home });
  const written = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.env')) : [];
  return [
    ...(existsSync('.env') ? ['To use the settings in the .env file here, add --settings .env.'] : []),
    ...written.map((name) => `To use the settings that setup wrote, add --settings "${join(folder, name)}".`),
  ];
}

/** Hosts start servers in any folder, so a file of settings is read only where it is asked for; who forgot to ask is told. */
async function readLiveConfig(environment: Environment): Promise<Config> {
  try {
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError && error.hints.length > 0)) throw error;
    throw new ConfigError(error.problems, [...error.hints, ...(await hintsNear(environment))]);
  }
}

/** The same log however often it is asked for. */
function logOf(level: LogLevel): Opened['logger'] {
  let made: Promise<Logger> | undefined;
  return () => {
    made ??= import('../logger.ts').then(({ createLogger }) => createLogger(level));
    return made;
  };
}

/**
 * A failure that nobody waited for is a fault of ours in one call. It is logged, and the process goes on: it would take the calls of
 * everybody else with it.
 */
export const outliveRejections = (logger: Opened['logger']): void => {
  process.on('unhandledRejection', (error: unknown) => {
    logger().then(
      (log) => log.error({ err: error }, 'nobody waited for this'),
      () => process.stderr.write('cwm-mcp: something failed, and the log cannot be loaded.\n'),
    );
  });
};

/**
 * The configuration of a command; with `--sandbox` a local Manage is started in this process first, whatever keys are set.
 * @throws {ConfigError} for settings that cannot be used; {SettingsFileError} for a file of settings that cannot
 */
export async function open(variables: NodeJS.ProcessEnv, flags: OpenFlags): Promise<Opened> {
  const environment = withSettingsFile(variables, flags.settings);
  if (flags.sandbox !== true) {
    const config = await readLiveConfig(environment);
    return { config, logger: logOf(config.logLevel), close: async () => undefined };
  }
  const { startSandbox } = await import('../sandbox/index.ts');
  const sandbox = await startSandbox({
    port: flags.sandboxPort ?? 0,
    seed: flags.seed,
    descriptionFile: environment.CWM_CATALOG,
  }).catch((error: Error) => {
    throw Object.assign(error, { chosenBy: { port: '--sandbox-port', host: '--host' } });
  });
  const kept = Object.entries(environment).filter(([name]) => !TARGET.test(name));
  try {
    const config = readConfig({ ...sandbox.environment, ...Object.fromEntries(kept) }, true);
    const logger = logOf(config.logLevel);
    const log = await logger();
    log.info({ url: sandbox.url }, 'the data is that of the sandbox');
    if (sandbox.unanswered.length > 0)
      log.warn(
        { operations: sandbox.unanswered },
        'the description of the API in CWM_CATALOG lacks operations that the sandbox knows: they answer 404',
      );
    return { config, logger, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

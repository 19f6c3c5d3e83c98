import { type Config, readConfig } from '../config/config.ts';
import { createLogger, type Logger } from '../logger.ts';

/** Flags that choose where the data comes from. */
export interface OpenFlags {
  readonly sandbox?: boolean;
  readonly sandboxPort?: number;
  readonly seed?: number;
}

export interface Opened {
  readonly config: Config;
  readonly logger: Logger;
  /** Stops what was started for this configuration. */
  close(): Promise<void>;
}

/** Variables that say which Manage to talk to: a sandbox brings its own. */
const TARGET = /^(CWM_(SITE|COMPANY_ID|PUBLIC_KEY|PRIVATE_KEY|CLIENT_ID)|CW_|CONNECTWISE_)/;

/** The configuration of a command; with `--sandbox` a local Manage is started in this process first, whatever keys are set. */
export async function open(environment: NodeJS.ProcessEnv, flags: OpenFlags): Promise<Opened> {
  if (flags.sandbox !== true) {
    const config = readConfig(environment);
    return { config, logger: createLogger(config.logLevel), close: async () => undefined };
  }
  const { startSandbox } = await import('../sandbox/index.ts');
  const sandbox = await startSandbox({
    port: flags.sandboxPort ?? 0,
    seed: flags.seed,
    descriptionFile: environment.CWM_CATALOG,
  });
  const kept = Object.entries(environment).filter(([name]) => !TARGET.test(name));
  try {
    const config = readConfig({ ...sandbox.environment, ...Object.fromEntries(kept) }, true);
    const logger = createLogger(config.logLevel);
    logger.info({ url: sandbox.url }, 'the data is that of the sandbox');
    if (sandbox.unanswered.length > 0)
      logger.warn(
        { operations: sandbox.unanswered },
        'the description of the API in CWM_CATALOG lacks operations that the sandbox knows: they answer 404',
      );
    return { config, logger, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

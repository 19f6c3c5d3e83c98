import { ConfigError, readConfig } from '../../src/config/config.ts';

/** Everything that is wrong with a configuration, which is read as `readConfig` reads it; nothing where it is right. */
export function problemsOf(...configuration: Parameters<typeof readConfig>): readonly string[] {
  try {
    readConfig(...configuration);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

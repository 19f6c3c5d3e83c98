export { type Config, ConfigError, readConfig } from './config.ts';
export type { Environment } from './read-environment.ts';

import { runStdio } from '../server/stdio/stdio.ts';
import { type OpenFlags, open, outliveRejections } from './open.ts';

/** `cwm-mcp stdio`: serves one client over stdin and stdout until stdin ends. */
export async function serveOverStdio(flags: OpenFlags, environment: NodeJS.ProcessEnv): Promise<void> {
  const { config, logger, close } = await open(environment, flags);
  outliveRejections(logger);
  await runStdio({
    config,
    logger,
    close,
    async load() {
      const [{ createServices, findVersionSoon }, { handlersOf }] = await Promise.all([
        import('../server/services.ts'),
        import('../server/handlers.ts'),
      ]);
      const services = createServices(config, await logger());
      findVersionSoon(services);
      return { services, handlers: handlersOf(services) };
    },
  });
}

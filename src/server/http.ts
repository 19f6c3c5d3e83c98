import type { ManageClient } from '../manage/index.ts';
import { createServer } from './create-server.ts';
import { handlersOf } from './handlers.ts';
import { type HttpServer, startFront } from './http-front.ts';
import type { Services } from './services.ts';

export type { HttpServer } from './http-front.ts';

/** For this long an answer stands: who asks every second, or is not even signed in, must not use up the requests a minute. */
const STANDS_MS = 5_000;
const ANSWER_MS = 5_000;

/** Whether Manage answers with these keys. Asked by many at once, Manage is asked once. */
function readiness(manage: ManageClient): () => Promise<boolean> {
  let asked = 0;
  let answer: Promise<boolean> | undefined;
  return () => {
    if (answer !== undefined && performance.now() - asked < STANDS_MS) return answer;
    asked = performance.now();
    answer = manage.get('GET /system/info', { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      () => true,
      () => false,
    );
    return answer;
  };
}

/** Serves the tools over HTTP. */
export async function startHttp(services: Services): Promise<HttpServer> {
  const { config, logger, manage, secret } = services;
  const handlers = Promise.resolve(handlersOf(services));
  const parts = { offer: services.offer, handlers: () => handlers };
  const ready = readiness(manage);
  return startFront({
    config,
    logger,
    secret: secret('sessions'),
    factory: (request) => createServer(parts, request),
    notReady: async () => ((await ready()) ? undefined : 'Manage does not answer'),
    settle: () => services.close(),
  });
}

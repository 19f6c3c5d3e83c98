import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startHttpSession } from '../support/session.ts';

interface ProtocolFailure {
  readonly code?: number;
  readonly message?: string;
  readonly data?: unknown;
}

describe.each(['modern', 'handshake'] as const)('what a %s client may not ask', (era) => {
  let session: Session;
  beforeAll(async () => {
    session = await startHttpSession({ era, sandbox: { tickets: 20 }, toolsets: 'all' });
  });
  afterAll(() => session.close());

  const failureOf = (asked: Promise<unknown>): Promise<ProtocolFailure> =>
    asked.then(
      (answer) => ({ message: `answered with ${JSON.stringify(answer)}` }),
      (error: ProtocolFailure) => ({ code: error.code, message: error.message, data: error.data }),
    );

  it.each(['1', '-1', '0', '500', '', 'x', '1e3'])(
    'a page by the cursor %j, which is not of this server',
    async (cursor) => {
      const { client } = session;
      const lists = ['listTools', 'listPrompts', 'listResources', 'listResourceTemplates'] as const;
      for (const list of lists) expect(await failureOf(client[list]({ cursor }))).toMatchObject({ code: -32602 });
    },
  );
});

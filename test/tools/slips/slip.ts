import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** A call as a model would make it, and what has to come out: an answer, or an error that says what to send. */
export type Slip = readonly [
  what: string,
  tool: string,
  input: Readonly<Record<string, unknown>>,
  outcome: 'taken' | 'refused',
  says: RegExp,
];

/** Makes each call in one session. No slip may write: writing calls are dry runs, or refused. */
export function describeSlips(title: string, slips: readonly Slip[], toolsets?: string): void {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ toolsets });
  });
  afterAll(() => session.close());

  describe(title, () => {
    it.each(slips)('%s', async (...[, tool, input, outcome, says]) => {
      session.writes();
      const { text, isError } = await session.call(tool, input);
      expect(text).toMatch(says);
      expect(isError ? 'refused' : 'taken', text).toBe(outcome);
      expect(session.writes().filter((request) => !/defaults$|search$/.test(request))).toEqual([]);
      if (isError) expect(text.length).toBeLessThanOrEqual(1_500);
    });
  });
}

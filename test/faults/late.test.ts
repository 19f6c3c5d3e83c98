import { describe, expect, it } from 'vitest';
import { tools } from '../../tools/index.ts';
import { CALLS, type Call, filled, keepFrom } from '../server/calls/index.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { noWaiting } from '../support/no-waiting.ts';
import { type CallAnswer, type Session, startSession } from '../support/session.ts';

// A gateway gives up on a creation that Manage makes all the same, a little later: whichever tool creates, there is one record,
// also when the call is made again because its outcome was unknown.

interface Side {
  readonly session: Session;
  readonly gateway: Gateway;
  readonly kept: Map<string, unknown>;
}

async function open(): Promise<Side> {
  const gateway = await startGateway();
  const session = await startSession({
    toolsets: 'all',
    timing: noWaiting(),
    environment: { CWM_SITE: gateway.url, CWM_REQUESTS_PER_MINUTE: '10000' },
  });
  gateway.target = session.sandbox.baseUrl;
  return { session, gateway, kept: new Map() };
}

const close = async ({ session, gateway }: Side): Promise<void> => {
  await session.close();
  gateway.close();
};

const inputOf = ({ input }: Call, { kept }: Side) => filled(input, kept) as Record<string, unknown>;

/** The call without any fault: its answer, and how many records it makes. */
async function plainly(one: Call, side: Side): Promise<{ answer: CallAnswer; makes: number }> {
  side.gateway.made.length = 0;
  const answer = await side.session.call(one.tool, inputOf(one, side));
  keepFrom(answer.structured, one, side.kept);
  return { answer, makes: side.gateway.made.length };
}

const WRITING = new Set(tools.filter(({ effect }) => effect !== 'read').map(({ name }) => name));

/** A call that may make a second one, because it says so, has nothing to look for. */
const isTried = ({ tool, input }: Call, makes: number): boolean =>
  WRITING.has(tool) && makes > 0 && input.allowDuplicate !== true;

/** Every call of every tool, with the gateway giving up on the first creation of each; gives what went wrong. */
async function tryAll(calm: Side, faulty: Side, afterReads: number) {
  const tried: string[] = [];
  const wrong: string[] = [];
  for (const one of CALLS) {
    const { answer, makes } = await plainly(one, calm);
    if (!isTried(one, makes)) {
      await plainly(one, faulty);
      continue;
    }
    const { session, gateway, kept } = faulty;
    const input = inputOf(one, faulty);
    gateway.giveUp(afterReads);
    const first = await session.call(one.tool, input);
    await gateway.commit();
    const second = first.isError ? await session.call(one.tool, input) : first;
    tried.push(one.tool);
    const count = gateway.made.length;
    if (count < 1 || count > makes) wrong.push(`${one.tool} made ${gateway.made.join(', ')}: ${second.text}`);
    if (first.isError && !/check .*before trying again/.test(first.text)) wrong.push(`${one.tool}: ${first.text}`);
    keepFrom(second.isError ? answer.structured : second.structured, one, kept);
  }
  return { tried, wrong };
}

describe('a creation that a gateway gave up on', () => {
  it.each([
    ['while it is looked for', 3],
    ['after nobody looks for it any more', 1_000],
  ])(
    'and that appears %s is one record, whichever tool makes it',
    async (_, afterReads) => {
      const [calm, faulty] = [await open(), await open()];
      try {
        const { tried, wrong } = await tryAll(calm, faulty, afterReads);
        expect(wrong).toEqual([]);
        expect(tried.length).toBeGreaterThanOrEqual(40);
      } finally {
        await close(calm);
        await close(faulty);
      }
    },
    120_000,
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../tools/index.ts';
import { CALLS, type Call, filled, keepFrom } from '../server/calls/index.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { noDeadlines } from '../support/no-waiting.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';
import { type CallAnswer, type Session, startSession } from '../support/session.ts';
import { WIRE_FAULTS } from './wire-faults.ts';

// Every fault under every call that writes, and the same call again where it did not say that all is done: nothing is doubled,
// nothing that was called done is missing, nothing that is done was called not done. Each pass gives every call another fault;
// the usual run makes one pass, `CASES=all` two, `npm run matrix` all of them.

const FAULTS = [...WIRE_FAULTS];
const PASSES = passesOf(process.env.MATRIX);

/** @param said `full`, a part of it as `2/3`, or numbers of passes: `3,17` */
function passesOf(said = HAS_ALL_CASES ? '0,18' : '0'): readonly number[] {
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(said === 'full' ? '1/1' : said) ?? [];
  if (part === undefined) return said.split(',').map(Number);
  return [...FAULTS.keys()].filter((index) => index % Number(parts) === Number(part) - 1);
}

interface Side {
  readonly session: Session;
  readonly gateway: Gateway;
  readonly kept: Map<string, unknown>;
}

async function open(): Promise<Side> {
  const gateway = await startGateway();
  const timing = noDeadlines();
  gateway.onHang = timing.passDeadlines;
  const session = await startSession({
    toolsets: 'all',
    timing,
    // What ends a call that gets no answer is the test; a slow machine has all the time that it needs.
    environment: { CWM_SITE: gateway.url, CWM_REQUESTS_PER_MINUTE: '10000', CWM_DEADLINE_SECONDS: '600' },
  });
  gateway.target = session.sandbox.baseUrl;
  return { session, gateway, kept: new Map() };
}

async function close({ session, gateway }: Side): Promise<void> {
  await session.close();
  gateway.close();
}

const inputOf = ({ input }: Call, { kept }: Side) => filled(input, kept) as Record<string, unknown>;

/** `POST /service/tickets/{}/notes`: ids differ between runs. */
const shapeOf = (write: string): string => write.replace(/\?.*$/, '').replace(/\/\d+(?=\/|$)/g, '/{}');

function counted(writes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const write of writes.map(shapeOf)) counts.set(write, (counts.get(write) ?? 0) + 1);
  return counts;
}

const WRITING = new Set(tools.filter(({ effect }) => effect !== 'read').map(({ name }) => name));
const isNeeded = ({ tool, keep }: Call): boolean => WRITING.has(tool) || keep !== undefined;

/** What every call does when nothing goes wrong. */
interface Plain {
  readonly call: Call;
  readonly answer: CallAnswer;
  readonly writes: readonly string[];
}

async function plainRun(): Promise<Plain[]> {
  const side = await open();
  const run: Plain[] = [];
  for (const call of CALLS.filter(isNeeded)) {
    side.gateway.done.length = 0;
    const answer = await side.session.call(call.tool, inputOf(call, side));
    keepFrom(answer.structured, call, side.kept);
    run.push({ call, answer, writes: [...side.gateway.done] });
  }
  await close(side);
  return run;
}

const isAllDone = ({ isError, structured }: CallAnswer): boolean => !isError && structured?.problems === undefined;

class Score {
  readonly doubles: string[] = [];
  readonly losses: string[] = [];
  readonly falseAlarms: string[] = [];
  tried = 0;

  /** Judges a call that was made under a fault, and made again where it was not all done. */
  judge(name: string, fault: string, { expected, done, first, last, doneFirst }: Judged): void {
    this.tried += 1;
    const before = first === last ? '' : `${first.text.slice(0, 300)} THEN `;
    const what = `${name} under ${fault}: ${before}${last.text.slice(0, 300)}`;
    const [want, have] = [counted(expected), counted(done)];
    const more = [...have].filter(([write, times]) => write.startsWith('POST') && times > (want.get(write) ?? 0));
    const twice = isTwice(fault);
    if (more.length > 0 && !(twice && /delivered the request twice/.test(last.text))) this.doubles.push(what);
    const missing = (of: ReadonlyMap<string, number>) =>
      [...want].filter(([write, times]) => (of.get(write) ?? 0) < times);
    if (isAllDone(last) && missing(have).length > 0) this.losses.push(what);
    const toldUnknown = /check .*before trying again/.test(first.text);
    const deniedFirst = first.isError && !toldUnknown && missing(counted(doneFirst)).length === 0;
    // A refusal that names what is there already is the truth; one that leaves something out, or open, is none.
    const never =
      !twice && !isAllDone(last) && (missing(have).length > 0 || /check .*before trying again/.test(last.text));
    if (deniedFirst || never) this.falseAlarms.push(deniedFirst ? `${name} under ${fault}: ${first.text}` : what);
  }
}

interface Judged {
  readonly expected: readonly string[];
  readonly done: readonly string[];
  readonly doneFirst: readonly string[];
  readonly first: CallAnswer;
  readonly last: CallAnswer;
}

/** A call under a fault; one whose caller goes away in the middle has no answer, and leaves open what was done. */
async function callUnder(
  fault: string,
  tool: string,
  input: Record<string, unknown>,
  { session, gateway }: Side,
): Promise<CallAnswer> {
  if (fault !== 'caller gone') return session.call(tool, input);
  const gone = new AbortController();
  gateway.onFault = () => gone.abort();
  const ended = session.client.callTool({ name: tool, arguments: input }, { signal: gone.signal });
  await ended.catch(() => undefined);
  gateway.onFault = undefined;
  return { isError: true, text: 'Nobody heard it: check this before trying again.', structured: undefined };
}

const isTwice = (fault: string): boolean => fault.startsWith('delivered twice');

/** Takes away what came of the delivery that was not answered, so that later calls find what they would without it. */
async function removeOther(fault: string, { session, gateway }: Side): Promise<void> {
  const path = gateway.done.at(-1)?.replace(/^POST |\?.*$/g, '') ?? '';
  if (gateway.done.at(-1)?.startsWith('POST') !== true) return;
  const { body } = await session.rest('GET', `${path}?orderBy=id%20desc&pageSize=2`);
  const id = Array.isArray(body) ? body[fault === 'delivered twice' ? 0 : 1]?.id : undefined;
  if (id !== undefined) await session.rest('DELETE', `${path}/${id}`);
}

async function pass(offset: number, plain: readonly Plain[], score: Score): Promise<void> {
  const side = await open();
  const { session, gateway, kept } = side;
  for (const [index, { call, answer, writes }] of plain.entries()) {
    const input = inputOf(call, side);
    gateway.done.length = 0;
    const [name = '', fault] = FAULTS[(index * 7 + offset) % FAULTS.length] ?? [];
    if (writes.length === 0 || fault === undefined) {
      keepFrom((await session.call(call.tool, input)).structured, call, kept);
      continue;
    }
    gateway.next(fault, (offset + index) % writes.length);
    const first = await callUnder(name, call.tool, input, side);
    const doneFirst = [...gateway.done];
    await gateway.commit();
    // Who asks again is not asking for a second one.
    const { allowDuplicate: _, ...again } = input;
    const last =
      isAllDone(first) || isTwice(name) ? first : await session.call(call.tool, name === 'caller gone' ? again : input);
    // Manage refuses the second of some, because it has a name that is taken.
    if (isTwice(name) && gateway.done.length > writes.length) await removeOther(name, side);
    score.judge(call.tool, name, { expected: writes, done: gateway.done, doneFirst, first, last });
    keepFrom(last.isError ? answer.structured : last.structured, call, kept);
  }
  await close(side);
}

describe('the matrix of faults and writes', () => {
  let plain: Plain[];
  const score = new Score();
  beforeAll(async () => {
    plain = await plainRun();
  }, 120_000);

  it.each(PASSES)(
    'pass %i doubles nothing, loses nothing and raises no false alarm',
    async (offset) => {
      const own = new Score();
      await pass(offset, plain, own);
      score.tried += own.tried;
      score.doubles.push(...own.doubles);
      score.losses.push(...own.losses);
      score.falseAlarms.push(...own.falseAlarms);
      const { doubles, losses, falseAlarms } = own;
      expect({ doubles, losses, falseAlarms }).toEqual({ doubles: [], losses: [], falseAlarms: [] });
    },
    300_000,
  );

  afterAll(() => {
    process.stdout.write(
      `fault matrix: ${score.tried} faulty writes, ${PASSES.length} of ${FAULTS.length} passes: ` +
        `${score.doubles.length} doubles, ${score.losses.length} losses, ${score.falseAlarms.length} false alarms\n`,
    );
  });
});

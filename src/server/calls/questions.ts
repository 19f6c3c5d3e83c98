import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { AmbiguousName } from '../../names/index.ts';
import type { SharedStore } from '../../shared-store/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { type Confirmation, ConfirmationNeeded, Declined, Unanswered } from '../../tool/index.ts';
import type { Prompt } from '../../tool/prompt.ts';
import { signedIn } from '../caller.ts';
import { refuse } from '../refuse.ts';
import { keyTextOf } from './key-text.ts';

type Choices = Readonly<Record<string, string>>;

/** A person's answer to a question; one that fits no form is as good as none. */
type Answer = Pick<Extract<ReturnType<typeof inputResponse>, { kind: 'elicit' }>, 'action' | 'content'>;

/** What comes back with an answer: which call asked what, and what was chosen for it in earlier rounds. */
interface State {
  /** Of this question alone, so that its answer counts once. */
  readonly id: string;
  readonly call: string;
  /** The key of what was asked. */
  readonly asked: string;
  readonly choices: Choices;
}

/** How long a person may take to answer. */
const HOUR_S = 3_600;
/** How long a no stands: longer than a conversation, and not for ever in a process that runs for months. */
const REFUSED_MS = 12 * HOUR_S * 1_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The key under which an answer comes back: another question is another key, so an old "yes" fits nothing new. */
const keyOf = (kind: 'confirm' | 'choose', question: string): string => `${kind}-${digest(question).slice(0, 16)}`;

/** A yes holds for what was shown and for the requests behind it: where either differs, it is another question. */
const confirmKeyOf = ({ question, change }: Pick<Confirmation, 'question' | 'change'>): string =>
  keyOf('confirm', JSON.stringify([question, change]));

const questionOf = ({ argument, given }: AmbiguousName): Clean =>
  say`Which ${cleanLine(argument)} is meant by "${cleanLine(given)}"?`;

/** What is remembered of questions over all calls, by caller: of one server process, or of all replicas. */
export class Questions {
  /** Seals what goes through the client and comes back. */
  readonly codec: RequestStateCodec<State>;
  readonly #store: SharedStore;

  /** @param key the same for all replicas, which share what is remembered; without one, only this process can open what it sealed */
  constructor(store: SharedStore, key: Uint8Array = randomBytes(32)) {
    this.#store = store;
    this.codec = createRequestStateCodec<State>({ key, ttlSeconds: HOUR_S });
  }

  /** Whether somebody refused a change, and has not asked to be asked again since. */
  async isRefused(caller: string, change: string): Promise<boolean> {
    return (await this.#store.get(await this.#refusal(caller, change))) !== undefined;
  }

  async refuse(caller: string, change: string): Promise<void> {
    await this.#store.set(await this.#refusal(caller, change), 'no', REFUSED_MS);
  }

  /** Forgets what somebody refused: they want to be asked again. */
  async askAgain(caller: string): Promise<void> {
    await this.#store.set(`asked-again ${caller}`, randomUUID(), REFUSED_MS);
  }

  /** Under what a refusal is remembered: what was refused before somebody asked again is found no more. */
  async #refusal(caller: string, change: string): Promise<string> {
    return `refused ${(await this.#store.get(`asked-again ${caller}`)) ?? ''} ${caller} ${change}`;
  }

  /** Whether a client was to ask about a change and could not: then `confirm: true` counts for it. */
  async isUnaskable(caller: string, change: string): Promise<boolean> {
    return (await this.#store.get(`unaskable ${caller} ${change}`)) !== undefined;
  }

  async cannotAsk(caller: string, change: string): Promise<void> {
    await this.#store.set(`unaskable ${caller} ${change}`, 'failed', HOUR_S * 1_000);
  }

  /** Whether the answer to a question is used now for the first time. */
  spend(id: string): Promise<boolean> {
    return this.#store.claim(`spent ${id}`, HOUR_S * 1_000);
  }
}

/** Forgets what the caller refused. */
export const askAgain = (questions: Questions, context: ServerContext): Promise<void> =>
  questions.askAgain(signedIn(context) ?? '');

/**
 * The state that comes back with a request; nothing where none does.
 * @param call gives the digest of the call that it has to be of
 * @throws {ProtocolError} for state that this server did not give for this very call, or gave too long ago
 */
export async function stateOf<T extends { readonly call: string }>(
  { codec }: { readonly codec: RequestStateCodec<T> },
  context: ServerContext,
  call: () => Promise<string>,
): Promise<T | undefined> {
  const sealed = context.mcpReq.requestState<unknown>();
  if (sealed === undefined) return undefined;
  const state = await codec.verify(String(sealed), context).catch((): undefined => undefined);
  if (state?.call === (await call())) return state;
  return refuse(
    'requestState is not what this server gave for this call, or is more than an hour old. Call again without it.',
  );
}

/** The call that a client makes, and makes again with the answers to questions. */
export interface AskingCall {
  readonly tool: string;
  /** The arguments as they were sent. */
  readonly given: unknown;
  /** Whether the person can be asked over this connection. */
  readonly canAsk: boolean;
  readonly context: ServerContext;
}

/** Tells a call from others. Made where something is asked or answered, as in few calls. */
async function digestOf({ context, tool, given }: AskingCall): Promise<string> {
  return digest(await keyTextOf([signedIn(context), tool, given ?? {}]));
}

/** One round of a call: what was asked before and answered now, and what to ask next. */
export class Round {
  /** The ids that the person chose for ambiguous names in earlier rounds, by argument. */
  readonly choices: Choices;
  readonly #questions: Questions;
  readonly #call: AskingCall;
  /** What this call was asked: answers to questions that were not asked are ignored. */
  readonly #state: State | undefined;
  /** Not where `confirm` counts: the client was to ask and did not, or the operator leaves it to the argument. */
  #mayAsk = true;

  private constructor(questions: Questions, call: AskingCall, state: State | undefined) {
    this.#questions = questions;
    this.#call = call;
    this.#state = state;
    this.choices = state?.choices ?? {};
  }

  /**
   * The round that a request is.
   * @throws {ProtocolError} for state that this process did not give for this very call, or gave too long ago
   */
  static async of(questions: Questions, call: AskingCall): Promise<Round> {
    return new Round(questions, call, await stateOf(questions, call.context, () => digestOf(call)));
  }

  /** Whether the person is to be asked in this round. */
  get canAsk(): boolean {
    return this.#call.canAsk && this.#mayAsk;
  }

  /**
   * Gives back when who has to agreed. Where the person can be asked, the model's `confirm` does not count, and their no stands for
   * the rest of the conversation.
   * @throws {ConfirmationNeeded} when nobody has been asked yet, or the client could not ask
   * @throws {Declined} when the person said no, {Unanswered} when they closed the question
   */
  async confirm(confirmation: Confirmation): Promise<void> {
    const { given, consent, question } = confirmation;
    const questions = this.#questions;
    const caller = signedIn(this.#call.context) ?? '';
    const change = digest(confirmation.change);
    // Who comes back with our question was asked it, whatever their client says of itself now.
    const wasAsked = this.#state?.asked.startsWith('confirm-') === true;
    const isAskable = this.#call.canAsk || wasAsked;
    const counts = consent === 'argument' || !isAskable || (await questions.isUnaskable(caller, change));
    if (counts) {
      // Who cannot be asked has not said no, and has no other way to say yes.
      if (given === true) return;
      this.#mayAsk = false;
      throw new ConfirmationNeeded(question);
    }
    if (await questions.isRefused(caller, change)) throw new Declined('before');
    const answer = await this.#answerTo(confirmKeyOf(confirmation));
    if (answer === 'not asked') throw new ConfirmationNeeded(question, confirmKeyOf(confirmation));
    if (answer === 'failed') {
      await questions.cannotAsk(caller, change);
      this.#mayAsk = false;
      throw new ConfirmationNeeded(question);
    }
    const isYes = answer.action === 'accept' && answer.content?.confirm === true;
    if (isYes) return;
    const isNo = answer.action === 'decline' || answer.content?.confirm === false;
    if (answer.action === 'cancel' || !isNo) throw new Unanswered();
    await questions.refuse(caller, change);
    throw new Declined();
  }

  /**
   * The record that the person chose for an ambiguous name; `undefined` when nobody was asked yet, or could be.
   * @throws {Declined} when the person chose none, {Unanswered} when they closed the question
   */
  async chosen(error: AmbiguousName): Promise<string | undefined> {
    const answer = await this.#answerTo(keyOf('choose', questionOf(error)));
    if (answer === 'failed') this.#mayAsk = false;
    if (typeof answer === 'string') return undefined;
    if (answer.action === 'cancel') throw new Unanswered();
    const id = /^(\d+)/.exec(String(answer.content?.choice ?? ''))?.[1];
    if (answer.action !== 'accept' || id === undefined) throw new Declined();
    return error.candidates.some((candidate) => candidate.id === Number(id)) ? id : undefined;
  }

  /** Asks for a yes; what was chosen before comes back with the answer. */
  askToConfirm({ question, key }: ConfirmationNeeded, choices: Choices): Promise<InputRequiredResult> {
    const request = inputRequired.elicit({
      message: question,
      requestedSchema: {
        type: 'object',
        properties: { confirm: { type: 'boolean', title: 'Yes, do it' } },
        required: ['confirm'],
      },
    });
    return this.#ask(key ?? keyOf('confirm', question), request, choices);
  }

  /** Asks which of several records a name means. */
  askToChoose(error: AmbiguousName, choices: Choices): Promise<InputRequiredResult> {
    const question = questionOf(error);
    const options = error.candidates.map(({ id, label, hint }) =>
      cleanLine(`${id}: ${label}${hint === undefined ? '' : ` (${hint})`}`),
    );
    const request = inputRequired.elicit({
      message: question,
      requestedSchema: {
        type: 'object',
        properties: { choice: { type: 'string', title: error.argument, enum: options } },
        required: ['choice'],
      },
    });
    return this.#ask(keyOf('choose', question), request, choices);
  }

  /**
   * What came back for a question: nothing where it was not asked, or its answer was used; a failure where only the answer lacks. A
   * client that answers in a form of its own has asked all the same, so nobody's `confirm` takes the person's place.
   */
  async #answerTo(key: string): Promise<Answer | 'not asked' | 'failed'> {
    if (this.#state?.asked !== key || !(await this.#questions.spend(this.#state.id))) return 'not asked';
    const { inputResponses, droppedInputResponseKeys = [] } = this.#call.context.mcpReq;
    const answer = inputResponse(inputResponses, key);
    if (answer.kind === 'elicit') return answer;
    const hasAnswered = droppedInputResponseKeys.includes(key) || inputResponses?.[key] !== undefined;
    return hasAnswered ? { action: 'cancel' } : 'failed';
  }

  async #ask(
    asked: string,
    request: ReturnType<typeof inputRequired.elicit>,
    choices: Choices,
  ): Promise<InputRequiredResult> {
    const state: State = { id: randomUUID(), call: await digestOf(this.#call), asked, choices };
    return inputRequired({
      inputRequests: { [asked]: request },
      requestState: await this.#questions.codec.mint(state),
    });
  }
}

/**
 * How a person takes back a no. Hosts let people, and not models, choose prompts: that somebody asks for this one is the only sign
 * that a server gets of the person bringing a refused change up again by themselves.
 */
export const ASK_AGAIN: Prompt = {
  name: 'ask_again',
  title: 'Ask me again',
  description: 'Takes back your no: changes that you declined in this conversation may be put to you again.',
  arguments: [],
  needs: [],
  text: () =>
    'I declined a change before and have thought about it. If I ask for it again, make the call again: I will be asked, and decide then.',
};

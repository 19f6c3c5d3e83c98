import { createHash, randomBytes } from 'node:crypto';
import {
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import type { AmbiguousName } from '../names/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { type Confirmation, ConfirmationNeeded, Declined } from '../tool/index.ts';

type Choices = Readonly<Record<string, string>>;

/** What comes back with an answer: which call asked, and what was chosen for it in earlier rounds. */
interface State {
  readonly call: string;
  readonly choices: Choices;
}

/** How long a person may take to answer, and how long their no stands against a model that says they agreed. */
const HOUR_S = 3_600;
/** Refused changes that are remembered. */
const MOST_REFUSED = 1_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The key under which an answer comes back: another question is another key, so an old "yes" fits nothing new. */
const keyOf = (kind: 'confirm' | 'choose', question: string): string => `${kind}-${digest(question).slice(0, 16)}`;

const questionOf = ({ argument, given }: AmbiguousName): Clean =>
  say`Which ${cleanLine(argument)} is meant by "${cleanLine(given)}"?`;

/** What is remembered of questions over all calls of one server process. */
export interface Questions {
  /** Seals what goes through the client and comes back, with a key that only this process has. */
  readonly codec: RequestStateCodec<State>;
  /** Changes that a person refused, by their requests. */
  readonly refused: LRUCache<string, true>;
}

export const createQuestions = (): Questions => ({
  codec: createRequestStateCodec<State>({ key: randomBytes(32), ttlSeconds: HOUR_S }),
  refused: new LRUCache({ max: MOST_REFUSED, ttl: HOUR_S * 1_000 }),
});

/** The call that a client makes, and makes again with the answers to questions. */
export interface AskingCall {
  readonly tool: string;
  /** The arguments as they were sent. */
  readonly given: unknown;
  /** Whether the person can be asked over this connection. */
  readonly canAsk: boolean;
  readonly context: ServerContext;
}

/** One round of a call: what was asked before and answered now, and what to ask next. */
export class Round {
  /** The ids that the person chose for ambiguous names in earlier rounds, by argument. */
  readonly choices: Choices;
  readonly #questions: Questions;
  readonly #call: AskingCall;
  readonly #callDigest: string;
  /** Whether this call was asked something: answers to questions that were not asked are ignored. */
  readonly #wasAsked: boolean;

  private constructor(questions: Questions, call: AskingCall, callDigest: string, state: State | undefined) {
    this.#questions = questions;
    this.#call = call;
    this.#callDigest = callDigest;
    this.#wasAsked = state !== undefined;
    this.choices = state?.choices ?? {};
  }

  /**
   * The round that a request is.
   * @throws {ProtocolError} for state that this process did not give for this very call, or gave too long ago
   */
  static async of(questions: Questions, call: AskingCall): Promise<Round> {
    const callDigest = digest(JSON.stringify([call.tool, call.given ?? {}]));
    const sealed = call.context.mcpReq.requestState<unknown>();
    if (sealed === undefined) return new Round(questions, call, callDigest, undefined);
    const state = await questions.codec.verify(String(sealed), call.context).catch((): undefined => undefined);
    if (state?.call !== callDigest)
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        'requestState is not what this server gave for this call, or is more than an hour old. Call again without it.',
      );
    return new Round(questions, call, callDigest, state);
  }

  /**
   * Gives back when the person agreed. A no to the same change stands against `confirm: true`; only the person takes it back, by
   * a yes to the question.
   * @throws {ConfirmationNeeded} when nobody has been asked yet
   * @throws {Declined} when the person said no
   */
  confirm({ question, given, change }: Confirmation): void {
    const { canAsk, context } = this.#call;
    const { refused } = this.#questions;
    if (given === false) throw new Declined();
    // Who cannot be asked has not said no, and has no other way to say yes.
    if (given === true && canAsk && refused.has(digest(change))) throw new Declined('before');
    if (given === true) return;
    if (!canAsk || !this.#wasAsked) throw new ConfirmationNeeded(question);
    const answer = inputResponse(context.mcpReq.inputResponses, keyOf('confirm', question));
    if (answer.kind !== 'elicit') throw new ConfirmationNeeded(question);
    if (answer.action !== 'accept' || answer.content?.confirm !== true) {
      refused.set(digest(change), true);
      throw new Declined();
    }
    refused.delete(digest(change));
  }

  /**
   * The record that the person chose for an ambiguous name; `undefined` when nobody was asked yet.
   * @throws {Declined} when the person chose none
   */
  chosen(error: AmbiguousName): string | undefined {
    if (!this.#wasAsked) return undefined;
    const answer = inputResponse(this.#call.context.mcpReq.inputResponses, keyOf('choose', questionOf(error)));
    if (answer.kind !== 'elicit') return undefined;
    const id = /^(\d+)/.exec(String(answer.content?.choice ?? ''))?.[1];
    if (answer.action !== 'accept' || id === undefined) throw new Declined();
    return error.candidates.some((candidate) => candidate.id === Number(id)) ? id : undefined;
  }

  /** Asks for a yes; what was chosen before comes back with the answer. */
  askToConfirm(question: Clean, choices: Choices): Promise<InputRequiredResult> {
    const request = inputRequired.elicit({
      message: question,
      requestedSchema: {
        type: 'object',
        properties: { confirm: { type: 'boolean', title: 'Yes, do it' } },
        required: ['confirm'],
      },
    });
    return this.#ask({ [keyOf('confirm', question)]: request }, choices);
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
    return this.#ask({ [keyOf('choose', question)]: request }, choices);
  }

  async #ask(
    inputRequests: Record<string, ReturnType<typeof inputRequired.elicit>>,
    choices: Choices,
  ): Promise<InputRequiredResult> {
    const state: State = { call: this.#callDigest, choices };
    return inputRequired({ inputRequests, requestState: await this.#questions.codec.mint(state) });
  }
}

import { type Clean, joined, say } from '../text/index.ts';

/** An argument that cannot be what it is. Tools throw it for everything that a schema cannot say. */
export class ToolInputError extends Error {
  readonly argument: string;
  readonly allowed: readonly string[];
  /** What to call or send instead. */
  readonly next: string | undefined;
  /** The same as a question to a person, who answers yes with `confirm`; views show it with a button for that. */
  readonly question: Clean | undefined;

  constructor(
    argument: string,
    message: Clean,
    more: { allowed?: readonly string[] | undefined; next?: string | undefined; question?: Clean } = {},
  ) {
    super(message);
    this.name = 'ToolInputError';
    this.argument = argument;
    this.allowed = more.allowed ?? [];
    this.next = more.next;
    this.question = more.question;
  }
}

/** Several arguments of one call that cannot be what they are, each with its own error. */
export class SeveralRefused extends Error {
  /** Two at least. */
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.name = 'SeveralRefused';
    this.errors = errors;
  }
}

/** A person has to say yes first. The server asks where the client can, and answers with what to send where it cannot. */
export class ConfirmationNeeded extends Error {
  readonly question: Clean;
  /** What the answer comes back under. */
  readonly key: string | undefined;

  constructor(question: Clean, key?: string) {
    super(question);
    this.name = 'ConfirmationNeeded';
    this.question = question;
    this.key = key;
  }
}

/** A name means another record than was remembered: the call is made again instead of sending what it would have written. */
export class NamesChanged extends Error {}

/** The person said no. */
export class Declined extends Error {
  /** @param when `before` for a no to an earlier call, which holds for the rest of the conversation */
  constructor(when: 'before' | 'now' = 'now') {
    super(
      when === 'now'
        ? 'The person declined; nothing was changed. Do not ask again: their no holds for this conversation.'
        : 'The person declined this before; nothing was changed, and they were not asked again. Only they can take that back, with the prompt ask_again; tell them so if they bring it up.',
    );
    this.name = 'Declined';
  }
}

/** The person closed the question: neither a yes nor a no. */
export class Unanswered extends Error {
  constructor() {
    super('The person closed the question without an answer; nothing was changed. Ask them before you call again.');
    this.name = 'Unanswered';
  }
}

/** A change of several requests that ended in the middle: what was done stays, and the rest was not tried. */
export class PartlyDone extends Error {
  readonly done: readonly Clean[];
  readonly failed: Clean;

  constructor(done: readonly Clean[], failed: Clean, cause: unknown) {
    super(say`Done: ${joined(done, '; ')}. Not done: ${failed}.`, { cause });
    this.name = 'PartlyDone';
    this.done = done;
    this.failed = failed;
  }
}

import type { Readable, Writable } from 'node:stream';
import { type CANCEL_SYMBOL, confirm, isCancel, multiselect, password, select, text } from '@clack/prompts';
import { SetupError } from './setup-error.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** What `setup` asks a person. Whoever leaves a question ends it all: every method throws {SetupError} then. */
export interface Questions {
  /** @param problem says what is wrong with an answer; an empty answer is the fallback */
  line(
    message: string,
    options: { fallback?: string; problem?: (answer: string) => string | undefined },
  ): Promise<string>;
  /** Not shown, neither what is typed nor what is there. @param isKnown whether an empty answer keeps what is there */
  secret(message: string, options: { isKnown: boolean }): Promise<string>;
  one(message: string, choices: readonly Choice[], initial: string): Promise<string>;
  several(message: string, choices: readonly Choice[], initial: readonly string[]): Promise<readonly string[]>;
  yes(message: string): Promise<boolean>;
}

function answered<T>(answer: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(answer)) throw new SetupError('Stopped; nothing was changed.');
  return answer as T;
}

/** Where questions are asked: a terminal. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Questions at a terminal; that of the process when left out. */
export const terminalQuestions = (terminal: Terminal = {}): Questions => ({
  async line(message, { fallback, problem = () => undefined }) {
    const given = await text({
      ...terminal,
      message,
      placeholder: fallback,
      defaultValue: fallback ?? '',
      validate: (answer) => problem((answer?.trim() || fallback) ?? ''),
    });
    return answered(given).trim();
  },
  async secret(message, { isKnown }) {
    const given = await password({
      ...terminal,
      message: isKnown ? `${message} (Enter keeps the one that is there)` : message,
      validate: (answer) => (isKnown || answer?.trim() ? undefined : 'This is needed.'),
    });
    return (answered(given) ?? '').trim();
  },
  async one(message, choices, initial) {
    return answered(await select({ ...terminal, message, options: [...choices], initialValue: initial }));
  },
  async several(message, choices, initial) {
    const options = [...choices];
    return answered(await multiselect({ ...terminal, message, options, initialValues: [...initial], required: true }));
  },
  async yes(message) {
    return answered(await confirm({ ...terminal, message }));
  },
});

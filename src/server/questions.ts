import { createHash } from 'node:crypto';
import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { AmbiguousName } from '../names/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { type Confirmation, ConfirmationNeeded, Declined } from '../tool/index.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** The key under which an answer comes back: another question is another key, so an old "yes" fits nothing new. */
const keyOf = (kind: 'confirm' | 'choose', question: string): string =>
  `${kind}-${createHash('sha256').update(question).digest('hex').slice(0, 16)}`;

/** The person's yes or no to one question of the running call. */
export function confirmer(context: ServerContext, canAsk: boolean) {
  return async ({ question, given }: Confirmation): Promise<void> => {
    if (given === true) return;
    if (given === false) throw new Declined();
    if (!canAsk) throw new ConfirmationNeeded(question);
    const answer = inputResponse(context.mcpReq.inputResponses, keyOf('confirm', question));
    if (answer.kind !== 'elicit') throw new ConfirmationNeeded(question);
    if (answer.action !== 'accept' || answer.content?.confirm !== true) throw new Declined();
  };
}

/** Asks for a yes; what was chosen before comes back with the answer. */
export function askToConfirm(question: Clean, choices: Arguments): InputRequiredResult {
  return inputRequired({
    inputRequests: {
      [keyOf('confirm', question)]: inputRequired.elicit({
        message: question,
        requestedSchema: {
          type: 'object',
          properties: { confirm: { type: 'boolean', title: 'Yes, do it' } },
          required: ['confirm'],
        },
      }),
    },
    requestState: JSON.stringify(choices),
  });
}

const questionOf = ({ argument, given }: AmbiguousName): Clean =>
  say`Which ${cleanLine(argument)} is meant by "${cleanLine(given)}"?`;

/** Asks which of several records a name means. */
export function askToChoose(error: AmbiguousName, choices: Arguments): InputRequiredResult {
  const question = questionOf(error);
  const options = error.candidates.map(({ id, label, hint }) =>
    cleanLine(`${id}: ${label}${hint === undefined ? '' : ` (${hint})`}`),
  );
  return inputRequired({
    inputRequests: {
      [keyOf('choose', question)]: inputRequired.elicit({
        message: question,
        requestedSchema: {
          type: 'object',
          properties: { choice: { type: 'string', title: error.argument, enum: options } },
          required: ['choice'],
        },
      }),
    },
    requestState: JSON.stringify(choices),
  });
}

/**
 * The record that the person chose for an ambiguous name; `undefined` when nobody was asked yet.
 * @throws {Declined} when the person chose none
 */
export function chosen(context: ServerContext, error: AmbiguousName): string | undefined {
  const answer = inputResponse(context.mcpReq.inputResponses, keyOf('choose', questionOf(error)));
  if (answer.kind !== 'elicit') return undefined;
  const id = /^(\d+)/.exec(String(answer.content?.choice ?? ''))?.[1];
  if (answer.action !== 'accept' || id === undefined) throw new Declined();
  return error.candidates.some((candidate) => candidate.id === Number(id)) ? id : undefined;
}

/**
 * What was chosen in earlier rounds of the same call. It comes back from the client, which could as well have sent these ids
 * as arguments: only ids for arguments of the tool are taken, and nothing else is trusted to it.
 */
export function choicesBefore(context: ServerContext, argumentNames: readonly string[]): Record<string, string> {
  const state = context.mcpReq.requestState<unknown>();
  if (typeof state !== 'string') return {};
  try {
    const read: unknown = JSON.parse(state);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter(
        (entry): entry is [string, string] =>
          argumentNames.includes(entry[0]) && typeof entry[1] === 'string' && /^\d{1,12}$/.test(entry[1]),
      ),
    );
  } catch {
    return {};
  }
}

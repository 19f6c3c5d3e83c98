import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect } from 'vitest';
import { type CallAnswer, type Session, type SessionOptions, startSession } from '../support/session.ts';

/** What a task may cost: calls, and tokens of all calls and answers together (o200k). */
export interface Budget {
  readonly calls: number;
  readonly tokens: number;
}

export interface Conversation extends Session {
  /** Calls a tool and counts what it costs; the answer has to be no error. */
  say(tool: string, input?: Record<string, unknown>): Promise<CallAnswer>;
  /** Calls a tool that has to refuse; counted as well. */
  declined(tool: string, input?: Record<string, unknown>): Promise<string>;
  within(budget: Budget): void;
}

const tokensOf = (value: unknown): number => encode(typeof value === 'string' ? value : JSON.stringify(value)).length;

/** A conversation with a real client that keeps count. */
export async function converse(options: SessionOptions = {}): Promise<Conversation> {
  const session = await startSession(options);
  const cost = { calls: 0, tokens: 0 };
  const call = async (tool: string, input: Record<string, unknown> = {}): Promise<CallAnswer> => {
    const answer = await session.call(tool, input);
    cost.calls += 1;
    cost.tokens += tokensOf(tool) + tokensOf(input) + tokensOf(answer.text);
    return answer;
  };
  return {
    ...session,
    async say(tool, input) {
      const answer = await call(tool, input);
      expect(answer.isError, answer.text).toBe(false);
      return answer;
    },
    async declined(tool, input) {
      const answer = await call(tool, input);
      expect(answer.isError, answer.text).toBe(true);
      return answer.text;
    },
    within(budget) {
      expect(cost.calls).toBeLessThanOrEqual(budget.calls);
      expect(cost.tokens).toBeLessThanOrEqual(budget.tokens);
    },
  };
}

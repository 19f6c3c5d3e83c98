import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Prompt } from '../tool/prompt.ts';

/** A prompt with its arguments filled in. @throws {ProtocolError} for an unknown prompt or argument, or a missing one */
export function promptMessages(
  offered: readonly Prompt[],
  params: { name: string; arguments?: Record<string, string> | undefined },
) {
  const refuse = (message: string): never => {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
  };
  const prompt = offered.find(({ name }) => name === params.name);
  if (prompt === undefined)
    return refuse(
      `There is no prompt ${JSON.stringify(params.name.slice(0, 80))}. There are: ${offered.map(({ name }) => name).join(', ')}.`,
    );
  const given = Object.fromEntries(Object.entries(params.arguments ?? {}).filter(([, value]) => value.trim() !== ''));
  const known = prompt.arguments.map(({ name }) => name);
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong !== undefined)
    refuse(`${prompt.name} has no argument ${wrong}${known.length > 0 ? `; it takes ${known.join(', ')}` : ''}.`);
  const missing = prompt.arguments.find(({ name, required }) => required === true && given[name] === undefined);
  if (missing !== undefined) refuse(`${prompt.name} needs ${missing.name}: ${missing.description}.`);
  return {
    description: prompt.description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.text(given) } }],
  };
}

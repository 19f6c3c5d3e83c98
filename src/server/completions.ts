import { ProtocolError } from '@modelcontextprotocol/server';
import { prompts } from '../../tools/prompts.ts';
import { type Clean, cleanLine } from '../text/index.ts';
import { refuse } from './refuse.ts';
import { quoted, resourceTemplatesOf, TABLE_NAMES } from './resources.ts';
import type { Services } from './services.ts';

const MOST = 50;

/** What a person may mean by what they have typed so far; `ref` is a prompt or a resource template. */
export interface CompletionQuestion {
  readonly ref:
    | { readonly type: 'ref/prompt'; readonly name: string }
    | { readonly type: 'ref/resource'; readonly uri: string };
  readonly argument: { readonly name: string; readonly value: string };
}

const starting = (values: Iterable<string>, typed: string): string[] => {
  const text = typed.toLowerCase();
  const all = [...values];
  const first = all.filter((value) => value.toLowerCase().startsWith(text));
  return [...first, ...all.filter((value) => !first.includes(value) && value.toLowerCase().includes(text))];
};

async function suggestions({ ref, argument }: CompletionQuestion, services: Services): Promise<Clean[]> {
  const { names } = services;
  if (ref.type === 'ref/prompt') {
    const offered = prompts.find(
      ({ name, needs }) => name === ref.name && needs.every((tool) => services.tools.some((one) => one.name === tool)),
    );
    if (offered === undefined) return refuse(`There is no prompt ${quoted(ref.name)}.`);
    const wanted = offered.arguments.find(({ name }) => name === argument.name);
    if (wanted === undefined) return refuse(`${offered.name} has no argument ${quoted(argument.name)}.`);
    if (wanted.completes === undefined) return [];
    return (await names.suggest(wanted.completes, argument.value)).map(({ label }) => cleanLine(label));
  }
  const template = resourceTemplatesOf(services).find(({ uriTemplate }) => uriTemplate === ref.uri);
  if (template === undefined) return refuse(`There is no resource template ${quoted(ref.uri)}.`);
  if (!template.uriTemplate.includes(`{${argument.name}}`))
    return refuse(`${template.uriTemplate} has no argument ${quoted(argument.name)}.`);
  switch (ref.uri) {
    case 'cwm://companies/{id}':
      return (await names.suggest('company', argument.value)).map(({ identifier, label }) =>
        cleanLine(identifier ?? label),
      );
    case 'cwm://schemas/{name}':
      return starting((await services.manage.site()).api.schemas.keys(), argument.value).map(cleanLine);
    case 'cwm://reference/{table}':
      return starting(TABLE_NAMES, argument.value).map(cleanLine);
    default:
      return [];
  }
}

/**
 * Completions of an argument, at most 50; none where Manage does not answer, because typing goes on without them.
 * @throws {ProtocolError} for a prompt, template or argument that there is not
 */
export async function complete(
  question: CompletionQuestion,
  services: Services,
): Promise<{ values: Clean[]; total: number; hasMore: boolean }> {
  const values = await suggestions(question, services).catch((error: unknown): [] => {
    if (error instanceof ProtocolError) throw error;
    return [];
  });
  return { values: values.slice(0, MOST), total: values.length, hasMore: values.length > MOST };
}

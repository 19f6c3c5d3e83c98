import { prompts } from '../../tools/prompts.ts';
import { type Clean, cleanLine } from '../text/index.ts';
import { hasResource, TABLE_NAMES } from './resources.ts';
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
    const wanted = offered?.arguments.find(({ name }) => name === argument.name);
    if (wanted?.completes === undefined) return [];
    return (await names.suggest(wanted.completes, argument.value)).map(({ label }) => cleanLine(label));
  }
  if (!hasResource(ref.uri, services)) return [];
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

/** Completions of an argument, at most 50; none where Manage does not answer, because typing goes on without them. */
export async function complete(
  question: CompletionQuestion,
  services: Services,
): Promise<{ values: Clean[]; total: number; hasMore: boolean }> {
  const values = await suggestions(question, services).catch(() => []);
  return { values: values.slice(0, MOST), total: values.length, hasMore: values.length > MOST };
}

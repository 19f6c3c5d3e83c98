import type { Resolved } from './names.ts';

/** What is found for each of some texts, each record once; nothing where one of them finds none. */
export async function foundForEach(
  texts: readonly string[],
  find: (text: string) => Promise<Resolved | undefined>,
): Promise<readonly Resolved[]> {
  const found = await Promise.all(texts.map((text) => find(text).catch((): undefined => undefined)));
  const records = found.filter((record) => record !== undefined);
  return records.length < texts.length ? [] : [...new Map(records.map((record) => [record.id, record])).values()];
}

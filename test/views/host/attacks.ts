import { expect } from 'vitest';
import type { Result } from './scene.ts';
import type { Shown } from './show-tool.ts';

/** Markup that does something wherever it is taken as markup, and addresses that must lead nowhere. */
export const ATTACKS = [
  '<img src="https://attacker.example/__.png" onerror="window.hit=1">',
  '<script>window.hit=1</script>',
  '<svg onload="window.hit=1"><a href="javascript:window.hit=1">click</a></svg>',
  '<iframe src="https://attacker.example/__"></iframe>',
  '"><style>body{display:none}</style>',
  '</script><script>window.hit=1</script>',
  "' onmouseover='window.hit=1' javascript:window.hit=1 data:text/html,<script>window.hit=1</script>",
].join(' ');

/** Every string of a value with the attacks behind it, as if the server cleaned nothing. @param isText what is no date of the server */
function poisoned(value: unknown, isText: (text: string) => boolean): unknown {
  if (typeof value === 'string') return isText(value) ? `${value} ${ATTACKS}` : value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, isText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, poisoned(member, isText)]));
}

/** A result whose every string, or every one of words, was written by somebody hostile. */
export function poisonedResult(result: Result, which: 'all' | 'words' = 'all'): Result {
  const isText = (text: string): boolean => which === 'all' || (/[a-z]{3}/i.test(text) && !/^\d{4}-\d\d/.test(text));
  const { _meta, structuredContent } = result;
  const beside = which === 'all' ? _meta : poisoned(_meta, isText);
  return { ...result, structuredContent: poisoned(structuredContent, isText), _meta: beside } as Result;
}

/** Nothing that was written into a view has run, loaded, or become an element. */
export async function expectInert({ view, frame, strays, complaints }: Shown): Promise<void> {
  expect(await view.locator('img, script, iframe, style, object, [onerror], [onload], [onmouseover]').count()).toBe(0);
  const leads = (await frame().evaluate('[...document.links].map(({ protocol }) => protocol)')) as string[];
  for (const protocol of leads) expect(['https:', 'mailto:', 'tel:']).toContain(protocol);
  expect(await frame().evaluate('window.hit')).toBeUndefined();
  expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
}

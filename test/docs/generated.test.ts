import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs.ts';
import { tools } from '../../tools/index.ts';

const ROOT = resolve(import.meta.dirname, '../..');

it.each([...generatedFiles()])('%s is as its sources say (npm run docs writes it)', (file, text) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text);
});

it('docs/comparison.md counts the tools that there are', () => {
  const byDefault = tools.filter(({ core }) => core === true).length;
  expect(readFileSync(join(ROOT, 'docs/comparison.md'), 'utf8')).toContain(
    `| ${tools.length}, ${byDefault} by default |`,
  );
});

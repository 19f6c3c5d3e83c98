import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs.ts';

const ROOT = resolve(import.meta.dirname, '../..');

it.each([...generatedFiles()])('%s is as its sources say (npm run docs writes it)', (file, text) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text);
});

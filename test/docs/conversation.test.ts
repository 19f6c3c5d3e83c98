import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { recordedFiles } from '../../scripts/docs.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

it('the recorded conversation is what the server answers (npm run docs records it)', async () => {
  for (const [file, text] of await recordedFiles(read('README.md'))) expect(read(file), file).toBe(text);
});

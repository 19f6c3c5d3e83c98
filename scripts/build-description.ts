import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { addChanges } from '../src/api/import/changes.ts';
import { compileDescription } from '../src/api/import/compile.ts';
import { correct } from '../src/api/import/corrections.ts';
import { readSourceTypes } from './description/source-types.ts';

// Writes dist/catalog.json from the API document that connectwise-rest publishes as TypeScript types, and from what later versions
// have beside it.

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'dist/catalog.json');
const source = join(
  dirname(createRequire(import.meta.url).resolve('connectwise-rest/package.json')),
  'src/ManageTypes.ts',
);

const inputs = [
  source,
  import.meta.filename,
  join(root, 'src/api/encoding.ts'),
  ...['scripts/description', 'src/api/import', 'src/api/import/changes'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
  ),
];
/** The versions behind the document's own, oldest first. */
const LATER = ['2025.1', '2026.4'];
const written = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (inputs.some((file) => statSync(file).mtimeMs > written)) {
  const corrected = correct(readSourceTypes(readFileSync(source, 'utf8')), { strict: true }).source;
  for (const version of LATER) {
    const text = readFileSync(join(root, 'src/api/import/changes', `${version}.tsv`), 'utf8');
    addChanges(corrected, { version, text });
  }
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, JSON.stringify(compileDescription(corrected, '2022.1', ...LATER)));
}

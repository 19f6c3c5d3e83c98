import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { englishOnly } from '../../scripts/bundle/english-only.ts';
import { bundleOptions } from '../../scripts/bundle/options.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** A program of this folder, bundled as ours is, for what is measured with it. */
export async function withBundled<T>(name: string, measure: (program: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const entryPoints = { [name]: join(import.meta.dirname, `${name}.ts`) };
    // Of the protocol library it has everything: what ours does without is our gain.
    const plugins = [englishOnly];
    await build({ ...bundleOptions(ROOT), plugins, entryPoints, outdir: folder, outExtension: { '.js': '.mjs' } });
    return await measure(join(folder, `${name}.mjs`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

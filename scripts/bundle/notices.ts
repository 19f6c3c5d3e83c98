import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the package that a bundled file belongs to, from its path relative to the project; nothing for our own files. */
const packageOf = (input: string): string | undefined =>
  /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll('\\', '/'))?.[0];

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = readdirSync(folder).filter((file) => /^(licen[sc]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license ?? 'license not stated'})`, ...texts].join('\n\n');
}

/**
 * The licenses of everything that the bundle contains: a bundle is a copy, and most licenses ask copies to carry their text.
 * @param root of the project.
 * @param inputs bundled files, relative to `root`.
 * @param legalComments that stood in the files themselves.
 */
export function notices(root: string, inputs: readonly string[], legalComments: readonly string[]): string {
  const folders = [...new Set(inputs.map(packageOf).filter((folder) => folder !== undefined))].sort();
  const comments = [...new Set(legalComments.map((text) => text.trim()).filter((text) => text !== ''))];
  const parts = [...folders.map((folder) => noticeOf(join(root, folder))), ...comments];
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

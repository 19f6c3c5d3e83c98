import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package.json says of the package. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly mcpName: string;
  readonly engines: { readonly node: string };
}

/** The package's own package.json, which alone decides its name, its version and where its home is. */
export const manifestOf = (root: string): PackageManifest =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageManifest;

/** `src/product.ts` with the version and the home of package.json. */
export function productSource(root: string, { version, homepage }: PackageManifest): string {
  const source = readFileSync(join(root, 'src/product.ts'), 'utf8');
  return source.replace(/version: '.*'/, `version: '${version}'`).replace(/home: '.*'/, `home: '${homepage}'`);
}

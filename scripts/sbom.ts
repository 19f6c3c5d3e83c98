import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

// npm run sbom: the bill of materials of what is shipped, as CycloneDX, next to the bundle. npm lists everything in the lock file, build
// tools included; what the bundle contains is what its notices name.

interface Component {
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
  readonly properties?: unknown;
}

interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly metadata: { readonly component: Record<string, unknown> };
}

const root = resolve(import.meta.dirname, '..');
const dist = resolve(root, 'dist');
const listed = execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
const bill = JSON.parse(listed) as Bill;
const notices = readFileSync(resolve(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
const bundled = new Set([...notices.matchAll(/^(\S+ \S+) \([^)]*\)$/gm)].map(([, named]) => named));

// To npm they are all needed for development only, because the bundle holds copies of them.
const components = bill.components
  .filter(({ name, version }) => bundled.has(`${name} ${version}`))
  .map(({ properties: _, ...component }) => ({ ...component, scope: 'required' }));
const named = new Set(components.map(({ name, version }) => `${name} ${version}`));
const missing = [...bundled].filter((one) => one !== undefined && !named.has(one));
if (missing.length > 0) throw new Error(`The lock file has no ${missing.join(', ')}, which the bundle contains.`);

const own = String(bill.metadata.component['bom-ref']);
const kept = new Set([own, ...components.map((component) => component['bom-ref'])]);
const dependencies = bill.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
// npm takes the folder's name for the package's.
const metadata = { ...bill.metadata, component: { ...bill.metadata.component, name: 'cwm-mcp' } };
writeFileSync(
  resolve(dist, 'sbom.cdx.json'),
  `${JSON.stringify({ ...bill, metadata, components, dependencies }, null, 2)}\n`,
);
process.stdout.write(`dist/sbom.cdx.json: ${components.length} packages\n`);

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { PRODUCT } from '../../src/product.ts';
import { startHttpSession } from '../support/session.ts';
import { isSettingName } from '../support/setting-names.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

describe('the entry of the MCP registry', () => {
  /** What the registry checks of what we publish, by its schema of 2025-12-11 and its rules for npm packages. */
  const ENTRY = z.object({
    $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
    name: z
      .string()
      .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/)
      .min(3)
      .max(200),
    title: z.string().min(1).max(100),
    description: z.string().min(1).max(100),
    websiteUrl: z.url(),
    repository: z.strictObject({ url: z.url(), source: z.literal('github') }),
    version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/),
    packages: z.array(
      z.strictObject({
        registryType: z.literal('npm'),
        registryBaseUrl: z.literal('https://registry.npmjs.org'),
        identifier: z.string(),
        version: z.string(),
        runtimeHint: z.literal('npx'),
        transport: z.strictObject({ type: z.literal('stdio') }),
        environmentVariables: z.array(
          z.strictObject({
            name: z.string(),
            description: z.string(),
            isRequired: z.boolean(),
            isSecret: z.boolean(),
            default: z.string().optional(),
          }),
        ),
      }),
    ),
  });

  it('is valid, and proves that the package is ours', () => {
    const entry = z.strictObject(ENTRY.shape).parse(JSON.parse(read('packaging/server.json')));
    expect(entry.name).toBe(manifest.mcpName);
    expect(entry.packages[0]).toMatchObject({ identifier: manifest.name, version: manifest.version });
  });
});

describe('one version', () => {
  it('is everywhere', async () => {
    const files = [
      'packaging/server.json',
      'packaging/mcpb/manifest.json',
      'packaging/claude-plugin/.claude-plugin/plugin.json',
    ];
    const versions = files.map((file) => JSON.parse(read(file)).version);
    expect([...versions, PRODUCT.version, JSON.parse(read('package-lock.json')).version]).toEqual(
      Array.from({ length: 5 }, () => manifest.version),
    );
    const session = await startHttpSession();
    expect((session.client as Client).getServerVersion()).toMatchObject({ version: manifest.version });
    await session.close();
  });
});

describe('the container', () => {
  const dockerfile = read('packaging/docker/Dockerfile').replace(/\\\n\s*/g, '');
  const lines = (word: string): string[] =>
    [...dockerfile.matchAll(new RegExp(`^${word} (.*)$`, 'gm'))].map(([, rest = '']) => rest);

  it('copies and runs what there is', () => {
    const ignored = read('packaging/docker/Dockerfile.dockerignore').split('\n');
    const sent = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(sent.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    // What the build reads has to be sent to it.
    expect(sent).toEqual(expect.arrayContaining(['src', 'tools', 'views', 'scripts', 'package-lock.json', 'LICENSE']));
    for (const [, script = ''] of dockerfile.matchAll(/npm run (\S+)/g))
      expect(manifest.scripts).toHaveProperty(script);
    expect(JSON.parse(lines('ENTRYPOINT')[0] ?? '')).toEqual(['node', manifest.bin['cwm-mcp']]);
  });

  it('runs without rights, on settings that exist, in a stage without the build tools', () => {
    expect(lines('USER')).toEqual(['node']);
    expect(lines('FROM')).toHaveLength(2);
    const names = [...dockerfile.matchAll(/\b(CWM_[A-Z_]+)=/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !isSettingName(name))).toEqual([]);
  });

  it('knows from its health check whether the server is up', async () => {
    const check = /HEALTHCHECK .*CMD (\[.*\])/.exec(dockerfile)?.[1] ?? '[]';
    const [program = '', ...parameters]: string[] = JSON.parse(check);
    const session = await startHttpSession();
    const probe = async (port: string): Promise<unknown> =>
      (await once(spawn(program, parameters, { env: { ...process.env, CWM_HTTP_PORT: port } }), 'exit'))[0];
    expect(await Promise.all([probe(new URL(session.url).port), probe('1')])).toEqual([0, 1]);
    await session.close();
  });

  it('is composed of secrets in files, with settings that exist', () => {
    const { services, secrets } = parse(read('packaging/docker/compose.yaml'));
    const { environment, build, ports, ...service } = services['cwm-mcp'];
    expect(existsSync(join(ROOT, 'packaging/docker', build.context, build.dockerfile))).toBe(true);
    expect(Object.keys(environment).filter((name) => !isSettingName(name))).toEqual([]);
    const files = Object.values<string>(environment).filter((value) => value.startsWith('/run/secrets/'));
    expect(files.map((file) => file.replace('/run/secrets/', '')).sort()).toEqual(Object.keys(secrets).sort());
    expect(service.secrets.sort()).toEqual(Object.keys(secrets).sort());
    expect([ports, service.read_only]).toEqual([['127.0.0.1:3000:3000'], true]);
  });
});

describe('what GitHub runs and asks', () => {
  const folder = join(ROOT, '.github');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'));

  it.each(files.filter((file) => file.startsWith('workflows')))('%s runs scripts and files that exist', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const { jobs } = parse(text);
    expect(Object.keys(jobs).length).toBeGreaterThan(1);
    for (const [, script = ''] of text.matchAll(/npm run (\S+)/g)) expect(manifest.scripts).toHaveProperty(script);
    const paths = [...text.matchAll(/(?<![\w/])(?:\.ci|packaging|test)\/[\w./-]+/g)].map(([path]) => path);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('publishes what the tag says, with provenance, to where the package says', () => {
    const release = readFileSync(join(folder, 'workflows/release.yml'), 'utf8');
    const { jobs } = parse(release);
    const commands: string[] = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
    // Built once, by the step before: what publishes runs no script that would build again.
    const builds = commands.filter((command) =>
      /^npm (run (mcpb|sbom|build)|pack|publish)\b(?!.*--ignore-scripts)/.test(command),
    );
    expect(builds).toEqual(['npm run mcpb']);
    expect(commands.indexOf('npm run mcpb')).toBeLessThan(commands.findIndex((one) => one.startsWith('npm publish')));
    expect(commands.find((one) => one.startsWith('npm publish'))).toMatch(/--ignore-scripts --provenance/);
    expect(release).toContain(
      new URL(manifest.repository.url.replace('git+', '')).host === 'github.com' ? 'ghcr.io' : '',
    );
    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
  });

  it.each(files.filter((file) => /ISSUE_TEMPLATE.(bug|wish)/.test(file)))('%s is a form', (file) => {
    const { name, description, body } = parse(readFileSync(join(folder, file), 'utf8'));
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const ids = body.flatMap(({ id }: { id?: string }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(body.some(({ validations }: { validations?: { required: boolean } }) => validations?.required)).toBe(true);
  });
});

describe('the home of the project', () => {
  it('is the same everywhere', () => {
    const files = [
      'README.md',
      'SECURITY.md',
      ...['operators', 'deploy', 'sandbox', 'mutation'].map((guide) => `docs/${guide}.md`),
      '.github/ISSUE_TEMPLATE/config.yml',
      'packaging/docker/Dockerfile',
    ];
    for (const file of files) {
      const homes = [...read(file).matchAll(/https:\/\/github\.com\/(?!modelcontextprotocol)[\w-]+\/[\w-]+/g)].map(
        ([home]) => home,
      );
      expect([file, ...new Set(homes)]).toEqual([file, manifest.homepage]);
    }
  });
});

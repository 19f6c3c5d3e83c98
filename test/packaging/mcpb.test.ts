import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getMcpConfigForManifest, type McpbManifestAny, unpackExtension } from '@anthropic-ai/mcpb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packBundle } from '../../scripts/mcpb.ts';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { callsTools } from '../support/installed.ts';
import { borrowSandbox } from '../support/sandboxes.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let sandbox: Sandbox;
let folder: string;
let installed: string;
let manifest: McpbManifestAny;
beforeAll(async () => {
  sandbox = await borrowSandbox();
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp bundle-'));
  const file = join(folder, 'cwm-mcp.mcpb');
  installed = join(folder, 'Claude Extensions');
  // Packing validates the manifest by the schema that Claude Desktop goes by.
  await packBundle(ROOT, file);
  expect(await unpackExtension({ mcpbPath: file, outputDir: installed, silent: true })).toBe(true);
  manifest = JSON.parse(readFileSync(join(installed, 'manifest.json'), 'utf8'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** What Claude Desktop starts for what its user filled in. */
const configFor = (userConfig: Record<string, string | boolean>) =>
  getMcpConfigForManifest({ manifest, extensionPath: installed, systemDirs: {}, userConfig, pathSeparator: '/' });

describe('the bundle for Claude Desktop', () => {
  it('masks the keys, and starts read-only', () => {
    const fields = manifest.user_config ?? {};
    const masked = Object.keys(fields).filter((name) => fields[name]?.sensitive === true);
    expect(masked).toEqual(['public_key', 'private_key', 'client_id']);
    expect(fields.read_only).toMatchObject({ type: 'boolean', default: true });
  });

  it('asks for what the server needs, before it starts it', async () => {
    expect(await configFor({ site: 'na.myconnectwise.net' })).toBeUndefined();
  });

  it('serves its tools when only the required fields are filled in', async () => {
    const { companyId, publicKey, privateKey, clientId } = SANDBOX;
    const config = await configFor({
      site: sandbox.url,
      company_id: companyId,
      public_key: publicKey,
      private_key: privateKey,
      client_id: clientId,
      time_zone: '',
    });
    // What nobody filled in arrives as it stands in the manifest.
    expect(config?.env).toMatchObject({
      CWM_MEMBER: `\${user_config.member}`,
      CWM_TIME_ZONE: '',
      CWM_READ_ONLY: 'true',
    });
    await callsTools(process.execPath, config?.args ?? [], config?.env);
  });
});

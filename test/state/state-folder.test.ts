import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { defaultStateFolder, type Machine, ownFolder, StateFolderError } from '../../src/state/index.ts';

describe('the state folder', () => {
  it.each<[string, Machine, string | undefined]>([
    ['Linux', { platform: 'linux', environment: {}, home: '/home/jo' }, '/home/jo/.local/state/cwm-mcp'],
    ['XDG', { platform: 'linux', environment: { XDG_STATE_HOME: '/var/jo' }, home: '/home/jo' }, '/var/jo/cwm-mcp'],
    [
      'a relative XDG folder, which counts as unset',
      { platform: 'linux', environment: { XDG_STATE_HOME: 'state' }, home: '/home/jo' },
      '/home/jo/.local/state/cwm-mcp',
    ],
    [
      'macOS',
      { platform: 'darwin', environment: { XDG_STATE_HOME: '/x' }, home: '/Users/jo' },
      '/Users/jo/Library/Application Support/cwm-mcp',
    ],
    [
      'Windows',
      { platform: 'win32', environment: { LOCALAPPDATA: 'C:\\Users\\jo\\AppData\\Local' }, home: 'C:\\Users\\jo' },
      'C:\\Users\\jo\\AppData\\Local\\cwm-mcp',
    ],
    [
      'Windows without the variable',
      { platform: 'win32', environment: {}, home: 'C:\\Users\\jo' },
      'C:\\Users\\jo\\AppData\\Local\\cwm-mcp',
    ],
    ['a user without a home', { platform: 'linux', environment: {}, home: '' }, undefined],
  ])('is where %s keeps it', (_, machine, expected) => {
    expect(defaultStateFolder(machine) || undefined).toBe(expected);
  });
});

describe('the setting', () => {
  const KEYS = {
    CWM_SITE: 'na.myconnectwise.net',
    CWM_COMPANY_ID: 'co',
    CWM_PUBLIC_KEY: 'public',
    CWM_PRIVATE_KEY: 'private',
    CWM_CLIENT_ID: '12345678-1234-1234-1234-123456789abc',
  };

  it('names the folder, else it is the default one', () => {
    expect(readConfig({ ...KEYS, CWM_STATE_DIR: '/srv/manage' }).stateDir).toBe('/srv/manage');
    expect(readConfig(KEYS).stateDir).toBe(defaultStateFolder({ environment: KEYS }));
  });

  it('has to be a full path', () => {
    for (const folder of ['state', '~/state', './state'])
      expect(() => readConfig({ ...KEYS, CWM_STATE_DIR: folder })).toThrow(/CWM_STATE_DIR has to be a full path/);
  });

  it('keeps nothing of the sandbox unless told where', () => {
    expect(readConfig(KEYS, true).stateDir).toBeUndefined();
    expect(readConfig({ ...KEYS, CWM_STATE_DIR: '/srv/manage' }, true).stateDir).toBe('/srv/manage');
  });
});

describe.skipIf(process.platform === 'win32')('a folder of our own', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'cwm-mcp-state-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));

  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it('is made for its owner alone, with the folders above it', () => {
    ownFolder(join(base, 'state', 'journal'));
    expect([mode(join(base, 'state')), mode(join(base, 'state', 'journal'))]).toEqual(['700', '700']);
  });

  it('is closed to others where it was open, and what is above stays as it is', () => {
    const above = join(base, 'shared');
    mkdirSync(above);
    chmodSync(above, 0o755);
    mkdirSync(join(above, 'journal'));
    chmodSync(join(above, 'journal'), 0o775);
    ownFolder(join(above, 'journal'));
    expect([mode(above), mode(join(above, 'journal'))]).toEqual(['755', '700']);
  });

  it('is refused where it is a link or a file, or cannot be made', () => {
    mkdirSync(join(base, 'elsewhere'));
    symlinkSync(join(base, 'elsewhere'), join(base, 'link'));
    writeFileSync(join(base, 'file'), '');
    for (const name of ['link', 'file', 'file/inside'])
      expect(() => ownFolder(join(base, name)), name).toThrow(StateFolderError);
    expect(mode(join(base, 'elsewhere'))).not.toBe('700');
  });
});

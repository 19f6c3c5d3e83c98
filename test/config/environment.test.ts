import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/read-environment.ts';
import { readSettingsFile, withSettingsFile } from '../../src/config/settings-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (content: string | Uint8Array): string => {
  const file = join(folder, '.env');
  writeFileSync(file, content);
  return file;
};

describe('a settings file', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'a line each',
      'CWM_SITE=cw.example.com\nCWM_MEMBER = jdoe \n',
      { CWM_SITE: 'cw.example.com', CWM_MEMBER: 'jdoe' },
    ],
    ['comments and blank lines', '# keys\n\n  # more\nCWM_MEMBER=jdoe # me\n', { CWM_MEMBER: 'jdoe' }],
    [
      'export and quotes',
      'export CWM_PRIVATE_KEY="a#b=c"\nCWM_COMPANY_ID=\'x\'',
      { CWM_PRIVATE_KEY: 'a#b=c', CWM_COMPANY_ID: 'x' },
    ],
    [
      'line ends of Windows, and a mark at the beginning',
      '\uFEFFCWM_SITE=a\r\nCWM_MEMBER=b\r\n',
      { CWM_SITE: 'a', CWM_MEMBER: 'b' },
    ],
    [
      'values over several lines',
      'CWM_CONFIRM="a\nnot a line"\nCWM_MEMBER=b',
      { CWM_CONFIRM: 'a\nnot a line', CWM_MEMBER: 'b' },
    ],
    [
      'names of other servers, and nothing that is for others',
      'CW_SITE=a\nPATH=/bin\nCONNECTWISE_CLIENT_ID=b\n',
      { CW_SITE: 'a', CONNECTWISE_CLIENT_ID: 'b' },
    ],
    ['nothing', '', {}],
  ])('has %s', (_, content, settings) => {
    expect(readSettingsFile(fileOf(content))).toEqual(settings);
  });

  it.each<[string | Uint8Array, string]>([
    ['CWM_SITE=a\nCWM_MEMBER jdoe\n', 'Line 2 of FILE is not NAME=value; put # before a comment.'],
    ['CWM_CONFIRM="a\nb"\n\n{"CWM_SITE": "a"}', 'Line 4 of FILE is not NAME=value; put # before a comment.'],
    [Buffer.from('\uFEFFCWM_SITE=a', 'utf16le'), 'The settings file FILE is not UTF-8 text; save it as UTF-8.'],
    [Uint8Array.of(0x43, 0xe9), 'The settings file FILE is not UTF-8 text; save it as UTF-8.'],
  ])('is refused with the line: %j', (content, message) => {
    const file = fileOf(content);
    expect(() => readSettingsFile(file)).toThrow(message.replace('FILE', file));
  });

  it('is refused when it is not there, or not a file', () => {
    expect(() => readSettingsFile(join(folder, 'none'))).toThrow(/^There is no settings file .*none\.$/);
    expect(() => readSettingsFile(folder)).toThrow('cannot be read (EISDIR)');
  });

  it('gives way to what the environment sets, not to what it leaves empty', () => {
    const file = fileOf('CWM_SITE=file\nCWM_MEMBER=file\nCWM_COMPANY_ID=file\nCWM_TOOLSETS=file');
    const environment = {
      CWM_SETTINGS: file,
      CWM_SITE: 'environment',
      CWM_MEMBER: '',
      CWM_COMPANY_ID: '$' + '{user_config.company}',
      PATH: '/bin',
    };
    expect(withSettingsFile(environment)).toEqual({
      CWM_SITE: 'environment',
      CWM_MEMBER: 'file',
      CWM_COMPANY_ID: 'file',
      CWM_TOOLSETS: 'file',
      PATH: '/bin',
    });
    expect(() => withSettingsFile(environment, join(folder, 'flag'))).toThrow('no settings file');
    expect(withSettingsFile({ CWM_SETTINGS: ' ', CWM_SITE: 'a' })).toEqual({ CWM_SITE: 'a' });
  });
});

describe('a value that the host did not fill in', () => {
  it('is unset where it is a field of a bundle that was left empty', () => {
    const unfilled = (name: string) => `\${user_config.${name}}`;
    const { values, problems } = readEnvironment({
      CWM_MEMBER: unfilled('member'),
      CWM_READ_ONLY: unfilled('read_only'),
      CWM_PRIVATE_KEY_FILE: unfilled('key_file'),
      CWM_SITE: 'cw.example.com',
    });
    expect({ values: [...values], problems }).toEqual({ values: [['CWM_SITE', 'cw.example.com']], problems: [] });
  });

  it('is a mistake where it is any other placeholder', () => {
    expect(readEnvironment({ CWM_PRIVATE_KEY: '$' + '{env:KEY}' }).problems).toEqual([
      `CWM_PRIVATE_KEY is $${'{env:KEY}'}: whatever starts the server did not put a value in its place.`,
    ]);
  });
});

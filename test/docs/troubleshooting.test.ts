import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldRows, KINDS, kindRows, reasonRows } from '../../scripts/troubleshooting/manage-errors.ts';
import { OWN_ERRORS, UNSEEN } from '../../scripts/troubleshooting/own-errors.ts';
import { settingsErrors } from '../../scripts/troubleshooting/settings-errors.ts';
import * as manageErrors from '../../src/manage/errors.ts';

// Every text that a person may look for stands in docs/troubleshooting.md. What fails here names the table to add it to.

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

/** A text of the source as a pattern: what it fills in can be anything. */
const asPattern = (literal: string): RegExp =>
  new RegExp(
    literal
      // A template within a template: whatever stands between the outermost braces.
      .replace(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '\0')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('\0', '[^]*'),
  );

describe('docs/troubleshooting.md', () => {
  it('has what is said of every setting (scripts/troubleshooting/settings-errors.ts)', () => {
    const files = [...sources('src/config'), 'src/tool/write/consent.ts'];
    const said = files.flatMap((file) =>
      [...read(file).matchAll(/problems\.push\(\s*(?:'([^']+)'|`((?:[^`$]|\$\{(?:[^{}`]|`[^`]*`)*\}|\$)+)`)/g)].map(
        ([, plain, template]) => plain ?? template ?? '',
      ),
    );
    expect(said.length).toBeGreaterThan(25);
    const shown = settingsErrors().map(({ says }) => says);
    expect(said.filter((literal) => !shown.some((text) => asPattern(literal).test(text)))).toEqual([]);
  });

  it('has every kind of failure of Manage (scripts/troubleshooting/manage-errors.ts)', () => {
    const classes = Object.values(manageErrors).filter((one) => one.prototype instanceof manageErrors.ManageError);
    const kinds = classes.map((one) => (Reflect.construct(one, ['GET /x', []]) as manageErrors.ManageError).kind);
    expect(kinds.length).toBeGreaterThan(15);
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(KINDS).sort());
  });

  it('has every error of ours (scripts/troubleshooting/own-errors.ts)', () => {
    const names = [...sources('src'), ...sources('tools')].flatMap((file) =>
      [...read(file).matchAll(/class (\w+) extends Error\b/g)].map(([, name = '']) => name),
    );
    expect(names.length).toBeGreaterThan(30);
    const known = new Set([...Object.keys(OWN_ERRORS), ...UNSEEN]);
    expect({
      missing: names.filter((name) => !known.has(name)),
      gone: [...known].filter((name) => !names.includes(name)),
    }).toEqual({ missing: [], gone: [] });
  });

  it('says of each why, and what to do', () => {
    const rows = [...kindRows(), ...reasonRows(), ...fieldRows(), ...Object.values(OWN_ERRORS)];
    expect(rows.filter((row) => row.some((cell) => cell.trim() === ''))).toEqual([]);
  });
});

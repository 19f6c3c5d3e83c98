import { table } from '../packaging/markdown.ts';
import { fieldRows, kindRows, reasonRows } from './troubleshooting/manage-errors.ts';
import { OWN_ERRORS } from './troubleshooting/own-errors.ts';
import { settingsErrors } from './troubleshooting/settings-errors.ts';

/** A text as code, so that Markdown reads no part of it as its own. */
const quoted = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

/** The tables of docs/troubleshooting.md: what each error says, why, and what to do. */
export function troubleshootingTables(): string {
  const heads = ['what it says', 'why', 'what to do'];
  return [
    '',
    '## Settings',
    '',
    'The server does not start, and lists everything that is wrong at once. Each line says what to do.',
    '',
    table(
      ['what it says', 'why'],
      settingsErrors().map(({ says, why }) => [quoted(says), why]),
    ),
    '',
    '## Answers of tools and commands',
    '',
    table(heads, Object.values(OWN_ERRORS)),
    '',
    '## Failures of calls to Manage',
    '',
    "The first line has Manage's own message, the operation, the status, and Manage's request id, by which ConnectWise's support finds it.",
    '',
    table(heads, kindRows()),
    '',
    '## What Manage says of a request',
    '',
    table(heads, reasonRows()),
    '',
    '## What Manage says of a field',
    '',
    table(['code', 'why', 'what to do'], fieldRows()),
    '',
  ].join('\n');
}

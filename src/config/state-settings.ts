import { isAbsolute, join } from 'node:path';
import type { JournalSettings } from '../journal/index.ts';
import { quotedSetting } from '../may-be-key.ts';
import { defaultStateFolder } from '../state/state-folder.ts';
import type { Environment } from './read-environment.ts';
import type { Reader } from './reader.ts';
import type { Variable } from './variables.ts';

/** A folder that does not depend on where the process was started. */
function readFolder(reader: Reader, variable: Variable): string | undefined {
  const folder = reader.text(variable);
  if (folder !== undefined && !isAbsolute(folder))
    reader.problems.push(`${variable} has to be a full path, not ${quotedSetting(folder)}; ~ is not expanded.`);
  return folder;
}

/** What happens in the sandbox is kept only where a folder is set for it. */
export const readStateDir = (reader: Reader, environment: Environment, sandbox: boolean): string | undefined =>
  readFolder(reader, 'CWM_STATE_DIR') ?? (sandbox ? undefined : defaultStateFolder({ environment }));

/** Days that the journal is kept where nobody says otherwise. */
const JOURNAL_DAYS = 90;

/** Which journal is kept, and for how long. */
export function readJournal(reader: Reader, stateDir: string | undefined): JournalSettings {
  const said = reader.text('CWM_JOURNAL')?.toLowerCase() ?? 'on';
  const required = said === 'required';
  const on = required || reader.flag('CWM_JOURNAL', { fallback: true, also: 'required' });
  const days = reader.whole('CWM_JOURNAL_DAYS', JOURNAL_DAYS, 0, 3650);
  const folder =
    readFolder(reader, 'CWM_JOURNAL_DIR') ?? (stateDir === undefined ? undefined : join(stateDir, 'journal'));
  if (required && (days === 0 || folder === undefined))
    reader.problems.push(
      `CWM_JOURNAL is required, and ${days === 0 ? 'CWM_JOURNAL_DAYS is 0' : 'there is no folder for it: set CWM_JOURNAL_DIR'}.`,
    );
  if (!on || days === 0) return { place: { kind: 'off' }, required: false };
  return { place: folder === undefined ? { kind: 'memory' } : { kind: 'folder', folder, days }, required };
}

/** Where setup tables are kept from one start to the next; `undefined` where they are not. */
export function readNamesFolder(reader: Reader, stateDir: string | undefined): string | undefined {
  const keeps = reader.flag('CWM_KEEP_NAMES', { fallback: true });
  return keeps && stateDir !== undefined ? join(stateDir, 'names') : undefined;
}

/** Where the processes of one user share the requests a minute; `undefined` where each has its own. */
export function readQuotaFolder(reader: Reader, stateDir: string | undefined): string | undefined {
  const shares = reader.flag('CWM_SHARE_QUOTA', { fallback: true });
  return shares && stateDir !== undefined ? join(stateDir, 'quota') : undefined;
}

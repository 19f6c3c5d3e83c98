import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../json.ts';
import { ownFolder, replaceFile } from '../state/index.ts';
import type { Row } from './kind.ts';
import type { KeptTables } from './tables.ts';

/** Changes are written together, this long after the first. */
const WRITE_AFTER_MS = 500;

interface KeptTablesFile extends KeptTables {
  /** Writes what is not written yet. */
  flush(): void;
}

/**
 * Setup tables in a file that its owner alone can read. A file that cannot be read, written or understood is as good as none: the
 * tables are then read from Manage.
 * @param folder full path of a folder that is ours alone
 * @param belongsTo what tells one login to one site from another: their tables never meet
 */
export function keepTables(folder: string, belongsTo: readonly string[]): KeptTablesFile {
  const id = createHash('sha256').update(JSON.stringify(belongsTo)).digest('hex').slice(0, 32);
  const file = join(folder, `${id}.json`);
  let tables: Map<string, readonly Row[]> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const all = (): Map<string, readonly Row[]> => {
    tables ??= readTables(file);
    return tables;
  };
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    try {
      ownFolder(folder);
      replaceFile(file, JSON.stringify(Object.fromEntries(all())));
    } catch {
      // Nothing is lost but the head start.
    }
  };
  const changed = (): void => {
    timer ??= setTimeout(flush, WRITE_AFTER_MS).unref();
  };
  return {
    get: (key) => all().get(key),
    set(key, rows) {
      all().set(key, rows);
      changed();
    },
    delete(key) {
      if (all().delete(key)) changed();
    },
    clear() {
      all().clear();
      changed();
    },
    flush,
  };
}

/** Forgets the tables of every login. */
export function forgetTables(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.every(isRecord);

function readTables(file: string): Map<string, readonly Row[]> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(read)) return new Map();
    return new Map(Object.entries(read).filter((entry): entry is [string, readonly Row[]] => isRows(entry[1])));
  } catch {
    return new Map();
  }
}

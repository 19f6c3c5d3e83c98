import { renameSync, writeFileSync } from 'node:fs';
import { isScalar, parseDocument as parseDocumentOf } from 'yaml';
import { isRecord } from '../../json.ts';
import { type DescriptionFile, decodeOperation } from '../encoding.ts';
import type { ApiDescription } from '../index.ts';
import { descriptionOf } from '../load.ts';
import { MODULES } from '../model.ts';
import { compileDescription } from './compile.ts';
import { correct } from './corrections.ts';
import { mergeDescriptions } from './merge.ts';
import { type ReadDocument, readOpenApi } from './openapi.ts';
import { DocumentError, readText } from './read-text.ts';
import type { Source, SourceBody, SourceField } from './source.ts';

/** The most lines of each kind that a report prints. */
const FEW = 12;

/** @throws {DocumentError} that says in which line it goes wrong */
function parseYaml(text: string): unknown {
  const document = parseDocumentOf(text, { uniqueKeys: false, prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0].line;
    throw new DocumentError(
      `The file is YAML that cannot be read${at === undefined ? '' : `: it goes wrong in line ${at}`}. It was probably cut off; download it again.`,
    );
  }
  // As a number 2025.10 is 2025.1.
  const version = document.getIn(['info', 'version'], true);
  if (isScalar(version) && typeof version.value === 'number') version.value = version.source ?? String(version.value);
  try {
    return document.toJS();
  } catch {
    // Aliases that stand for each other without end.
    throw new DocumentError('The file is YAML whose aliases have no end.');
  }
}

/** The version as it is written: as a number 2025.10 is 2025.1. */
function withVersion(document: unknown, text: string): unknown {
  if (!isRecord(document) || !isRecord(document.info) || typeof document.info.version !== 'number') return document;
  const { version } = document.info;
  const written = [...text.matchAll(/"version"\s*:\s*(\d+\.?\d*)/g)].find(([, digits]) => Number(digits) === version);
  return { ...document, info: { ...document.info, version: written?.[1] ?? String(version) } };
}

/** A text as JSON or YAML. @throws {DocumentError} that says what the file is instead, or where it breaks off */
export function parseDocument(text: string): unknown {
  const start = text.trimStart();
  if (start === '') throw new DocumentError('The file is empty.');
  if (start.startsWith('<'))
    throw new DocumentError('The file is a web page or XML, not JSON or YAML. Download the document itself.');
  if (!/^[{[]/.test(start) && /^(%YAML|---|openapi|swagger|info|paths)/m.test(start.slice(0, 2_000)))
    return parseYaml(text);
  try {
    return withVersion(JSON.parse(text), text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const where =
      position === undefined ? `at the end (${text.length} characters)` : `at character ${position} of ${text.length}`;
    throw new DocumentError(
      `The file is not complete JSON: it breaks ${where}. It was probably cut off; download it again.`,
    );
  }
}

const count = <T>(values: Iterable<T>, of: (value: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(of(value), (counts.get(of(value)) ?? 0) + 1);
  return counts;
};

const few = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        `${title} (${lines.length}):`,
        ...lines.slice(0, FEW).map((line) => `  ${line}`),
        ...(lines.length > FEW ? [`  and ${lines.length - FEW} more`] : []),
      ];

const keyOf = ({ method, path }: { method: string; path: string }): string =>
  `${method} ${path.replace(/\/+$/, '').toLowerCase()}`;

/** What was found, mended, left out, and how it differs from the description that ships, in lines to print. */
function report(
  made: ApiDescription,
  shipped: ApiDescription,
  { repairs, skipped, versionSaid }: { repairs: readonly string[]; skipped: readonly string[]; versionSaid: boolean },
): string[] {
  const modules = count(made.operations, ({ module }) => module);
  const methods = count(made.operations, ({ method }) => method);
  const fields = [...made.schemas.values()].reduce((sum, schema) => sum + schema.fields.size, 0);
  const before = new Map(shipped.operations.map((operation) => [keyOf(operation), operation]));
  const after = new Map(made.operations.map((operation) => [keyOf(operation), operation]));
  const added = [...after].filter(([key]) => !before.has(key)).map(([, { method, path }]) => `${method} ${path}`);
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, { method, path }]) => `${method} ${path}`);
  const more = [...made.schemas.values()].flatMap((schema) => {
    const old = shipped.schema(schema.name);
    return old === undefined
      ? []
      : [...schema.fields.keys()].filter((name) => !old.fields.has(name)).map((name) => `${schema.name}.${name}`);
  });
  return [
    `Version ${made.version}${versionSaid ? '' : ' (the document does not say; set CWM_API_VERSION if it is another)'}`,
    `${made.operations.length} operations: ${MODULES.filter((module) => modules.has(module))
      .map((module) => `${module} ${modules.get(module)}`)
      .join(', ')}`,
    `${[...methods].map(([method, number]) => `${method} ${number}`).join(', ')}; ${made.schemas.size} schemas with ${fields} members`,
    ...few('Mended', repairs),
    ...few('Left out', skipped),
    ...few(`New beside the built-in ${shipped.version}`, added),
    ...few(`Not in this document, but in the built-in ${shipped.version}`, removed),
    ...few('New members', more),
  ];
}

function readWhole(file: string): ReadDocument {
  const document = parseDocument(readText(file));
  try {
    return readOpenApi(document);
  } catch (error) {
    // The stack ends before a document that nests without end does.
    if (error instanceof RangeError) throw new DocumentError('The document is nested deeper than any of Manage.');
    throw error;
  }
}

const renamed = (field: SourceField, names: ReadonlyMap<string, string>): SourceField => ({
  ...field,
  ...(field.schema !== undefined && { schema: names.get(field.schema) ?? field.schema }),
  ...(field.items && { items: renamed(field.items, names) }),
});

/**
 * Some documents write `Company.Configuration` as `CompanyConfiguration`: then it gets the name that the built-in description has,
 * because what is known beside the documents goes by it.
 */
function withKnownNames(source: Source, shipped: ApiDescription): Source {
  const names = new Map(
    [...shipped.schemas.keys()]
      .filter((name) => name.includes('.') && !source.schemas.has(name))
      .map((name) => [name.replaceAll('.', ''), name]),
  );
  const body = (one: SourceBody | undefined) => one && { ...one, value: renamed(one.value, names) };
  return {
    schemas: new Map(
      [...source.schemas].map(([name, fields]) => [
        names.get(name) ?? name,
        new Map([...fields].map(([member, field]) => [member, renamed(field, names)])),
      ]),
    ),
    operations: source.operations.map((operation) => ({
      ...operation,
      request: body(operation.request),
      response: { ...operation.response, body: body(operation.response.body) },
    })),
  };
}

export interface ImportOptions {
  /** Where the description is written. */
  readonly out: string;
  /** What is built in. */
  readonly shipped: ApiDescription;
  /** Lays the document over what is built in, so that nothing is lost that it leaves out. */
  readonly merge?: boolean;
}

/**
 * Makes a description from an OpenAPI document that somebody downloaded for their version of Manage, and writes it whole or not at all.
 * @returns lines that say what was found
 * @throws {DocumentError} for a file that is not such a document
 */
export function importDocument(file: string, { out, shipped, merge = false }: ImportOptions): string[] {
  const read = readWhole(file);
  const { source, repairs } = correct(withKnownNames(read.source, shipped), { strict: false });
  const alone: DescriptionFile = compileDescription(source, read.version ?? shipped.version);
  const document = descriptionOf(alone);
  const compiled = merge ? mergeDescriptions(shipped, document) : alone;
  // What cannot be read back must not be written.
  for (const [path, texts] of Object.entries(compiled.paths))
    for (const encoded of texts.split(' ')) decodeOperation(path, encoded, compiled);
  const lines = report(document, shipped, {
    repairs: [...read.repairs, ...repairs],
    skipped: read.skipped,
    versionSaid: read.version !== undefined,
  });
  if (merge) {
    const { operations, versions } = descriptionOf(compiled);
    lines.push(`Merged: ${operations.length} operations of the versions ${versions.join(', ')}`);
  }
  const half = `${out}.${process.pid}.part`;
  writeFileSync(half, JSON.stringify(compiled));
  renameSync(half, out);
  return lines;
}

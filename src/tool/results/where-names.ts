import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { Forbidden } from '../../manage/index.ts';
import { AmbiguousName, fitting, type NameKind, sameName, UnknownName, unknownAmong } from '../../names/index.ts';
import {
  absenceSaid,
  opSaid,
  partTest,
  percentSaid,
  valuesOf,
  WHERE_OPERATORS,
  type WhereEntry,
  whereOperator,
  withSpelling,
} from '../../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { withMembers } from './members-as-text.ts';
import { KINDS, NAMELESS, OF_BOARD, PRINTED, SHARED } from './reference-kinds.ts';

/** Records of one name that are told. */
const MOST_TOLD = 4;

/** References whose names are numbers, and how those of them that a comparison means are told. */
const NUMBERED: Readonly<Record<string, NameKind>> = { OpportunityProbabilityReference: 'probability' };
const COMPARED: Readonly<Record<string, (name: number, value: number) => boolean>> = {
  eq: (name, value) => name === value,
  in: (name, value) => name === value,
  ne: (name, value) => name === value,
  notIn: (name, value) => name === value,
  lt: (name, value) => name < value,
  lte: (name, value) => name <= value,
  gt: (name, value) => name > value,
  gte: (name, value) => name >= value,
};
/** An id that no record has. */
const NO_ID = 0;

const NEGATED: Readonly<Record<string, boolean>> = { eq: false, in: false, ne: true, notIn: true };

interface NamesInWhere {
  readonly where: readonly WhereEntry[] | undefined;
  /** What names were taken for that are not a record's own, a line each. */
  readonly says: readonly Clean[];
}

type Reading = Pick<ToolContext, 'names'> & { readonly api: Schemas; readonly schema: string; readonly says: Clean[] };

/** The reference that a path compares: `board`, `board/name`, `member/identifier`. Nothing for an id, which is no name of it. */
function referenceIn(path = '', { api, schema }: Reading): { path: string; schema: string } | undefined {
  const own = path.replace(/\/(name|identifier)$/i, '');
  const found = resolvePath(api, schema, own.split('/'));
  if (found.kind !== 'reference' || found.field.schema === undefined) return undefined;
  return { path: found.path.join('/'), schema: found.field.schema };
}

/** The names that are on any board; an active name that is exactly meant goes before one that it is a part of. */
async function onBoards(
  kind: 'status' | 'type' | 'subtype' | 'item' | 'team',
  texts: readonly string[],
  names: ToolContext['names'],
) {
  const boards = await names.list('board');
  const rows = (await Promise.all(boards.map(({ id }) => names.list(kind, { boardId: id })))).flat();
  const found = texts.map(async (given) => {
    const labels = [...new Set(fitting(given, rows).records.map(({ label }) => label))];
    if (labels.length > 0) return labels;
    throw await unknownAmong(rows, { kind, argument: 'where', given }, names);
  });
  return (await Promise.all(found)).flat();
}

/** `probability gte 90` by the ids of the probabilities from 90 up; a number there is a percentage, not an id. */
async function withNumbers(given: WhereEntry, reading: Reading): Promise<WhereEntry | undefined> {
  const reference = referenceIn(given.field, reading);
  const kind = NUMBERED[reference?.schema ?? ''];
  const op = whereOperator(opSaid(given)) ?? '';
  const fits = COMPARED[op];
  if (reference === undefined || kind === undefined || fits === undefined) return undefined;
  const texts = valuesOf(given, 'in');
  const values = texts.map((text) => percentSaid(String(text ?? '')));
  const numbers = values.flatMap((value) => (value !== undefined && 'value' in value ? [value.value] : []));
  if (numbers.length === 0 || numbers.length < texts.length) return undefined;
  const rows = await reading.names.list(kind);
  const meant = rows.filter(({ label }) => numbers.some((number) => fits(Number(label), number)));
  const ids = meant.length === 0 ? [NO_ID] : meant.map(({ id }) => id);
  return { field: `${reference.path}/id`, op: /^(ne|notIn)$/.test(op) ? 'notIn' : 'in', value: ids };
}

/** `type/name contains "off"` by the ids of the types that are called so, where what Manage compares is a letter. */
async function withParts(given: WhereEntry, reading: Reading): Promise<WhereEntry | undefined> {
  const reference = /\/identifier$/i.test(given.field ?? '') ? undefined : referenceIn(given.field, reading);
  const kind = NAMELESS[reference?.schema ?? ''];
  const fits = partTest(whereOperator(opSaid(given)) ?? '', String(given.value ?? ''));
  if (reference === undefined || kind === undefined || fits === undefined) return undefined;
  const rows = await reading.names.list(kind);
  const meant = rows.filter(({ label }) => fits(label));
  if (meant.length === 0)
    throw new UnknownName(
      { kind, argument: 'where', given: String(given.value) },
      { allowed: rows.map(({ label }) => label) },
    );
  return { field: `${reference.path}/id`, op: 'in', value: meant.map(({ id }) => id) };
}

/** Whether several records have exactly the name that was given. */
const isOneName = (error: unknown): error is AmbiguousName =>
  error instanceof AmbiguousName &&
  error.candidates.every(({ label, identifier }) =>
    [label, identifier ?? label].some((name) => sameName(name, error.given)),
  );

/** Says which records a name is compared with where several have exactly that name: all of them are found. */
async function sayShared(
  { path, schema }: { path: string; schema: string },
  texts: readonly string[],
  { names, says }: Reading,
): Promise<void> {
  const kind = SHARED[schema];
  if (kind === undefined) return;
  for (const text of texts) {
    const found = await names
      .resolve(kind, text, { argument: 'where', inactive: true })
      .catch((error: unknown) => error);
    if (!isOneName(found)) continue;
    const { length } = found.candidates;
    const each = found.candidates
      .slice(0, MOST_TOLD)
      .map(({ id, label, hint }) => say`${cleanLine(label)} (id ${joined([cleanLine(id), cleanLine(hint)], ', ')})`);
    const left = length > MOST_TOLD ? say` and ${length - MOST_TOLD} more` : say``;
    says.push(
      say`${cleanLine(path)} "${cleanLine(text)}" is ${length} records, all of them listed: ${joined(each, ', ')}${left}. ${cleanLine(path)}/id takes one.`,
    );
  }
}

async function withNames(entry: WhereEntry, reading: Reading): Promise<WhereEntry> {
  const given = withSpelling(entry);
  if (given.any !== undefined || given.all !== undefined) {
    const read = (list: readonly WhereEntry[] | undefined) =>
      list === undefined ? undefined : Promise.all(list.map((one) => withNames(one, reading)));
    const [some, every] = await Promise.all([read(given.any), read(given.all)]);
    return { ...given, ...(some && { any: some }), ...(every && { all: every }) };
  }
  const numbered = await withNumbers(given, reading);
  if (numbered !== undefined) return numbered;
  const parted = await withParts(given, reading);
  if (parted !== undefined) return parted;
  const people = await withMembers(given, reading);
  if (people !== undefined) return people;
  const op = whereOperator(given.op ?? 'eq');
  const negated = NEGATED[op ?? ''];
  const reference = negated === undefined ? undefined : referenceIn(given.field, reading);
  if (reference === undefined || given.value === undefined || given.value === null) return entry;
  const values = valuesOf(given, WHERE_OPERATORS[op ?? '']);
  const isPrinted = PRINTED.has(reference.schema);
  const texts = values
    .map((value) => (isPrinted && typeof value === 'number' ? String(value) : value))
    .filter((value): value is string => typeof value === 'string' && (isPrinted || !/^\s*\d*\s*$/.test(value)));
  // Other numbers are ids.
  if (texts.length === 0 || texts.length !== values.length) return entry;
  const absence = texts.length === 1 ? absenceSaid(texts[0]) : undefined;
  if (absence === 'present') return { field: reference.path, op: negated ? 'isNull' : 'notNull' };
  const ofBoard = OF_BOARD[reference.schema as keyof typeof OF_BOARD];
  const kind = KINDS[reference.schema] ?? NAMELESS[reference.schema];
  const set = negated ? 'notIn' : 'in';
  try {
    if (ofBoard !== undefined) {
      const labels = await onBoards(ofBoard, texts, reading.names);
      const isOwn = labels.length === texts.length && labels.every((label, at) => sameName(label, texts[at] ?? ''));
      if (!isOwn)
        reading.says.push(
          say`${cleanLine(reference.path)} ${cleanLine(texts.join(', '))}: ${joined(labels.map(cleanLine), ', ')}`,
        );
      return { field: `${reference.path}/name`, op: set, value: labels };
    }
    if (kind === undefined) {
      await sayShared(reference, texts, reading);
      return entry;
    }
    const found = await Promise.all(
      texts.map((text) => reading.names.resolve(kind, text, { argument: 'where', inactive: true })),
    );
    return { field: `${reference.path}/id`, op: set, value: found.map(({ id }) => id) };
  } catch (error) {
    if (error instanceof UnknownName && absence === 'absent')
      return { field: reference.path, op: negated ? 'notNull' : 'isNull' };
    // Several records of exactly this name are all meant, and a table that may not be read is compared by name.
    if (isOneName(error) || error instanceof Forbidden) return entry;
    throw error;
  }
}

/**
 * A filter with the names in it resolved, as those in a tool's own arguments are: `board eq "helpdesk"` finds the Help Desk, and
 * `member eq "Jo Deo"` is an error, not an empty list. Other comparisons, ids and raw conditions stay as they are.
 * @param schema of the records that are listed
 * @throws {UnknownName} or {AmbiguousName} as `names.resolve` does
 */
export async function namesInWhere(
  { api, names }: Pick<ToolContext, 'names'> & { readonly api: Schemas },
  where: readonly WhereEntry[] | undefined,
  schema: string,
): Promise<NamesInWhere> {
  const says: Clean[] = [];
  const reading = { api, names, schema, says };
  return { where: where && (await Promise.all(where.map((entry) => withNames(entry, reading)))), says };
}

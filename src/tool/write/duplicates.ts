import { isRecord } from '../../json.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { folded, idOf, resembling, sameName } from '../../names/index.ts';
import { all, type Expression, field } from '../../query/index.ts';
import { type Clean, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';

/** Where a record of the same text is looked for. */
interface Place {
  /** As `GET /project/projects`. */
  readonly list: string;
  /** Of the parent, for a list inside a record. */
  readonly path?: Readonly<Record<string, string | number>>;
  /** The member that holds the text. */
  readonly member: string;
  readonly text: string;
  /** What else has to hold, such as the customer. */
  readonly conditions?: Expression | undefined;
  /** What people write before it or leave out, such as the customer: "Acme: Laptop refresh" is "Laptop refresh" of Acme. */
  readonly owner?: readonly unknown[];
  /** Which of the records with that text count, such as those without a serial number. */
  readonly counts?: (row: ManageRecord) => boolean;
}

/**
 * Whether two texts say the same: letter case, blanks, punctuation and accents do not count, digits do. The one comparison of
 * duplicates, so that "R1" and "r1 " are one for every creation.
 */
export const saysSame = (stored: unknown, wanted: unknown): boolean =>
  sameName(String(stored ?? ''), String(wanted ?? ''));

/** A text without the name of its owner in front of it; as it is where it says nothing else. */
function withoutOwner(text: string, owner: readonly string[]): string {
  const whole = folded(text);
  const name = owner.find((one) => whole.startsWith(`${one} `));
  return name === undefined ? text : whole.slice(name.length + 1);
}

/** The record whose text says the same as a new one's, if there is one. */
export async function sameText(
  { manage }: Pick<ToolContext, 'manage'>,
  { list, member, text: given, conditions, path, owner = [], counts = () => true }: Place,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  const names = owner.map((name) => folded(String(name ?? ''))).filter((name) => name !== '');
  const saying = (value: unknown): string => withoutOwner(String(value ?? ''), names);
  const text = saying(given);
  // Manage compares letter case and accents by the collation of its database, so that more is read than it would find.
  const alike = resembling({ names: [member] }, text) ?? field(member, '=', text);
  const rows = await manage.all<ManageRecord>(list, { path, conditions: all(conditions, alike), signal });
  return rows.find((row) => saysSame(saying(row[member]), text) && counts(row));
}

/** A record that is about to be renamed. */
export interface Renaming {
  /** As `GET /project/projects`. */
  readonly list: string;
  readonly id: number;
  /** The customer whose records are looked through, as the record refers to it. */
  readonly company: unknown;
  /** Nothing is looked up without one. */
  readonly name: string | undefined;
  /** What such a record is called at the beginning of a sentence. */
  readonly noun: Clean;
}

/** Says that another record of the same customer has the new name as well; that may be meant, so it is not refused. */
export async function namesake(
  context: ToolContext,
  { list, id, company, name, noun }: Renaming,
): Promise<Clean | undefined> {
  if (name === undefined) return undefined;
  const conditions = all(field('company/id', '=', idOf(company) ?? 0), field('id', '!=', id));
  const owner = isRecord(company) ? [company.name, company.identifier] : [];
  const other = await sameText(context, { list, member: 'name', text: name, conditions, owner }, context.signal);
  return other && say`${noun} ${Number(other.id)} of the same customer has this name as well.`;
}

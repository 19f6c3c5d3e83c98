import type { Kind } from './kind.ts';
import { withoutRemark } from './remark.ts';

/** A text with more characters than this is not a name. */
export const LONGEST_NAME = 300;

/** Whether a text means the person that the server works for. */
export const saysMe = (text: string): boolean => /^(me|myself|i)$/i.test(text);

const QUOTED = /^(["'“‘«])(.*)["'”’»]$/u;
/** A candidate that we listed: "- 2: Alex Chen (achen, Technician)"; an id that says so: "id 2". */
const LISTED = /^(?:-\s*)?(\d+):\s+(.*)$/;
const ID = /^id\s*[:#=]?\s*(\d+)$/i;

/** What a text says to be meant: an id, or a name. */
export interface Said {
  readonly id?: number;
  readonly text: string;
  /** The name that stands beside an id or an address, and has to be of the same record: "Ben Petrov <ben@globex.example>". */
  readonly beside?: string;
}

/** A name as somebody meant it: without the quotes, the "@" or the invisible characters that were copied with it. */
export function asSaid(given: string): Said {
  const visible = given
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/^mailto:\s*(?=\S+@)/i, '');
  const bare = visible.replace(QUOTED, '$2').trim();
  const [, id, name] = LISTED.exec(bare) ?? ID.exec(bare) ?? [];
  if (id !== undefined) return { id: Number(id), text: bare, ...(name !== undefined && { beside: name }) };
  const [, before = '', address] = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(bare) ?? [];
  if (address === undefined) return { text: bare.replace(/^@/, '').trim() };
  const beside = before.replace(QUOTED, '$2').trim();
  return { text: address, ...(beside !== '' && { beside }) };
}

const COUNT_BEFORE = /^(\d+)\s*[x×*]\s+/i;
const COUNT_BEHIND = /\s+[x×*]\s*(\d+)$/i;

/** The count that a text says beside a name: 10 of "10 x LT-14" and of "LT-14 x 10". */
export function countSaid(text: string): number | undefined {
  const said = asSaid(text).text;
  const digits = COUNT_BEFORE.exec(said)?.[1] ?? COUNT_BEHIND.exec(said)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** How people are addressed: "Mrs. O'Brien". */
const TITLE = /^(?:mr|mrs|ms|miss|mx|dr|prof)(?:\.\s*|\s+)(?=\S)/i;

/** A person's name without how they are addressed: `Noor van der Berg` of "Dr. Noor van der Berg". */
export const withoutTitle = (name: string): string => name.trim().replace(TITLE, '');

/** A name without what people put around it: "Invoice 10126", "po1001", "the Help Desk board", "10 x LT-14", "Mrs. O'Brien". */
function unwrapped(text: string, { wrappings = [], counted = false, person = false }: Kind): string {
  if (person) return withoutTitle(text);
  const single = counted ? text.replace(COUNT_BEFORE, '').replace(COUNT_BEHIND, '') : text;
  if (wrappings.length === 0) return single;
  const word = `(?:${[...wrappings].sort((a, b) => b.length - a.length).join('|')})`;
  const before = new RegExp(
    `^(?:the\\s+)?${word}\\.?(?:\\s+(?:no\\.?|number|num|nr\\.?|id))?(?:[\\s:#.-]+|(?=\\d))`,
    'i',
  );
  const behind = new RegExp(`\\s+${word}$`, 'i');
  const short = single.replace(before, '');
  return (short === single ? single.replace(behind, '').replace(/^the\s+/i, '') : short).trim();
}

/** The forms in which a text may be a name, as it stands first. */
export function formsOf(text: string, kind: Kind): readonly string[] {
  const short = withoutRemark(text);
  const forms = [text, short, unwrapped(text, kind), unwrapped(short, kind)];
  return [...new Set(forms.filter((form) => form !== ''))];
}

/** The digits of a text that is an id or a printed number alone: `4711` of "#4711". */
export const digitsSaid = (text: string): string | undefined => /^#?(\d{1,15})$/.exec(text)?.[1];

/** The number in "#4711", "ticket 4711", "Ticket #4711"; `undefined` when the text is something else. */
export function numberSaid(text: string, words: readonly string[] = []): number | undefined {
  const digits = /^#?(\d{1,12})$/.exec(
    unwrapped(asSaid(text).text, { list: '', fields: [], names: [], wrappings: words }),
  );
  return digits === null ? undefined : Number(digits[1]);
}

function jsonList(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** "Priority 1 or 2" has a "Priority 2" in it. */
const withSharedHead = (parts: readonly string[]): string[] => {
  const head = /^(.*\D)\d+$/.exec(parts[0] ?? '')?.[1];
  return parts.map((part) => (head !== undefined && /^\d+$/.test(part) ? `${head}${part}` : part));
};

/** Whether a text of several names leaves open which of them is meant: "Client or Partner", "either of A and B". */
export const saysEither = (text: string): boolean => /\sor\s|^either\s/i.test(text.replace(/\([^()]*\)/g, ''));

/** The names that one text may hold: JSON, or names with commas, semicolons, lines, "and" or "or" between them. */
export function namesIn(text: string): readonly string[] {
  const listed = jsonList(text.trim());
  if (listed !== undefined) return listed.map((part) => part.trim()).filter((part) => part !== '');
  // A remark in parentheses belongs to its name: "Alex Chen (achen, Senior Engineer), Sam".
  const remarks: string[] = [];
  const told = text.replace(/\([^()]*\)/g, (remark) => `(${remarks.push(remark) - 1})`);
  const parts = told
    .split(/[,;|\n]|\s(?:and|or|&)\s/i)
    .map((part) => part.replace(/\((\d+)\)/g, (_, index) => remarks[Number(index)] ?? ''))
    .map((part) => part.replace(/^(?:and|or)\s/i, '').trim());
  return withSharedHead(parts.filter((part) => part !== ''));
}

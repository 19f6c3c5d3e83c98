import { resolvePath } from '../../api/fields.ts';
import type { Schemas } from '../../api/index.ts';
import { type Named, saysMe, UnknownName } from '../../names/index.ts';
import { opSaid, valuesOf, WHERE_OPERATORS, type WhereEntry, whereOperator } from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';

/** Members that hold identifiers of people as a text, which no name is ever equal to: `closedBy` is "mobrien". */
const HOLDS_ONE = /(^|\/)(entered|updated|created|closed|resolved|responded|resplan|approved|submitted|sent)By$/i;
/** The people on a ticket, all in one text: "achen, jdoe". */
const HOLDS_SEVERAL = /^resources$/i;

interface Reading {
  readonly api: Schemas;
  readonly schema: string;
  readonly names: ToolContext['names'];
  /** Gets what a name was taken for, where the identifier was not said. */
  readonly says: Clean[];
}

/** Whether a field holds identifiers of people as text. */
function holdsPeople(path: string, { api, schema }: Reading): boolean {
  if (!HOLDS_ONE.test(path) && !HOLDS_SEVERAL.test(path)) return false;
  const found = resolvePath(api, schema, path.split('/'));
  return found.kind === 'scalar' && found.field.type === 'string';
}

/** The member that a text names; `undefined` for somebody who is no member: a customer, or a program. */
async function memberNamed(text: string, names: ToolContext['names']): Promise<Named | undefined> {
  try {
    return await names.resolve('member', text, { argument: 'where', inactive: true });
  } catch (error) {
    if (error instanceof UnknownName) return undefined;
    throw error;
  }
}

/** Whether a part of an identifier was asked for, which needs no name. */
async function isPart(text: string, names: ToolContext['names']): Promise<boolean> {
  const part = text.trim().toLowerCase();
  if (saysMe(part)) return false;
  const members = await names.list('member');
  return members.some(({ identifier = '' }) => identifier.toLowerCase().includes(part));
}

/** What is asked of a text with several identifiers, in place of equality with it. */
const AMONG: Readonly<Record<string, 'contains' | 'notContains'>> = {
  eq: 'contains',
  in: 'contains',
  contains: 'contains',
  ne: 'notContains',
  notIn: 'notContains',
  notContains: 'notContains',
};

/**
 * A comparison of a field that holds identifiers of people, with the members that its names mean: `closedBy eq "Maura O'Brien"`, and
 * `resources eq "me"`, which is about one of those on the ticket. `undefined` for other fields and operators.
 * @throws {AmbiguousName} for a name that several members have
 */
export async function withMembers(given: WhereEntry, reading: Reading): Promise<WhereEntry | undefined> {
  const { field } = given;
  const op = whereOperator(opSaid(given)) ?? '';
  const among = AMONG[op];
  if (field === undefined || among === undefined || !holdsPeople(field, reading)) return undefined;
  const isPartly = op === 'contains' || op === 'notContains';
  const several = HOLDS_SEVERAL.test(field);
  if (isPartly && !several) return undefined;
  const texts = valuesOf(given, several && !isPartly ? 'in' : WHERE_OPERATORS[op]).map((text) => String(text ?? ''));
  if (texts.some((text) => text.trim() === '')) return undefined;
  /** The identifier, and what was said: some records keep names there. */
  const read = async (text: string): Promise<readonly string[]> => {
    const isKept = isPartly && (await isPart(text, reading.names));
    const identifier = isKept ? undefined : (await memberNamed(text, reading.names))?.identifier;
    if (identifier === undefined || identifier.toLowerCase() === text.trim().toLowerCase()) return [text];
    reading.says.push(say`${cleanLine(field)} ${cleanLine(text)}: ${cleanLine(identifier)}`);
    return several ? [identifier] : [identifier, text];
  };
  const identifiers = (await Promise.all(texts.map(read))).flat();
  if (!several) return { field, op: among === 'contains' ? 'in' : 'notIn', value: identifiers };
  const terms = identifiers.map((identifier): WhereEntry => ({ field, op: among, value: identifier }));
  const [only, other] = terms;
  if (only !== undefined && other === undefined) return only;
  return among === 'contains' ? { any: terms } : { all: terms };
}

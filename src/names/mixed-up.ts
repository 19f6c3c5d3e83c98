import type { Question } from './elsewhere.ts';
import type { OfAnotherKind, OfParent } from './errors.ts';
import { active, type Kind, type KindTable, type Named, type NameKind, PARENTS } from './kind.ts';
import type { Lookup } from './lookup.ts';
import { fitting, isDenied } from './match.ts';
import { withoutRemark } from './remark.ts';
import { asSaid } from './said.ts';

/** A kind whose names are looked through. */
interface Sought {
  readonly kind: NameKind;
  /** The tool's arguments that take it. */
  readonly arguments: readonly string[];
}

/** The kinds that a name may be meant for: those of the tool's other arguments, and those whose values people mix up with this kind's. */
function soughtKinds({ kind, rule, options }: Question, kinds: KindTable): readonly Sought[] {
  const { others = [] } = options;
  const siblings = others.map((other) => other.kind);
  const alike = (Object.entries(kinds) as [NameKind, Kind][])
    .filter(([, other]) => rule.mixedUp !== undefined && other.mixedUp !== undefined && !other.parent?.required)
    .map(([other]) => other);
  return [...new Set([...siblings, ...alike])]
    .filter((other) => other !== kind && kinds[other].large !== true)
    .map((other) => ({
      kind: other,
      arguments: others.filter((one) => one.kind === other).map(({ argument }) => argument),
    }));
}

/** Records of other kinds that have a name, as people put a value into the field beside its own. Nothing where tables cannot be read. */
export async function ofOtherKinds(
  question: Question,
  kinds: KindTable,
  lookup: Lookup,
): Promise<readonly OfAnotherKind[]> {
  const text = withoutRemark(asSaid(question.given).text);
  // A number is an id in every table.
  if (isDenied(text) || !/\p{L}{2}/u.test(text)) return [];
  const { signal, boardId, companyId, projectId } = question.options;
  const scope = { signal, boardId, companyId, projectId };
  const namesIn = async ({ kind, arguments: takenBy }: Sought): Promise<OfAnotherKind[]> => {
    const { parent, person } = kinds[kind];
    const isWithin = parent?.required !== true || scope[parent.scope] !== undefined;
    const rows = isWithin
      ? await lookup.everything(kind, scope)
      : (await lookup.besides(kind, scope)).flatMap((table) => table.rows);
    const { records, certainty } = fitting(text, active(rows), person);
    const [record] = certainty === 'exact' ? records : [];
    return record === undefined ? [] : [{ kind, label: record.label, arguments: takenBy, of: kinds[kind].mixedUp }];
  };
  const found = await Promise.all(soughtKinds(question, kinds).map((one) => namesIn(one).catch(() => [])));
  return found.flat();
}

/**
 * What a parent has, where a record was called by its parent: the agreements of Hooli for an agreement "Hooli".
 * @param parentMeant finds the parent that a text means, if it means one
 */
export async function ofItsParent(
  { kind, rule, options }: Question,
  parentMeant: (kind: NameKind) => Promise<Named | undefined>,
  lookup: Lookup,
): Promise<OfParent | undefined> {
  const { parent: within, large } = rule;
  if (within === undefined || large !== true || options[within.scope] !== undefined) return undefined;
  const parentKind = PARENTS[within.scope].kind;
  const parent = await parentMeant(parentKind);
  if (parent === undefined) return undefined;
  const { rows, complete } = await lookup.few(kind, { signal: options.signal, [within.scope]: parent.id });
  return { parent, parentKind, records: active(rows), more: !complete };
}

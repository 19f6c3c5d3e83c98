import { print } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';

type Row = Record<string, unknown>;

const FILTERS = ['conditions', 'childConditions', 'customFieldConditions'] as const;

/** The description spells them in lower case here. */
const SEARCH_NAMES: Readonly<Record<string, string>> = {
  childConditions: 'childconditions',
  customFieldConditions: 'customfieldconditions',
};

/** Rows that a search gives at most: it is asked for no page. */
const MOST = 25;

const BY_GET = 'The GET of the same list takes conditions, fields, page and pageSize, groupBy and sum.';

/** What else a caller may say of a list. */
interface Beside {
  readonly all?: boolean | undefined;
  readonly groupBy?: unknown;
  readonly sum?: unknown;
}

/**
 * The body of a POST search: it holds its filters and its order, also those that came in `query`.
 * @throws {ToolInputError} for a filter in both, and for what such a search does not have
 */
export function searchBody(
  { name, conditions, fields, orderBy, paged }: OperationCall,
  body: Row,
  beside: Beside,
): Row {
  const lacks = [
    fields !== undefined && say`fields`,
    paged && say`page and pageSize`,
    beside.all === true && say`all`,
    (beside.groupBy ?? beside.sum) !== undefined && say`groupBy and sum`,
  ].find((one) => one !== false);
  if (lacks !== undefined) throw new ToolInputError('query', say`${name} takes no ${lacks}.`, { next: BY_GET });
  const printed = FILTERS.flatMap((filter) => {
    const said = conditions[filter];
    return said === undefined ? [] : [[filter, print(said)] as const];
  });
  const added = [...printed, ...(orderBy === undefined ? [] : [['orderBy', orderBy.join(',')] as const])];
  const own = new Set(Object.keys(body).map((member) => member.toLowerCase()));
  const both = added.find(([member]) => own.has(member.toLowerCase()));
  if (both !== undefined)
    throw new ToolInputError('query', say`${cleanLine(both[0])} is in query and in body. Send one of them.`);
  return { ...body, ...Object.fromEntries(added.map(([member, text]) => [SEARCH_NAMES[member] ?? member, text])) };
}

/** Says of a full page that there may be more behind it; nothing of a shorter one. */
export const perhapsMore = (rows: readonly unknown[]): Clean | undefined =>
  rows.length < MOST ? undefined : say`A search gives the first ${MOST} rows, and there may be more. ${BY_GET}`;

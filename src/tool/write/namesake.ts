import { all, field } from '../../query/index.ts';
import { type Clean, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { sameText } from './same-text.ts';

/** A record that is about to be renamed. */
export interface Renaming {
  /** As `GET /project/projects`. */
  readonly list: string;
  readonly id: number;
  /** The customer whose records are looked through. */
  readonly companyId: number | undefined;
  /** Nothing is looked up without one. */
  readonly name: string | undefined;
  /** What such a record is called at the beginning of a sentence. */
  readonly noun: Clean;
}

/** Says that another record of the same customer has the new name as well; that may be meant, so it is not refused. */
export async function namesake(
  context: ToolContext,
  { list, id, companyId = 0, name, noun }: Renaming,
): Promise<Clean | undefined> {
  if (name === undefined) return undefined;
  const conditions = all(field('company/id', '=', companyId), field('id', '!=', id));
  const other = await sameText(context, { list, member: 'name', text: name, conditions }, context.signal);
  return other && say`${noun} ${Number(other.id)} of the same customer has this name as well.`;
}

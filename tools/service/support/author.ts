import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/**
 * The member that a note is written for, as the note's own member: everything else would show the API account as its author.
 * Nothing where the server works for nobody in particular.
 */
export async function author({ me }: Pick<ToolContext, 'me'>): Promise<{ member?: { id: number } }> {
  return me().then(
    ({ memberId }) => ({ member: { id: memberId } }),
    () => ({}),
  );
}

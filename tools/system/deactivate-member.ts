import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, NoMember, resolveGiven } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, legacyPreview, ToolInputError } from '../../src/tool/index.ts';
import { DUTY_OPERATIONS, type Duty, dutiesOf } from './support/duties.ts';
import { findMember } from './support/find-member.ts';

const DEACTIVATE = 'POST /system/members/{id}/deactivate';

/** What Manage hands over in the same request, by its part of the body. */
const HANDED_OVER: Partial<Record<Duty['key'], string>> = {
  projects: 'projectManager',
  opportunities: 'opportunity',
  activities: 'activity',
  teams: 'serviceTeam',
};

export default defineTool({
  name: 'deactivate_member',
  title: 'Deactivate member',
  toolset: 'system',
  effect: 'delete',
  idempotent: true,
  uses: [DEACTIVATE, 'GET /system/members', 'GET /system/members/{id}', ...DUTY_OPERATIONS],
  description: 'Deactivate a member who left, and say what they still hold. The person has to agree.',
  input: z.strictObject({
    member: z.string(),
    handOverTo: z.string().optional().describe('Takes projects, sales, teams'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'member', memberId: 'member', user: 'member', reassignTo: 'handOverTo', successor: 'handOverTo' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal, plain, me } = context;
    const id = await findMember(context, given.member);
    const path = { id };
    const member = await manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
    const who = `${plain(member.firstName)} ${plain(member.lastName)} (${plain(member.identifier)}, id ${id})`;
    if (member.inactiveFlag === true) throw new ToolInputError('member', `${who} is inactive already.`);
    const self = await me().catch((error: unknown) => {
      if (error instanceof NoMember) return undefined;
      throw error;
    });
    if (self?.memberId === id)
      throw new ToolInputError('member', `${who} is whom this server works for; deactivate them in Manage itself.`);
    const heir = await resolveGiven(names, 'member', given.handOverTo, { argument: 'handOverTo' });
    if (heir?.id === id) throw new ToolInputError('handOverTo', 'handOverTo has to be somebody else.');
    const duties = await dutiesOf(context, { id, identifier: String(member.identifier) });
    const goes = heir === undefined ? [] : duties.filter(({ key }) => HANDED_OVER[key] !== undefined);
    const stays = duties.filter((duty) => !goes.includes(duty));
    const texts = (list: readonly Duty[]): string => list.map(({ text }) => text).join(', ');
    const lines = [
      goes.length > 0 && `${plain(heir?.label)} takes over ${texts(goes)}.`,
      stays.length > 0 && `Still held, to be reassigned by hand: ${texts(stays)}.`,
    ].filter((line) => line !== false);
    const body = Object.fromEntries(
      goes.map(({ key, count }) => [HANDED_OVER[key], { count, reAssignToMember: { id: heir?.id } }]),
    );
    if (given.dryRun)
      return legacyPreview(
        [manage.preview(DEACTIVATE, { path, body })],
        [],
        [`Deactivate ${who}`, ...lines].join('\n'),
      );
    await context.confirm({
      question: [`Deactivate ${who}?`, ...lines].join(' '),
      ...(given.confirm !== undefined && { given: given.confirm }),
    });
    // An answer that was lost: whether the member is inactive tells all.
    const settle = async (): Promise<ManageRecord | undefined> => {
      const now = await manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
      return now.inactiveFlag === true ? now : undefined;
    };
    await manage.write(DEACTIVATE, { path, body, signal, settle });
    names.refresh();
    const after = await manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
    const done = after.inactiveFlag === true ? `Deactivated ${who}.` : `Manage took it, but ${who} is still active.`;
    return {
      structured: {
        id: idOf(after) ?? id,
        inactive: after.inactiveFlag === true,
        handedOver: goes.map(({ text }) => text),
        stillHeld: stays.map(({ text }) => text),
      },
      text: [done, ...lines].join('\n'),
    };
  },
});

import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { NoMember } from '../../src/names/index.ts';
import { cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, notRead, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import { DUTY_OPERATIONS, type Duty, dutiesOf } from './support/duties.ts';

/** What Manage hands over in the same request, by its part of the body. */
const HANDED_OVER: Partial<Record<Duty['key'], string>> = {
  projects: 'projectManager',
  opportunities: 'opportunity',
  activities: 'activity',
  teams: 'serviceTeam',
};

/** Id of the person that the server works for, if there is one. */
async function ownId({ me }: ToolContext): Promise<number | undefined> {
  try {
    return (await me()).memberId;
  } catch (error) {
    if (error instanceof NoMember) return undefined;
    throw error;
  }
}

const texts = (duties: readonly Duty[]) =>
  joined(
    duties.map(({ text }) => text),
    ', ',
  );

export default defineTool({
  name: 'deactivate_member',
  title: 'Deactivate member',
  toolset: 'system',
  effect: 'delete',
  idempotent: true,
  uses: ['POST /system/members/{id}/deactivate', 'GET /system/members', 'GET /system/members/{id}', ...DUTY_OPERATIONS],
  description: 'Deactivate a member who left, and say what they still hold.',
  input: z.strictObject({
    member: fragments.name('member', { inactive: true }),
    handOverTo: fragments.name('member', { description: 'Takes projects, sales, teams' }).optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'member', memberId: 'member', user: 'member', reassignTo: 'handOverTo', successor: 'handOverTo' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ member: { id }, handOverTo: heir, dryRun, confirm }, context) {
    const { manage, names } = context;
    const path = { id };
    const read = (signal: AbortSignal): Promise<ManageRecord> =>
      manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
    const member = await read(context.signal);
    const { firstName, lastName, identifier } = member;
    const who = say`${cleanLine(firstName)} ${cleanLine(lastName)} (${cleanLine(identifier)}, id ${id})`;
    if (member.inactiveFlag === true) throw new ToolInputError('member', say`${who} is already inactive.`);
    if ((await ownId(context)) === id)
      throw new ToolInputError('member', say`This server works for ${who}; deactivate them in Manage itself.`);
    if (heir?.id === id) throw new ToolInputError('handOverTo', say`handOverTo has to be somebody else.`);
    const { held, unread } = await dutiesOf(context, member);
    const goes = heir === undefined ? [] : held.filter(({ key }) => HANDED_OVER[key] !== undefined);
    const stays = held.filter((duty) => !goes.includes(duty));
    const takesOver = (duties: readonly Duty[]) =>
      duties.length > 0 && say`${cleanLine(heir?.label)} takes over ${texts(duties)}.`;
    const remarks = [
      heir !== undefined &&
        goes.length === 0 &&
        unread.length === 0 &&
        say`There is nothing that ${cleanLine(heir.label)} could take over: no projects, sales or teams.`,
      stays.length > 0 && say`Still held, to be reassigned by hand: ${texts(stays)}.`,
      notRead(unread),
    ];
    const body = Object.fromEntries(
      goes.map(({ key, count }) => [HANDED_OVER[key], { count, reAssignToMember: { id: heir?.id } }]),
    );
    return context.send({
      dryRun,
      confirm,
      question: joined([say`Deactivate ${who}?`, takesOver(goes), ...remarks], ' '),
      notes: [say`Deactivate ${who}`],
      steps: [
        {
          operation: 'POST /system/members/{id}/deactivate',
          request: { path, body },
          does: say`deactivate ${who}`,
          async settle(signal) {
            const now = await read(signal);
            return now.inactiveFlag === true ? now : undefined;
          },
        },
      ],
      async answer() {
        names.refresh();
        const inactive = (await read(context.signal)).inactiveFlag === true;
        // What was asked for is not what is stored: Manage decides what it hands over.
        const left = goes.length === 0 ? [] : (await dutiesOf(context, member)).held;
        const kept = left.filter(({ key }) => goes.some((duty) => duty.key === key));
        const gone = goes.filter(({ key }) => !kept.some((duty) => duty.key === key));
        const done = inactive ? say`Deactivated ${who}.` : say`Manage took it, but ${who} is still active.`;
        return {
          structured: {
            id,
            inactive,
            handedOver: gone.map(({ text }) => text),
            stillHeld: [...kept, ...stays].map(({ text }) => text),
            notKnown: unread.length > 0 ? unread : undefined,
          },
          text: lines([done, takesOver(gone), kept.length > 0 && say`Not handed over: ${texts(kept)}.`, ...remarks]),
        };
      },
    });
  },
});

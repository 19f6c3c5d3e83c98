import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { Forbidden } from '../../src/manage/index.ts';
import { NoMember, nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool } from '../../src/tool/index.ts';

export default defineTool({
  name: 'whoami',
  title: 'Who am I',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: ['GET /system/info', 'GET /system/members', 'GET /system/timeZoneSetups'],
  description:
    'The member that "me" means, the local time and zone, the Manage that this is, and whether writing is allowed.',
  input: z.strictObject({}),
  output: z.looseObject({ member: z.string().optional(), timeZone: z.string().optional(), readOnly: z.boolean() }),
  async run(_, { manage, me, now, zone, server, signal, plain }) {
    const person = await me().catch((error: unknown) => {
      if (error instanceof NoMember) return error;
      throw error;
    });
    const info = await manage.get<{ version?: string }>('GET /system/info', { signal }).catch((error: unknown) => {
      if (error instanceof Forbidden) return {} as { version?: string };
      throw error;
    });
    const known = !(person instanceof NoMember);
    const timeZone = known ? person.timeZone : await zone().catch(() => 'UTC');
    const local = known ? showMoment(await now()) : undefined;
    const facts: [string, string | undefined][] = [
      ['member', known ? `${plain(person.name)} (${person.identifier}, id ${person.memberId})` : undefined],
      ['title', known ? plain(person.record.title) : undefined],
      ['work role', known ? plain(nameOf(person.record.workRole)) : undefined],
      ['local time', local && `${local} (${timeZone})`],
      [
        'Manage',
        `${server.site}${server.sandbox ? ' (sandbox: made-up data)' : ''}, version ${plain(info.version ?? 'unknown')}, API ${server.apiVersion}`,
      ],
      ['writing', server.readOnly ? 'not allowed (read-only mode)' : 'allowed'],
      ['toolsets', server.toolsets.join(', ')],
    ];
    const lines = facts.flatMap(([label, value]) =>
      value === undefined || value === '' ? [] : [`${label}: ${value}`],
    );
    return {
      structured: {
        ...(known && {
          member: person.identifier,
          memberId: person.memberId,
          name: plain(person.name),
          timeZone,
          localTime: local,
        }),
        ...(!known && { problem: person.message }),
        site: server.site,
        sandbox: server.sandbox,
        readOnly: server.readOnly,
        toolsets: [...server.toolsets],
      },
      text: [...(known ? [] : [person.message]), ...lines].join('\n'),
    };
  },
});

import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { Forbidden, NotAllowed } from '../../src/manage/index.ts';
import { NoMember, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, type ToolContext } from '../../src/tool/index.ts';

/** Whom the server works for, as facts; why it is nobody, when it is. */
async function person({ me, now, zone }: ToolContext) {
  try {
    const { name, identifier, memberId, timeZone, record } = await me();
    const localTime = cleanLine(showMoment(await now()));
    const known = {
      member: cleanLine(identifier),
      memberId,
      name: cleanLine(name),
      timeZone: cleanLine(timeZone),
      localTime,
    };
    const facts: readonly (readonly [Clean, Clean])[] = [
      [say`member`, say`${known.name} (${known.member}, id ${memberId})`],
      [say`title`, cleanLine(record.title)],
      [say`work role`, cleanLine(nameOf(record.workRole))],
      [say`local time`, say`${localTime} (${known.timeZone})`],
    ];
    return { known, facts, problem: undefined };
  } catch (error) {
    if (!(error instanceof NoMember)) throw error;
    const timeZone = await zone().catch(() => undefined);
    const problem = cleanLine(error.message);
    const local = timeZone === undefined ? say`` : say`${cleanLine(showMoment(await now()))} (${cleanLine(timeZone)})`;
    return { known: { problem }, facts: [[say`local time`, local]] as const, problem };
  }
}

/** Where changes are written down. */
function journalText({ settings: { place }, place: where }: ToolContext['journal']): Clean {
  if (place.kind === 'off') return say`off (CWM_JOURNAL): changes are not written down and cannot be undone`;
  const kept = place.kind === 'folder' ? say`, kept ${place.days} days` : say`, until it ends`;
  return say`${cleanLine(where)}${kept}; list_changes shows it`;
}

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
  async run(_, context) {
    const { manage, server, signal } = context;
    const [{ known, problem, facts }, info] = await Promise.all([
      person(context),
      manage.get<{ version?: string }>('GET /system/info', { signal }).catch((error: unknown) => {
        if (error instanceof Forbidden || error instanceof NotAllowed) return {};
        throw error;
      }),
    ]);
    const site = cleanLine(server.site);
    const kind = server.sandbox ? say` (sandbox: made-up data)` : say``;
    const version = cleanLine('version' in info ? info.version : 'unknown');
    const toolsets = server.toolsets.map(cleanLine);
    const limits = server.limits.map(cleanLine);
    const all = [
      ...facts,
      [say`Manage`, say`${site}${kind}, version ${version}, API ${cleanLine(server.apiVersion)}`],
      [say`writing`, server.readOnly ? say`not allowed (read-only mode)` : say`allowed`],
      [say`limits`, joined(limits, '; ')],
      [say`journal`, journalText(context.journal)],
      [say`toolsets`, joined(toolsets, ', ')],
    ] as const;
    return {
      structured: { ...known, site, sandbox: server.sandbox, readOnly: server.readOnly, limits, toolsets },
      text: lines([problem, ...all.map(([label, value]) => (value === '' ? undefined : say`${label}: ${value}`))]),
    };
  },
});

import { z } from 'zod';
import { showMoment } from '../../src/clock/index.ts';
import { field } from '../../src/query/index.ts';
import { defineTool, fragments, listOutput, tableResult } from '../../src/tool/index.ts';
import { readStopwatches, STOPWATCH_OPERATIONS, workedSeconds } from './support/stopwatch.ts';

export default defineTool({
  name: 'list_stopwatches',
  title: 'List stopwatches',
  toolset: 'time',
  effect: 'read',
  uses: STOPWATCH_OPERATIONS,
  description: 'Stopwatches that run or are paused, with the time worked so far.',
  input: z.strictObject({
    member: fragments.filterName('member', { description: 'Name, "me" (default) or "all"' }).optional(),
  }),
  aliases: { who: 'member', technician: 'member' },
  output: listOutput,
  async run(input, context) {
    const present = await context.now();
    // "all" is given and names nobody.
    const isMine = !('member' in input);
    const member = isMine ? await context.names.resolve('member', 'me', { argument: 'member' }) : input.member;
    const watches = await readStopwatches(context, member && field('member/id', '=', member.id));
    return tableResult({
      noun: 'stopwatches',
      head: `${member?.label ?? 'everyone'}, ${showMoment(present)} ${present.zoneName}`,
      columns: ['id', 'member', 'on', 'status', 'started', 'worked'],
      rows: watches.map((watch) => [
        watch.id,
        watch.member,
        watch.on,
        watch.status,
        showMoment(watch.start),
        `${Math.floor(workedSeconds(watch, present) / 60)} min`,
      ]),
      total: watches.length,
      pageSize: Math.max(1, watches.length),
    });
  },
});

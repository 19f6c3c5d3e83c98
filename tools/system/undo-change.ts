import { DateTime } from 'luxon';
import { z } from 'zod';
import { meaningOf } from '../../src/api/meanings.ts';
import { showMoment } from '../../src/clock/index.ts';
import { callOf, type Entry, type Reversal } from '../../src/journal/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { type Clean, cleanLine, cut, joined, lines, say } from '../../src/text/index.ts';
import {
  changeLines,
  changesOf,
  defineTool,
  fragments,
  patchOf,
  type Step,
  sentBody,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { deedOf, entryChanges, recordOf } from '../../src/tool/results/journal-entry.ts';
import { builtOn, isOn } from './support/built-on.ts';
import { hangingOn } from './support/hanging.ts';
import { type Current, stillAsWritten } from './support/still-as-written.ts';
import { isOpen, type Undoing, undoingOf, wholeCall } from './support/undoing.ts';

function refuse(id: string, { refused, reversals }: Omit<Undoing, 'along'>, whole?: string): never {
  const reasons = refused.map(({ entry, why }) => say`${deedOf(entry)}: ${why}.`);
  const rest = reversals.map(({ entry }) => entry.id);
  const alone = rest.length > 0 ? `These can be undone one by one: ${rest.join(', ')}.` : undefined;
  throw new ToolInputError('id', lines([say`${cleanLine(id)} cannot be undone. Nothing was changed.`, ...reasons]), {
    next: whole === undefined ? alone : `It goes with its whole call: send id: "${whole}" to undo that.`,
  });
}

/**
 * @returns what goes with each record that is removed, because it was made with it: `with 1 note`
 * @throws {ToolInputError} where something came to what is to be removed since, and would go with it or be left without it
 */
async function refuseBuiltOn(
  id: string,
  reversals: readonly Reversal[],
  context: ToolContext,
  ofCall: readonly Entry[],
): Promise<readonly (Clean | undefined)[]> {
  const refused: { entry: Entry; why: Clean }[] = [];
  const goesAlong: (Clean | undefined)[] = [];
  for (const reversal of reversals) {
    const later = await builtOn(reversal, context);
    const { since, own } = await hangingOn(reversal, reversals, context);
    goesAlong.push(own && say`with ${own}`);
    if (later.length + since.length === 0) continue;
    const named = later.map((entry) => say`${deedOf(entry)} (${cleanLine(entry.id)})`);
    refused.push({
      entry: reversal.entry,
      why: joined(
        [
          named.length > 0 &&
            say`it would take along, or leave without it, what was created in it since. Undo first: ${joined(named, ', ')}`,
          since.length > 0 && say`it has ${joined(since, ', ')} now. Move or delete that first`,
        ],
        '; ',
      ),
    });
  }
  const [only] = reversals.length === 1 ? refused : [];
  const isByItself =
    only !== undefined && ofCall.some((made) => made.id !== only.entry.id && isOpen(made) && isOn(made, only.entry));
  if (refused.length > 0) refuse(id, { refused, reversals: [] }, isByItself ? callOf(id) : undefined);
  return goesAlong;
}

/** A new record like the one that was deleted; nobody is mailed about it. */
function bodyOf({ operation, members = {} }: Reversal, api: ToolContext['api']): Record<string, unknown> {
  const silent = meaningOf(api.find(operation)?.request?.schema ?? '', 'processNotifications')?.mailsByDefault;
  return { ...sentBody(members), ...(silent && { processNotifications: false }) };
}

/** More than a person reads of a record before they agree to its removal or return. */
const FACTS = 160;

/** @param goesAlong what goes with a record that is removed */
function stepOf(
  reversal: Reversal,
  context: ToolContext,
  check: () => Promise<unknown>,
  { goesAlong, zone }: { readonly goesAlong: Clean | undefined; readonly zone: string },
): Step {
  const { entry, operation, path, members = {}, lost = [] } = reversal;
  const undoes = entry.id;
  const facts = operation.startsWith('PATCH') ? say`` : cut(entryChanges(entry, { api: context.api, zone }), FACTS);
  const record = joined([recordOf(entry), facts && say`(${facts})`], ' ');
  const mailed = entry.effects?.includes('mails') ? say` (what was mailed stays mailed)` : say``;
  if (!operation.startsWith('POST')) {
    const isRemoval = operation.startsWith('DELETE');
    return {
      operation,
      request: isRemoval ? { path, undoes } : { path, body: patchOf(members), undoes },
      does: isRemoval ? joined([say`remove ${record}`, goesAlong], ' ') : say`change ${record} back${mailed}`,
      // A person may have taken a while to agree.
      async refresh(request) {
        await check();
        return request;
      },
    };
  }
  const body = bodyOf(reversal, context.api);
  return {
    operation,
    request: { path, body, undoes },
    does: say`create ${record} again, with a new id and without ${joined([...lost.map(cleanLine), say`what hung on it`], ', ')}`,
  };
}

/** What was done, once it is. */
function didOf({ entry, operation }: Reversal, made: ManageRecord | undefined): Clean {
  const record = recordOf(entry);
  if (operation.startsWith('DELETE')) return say`removed ${record}`;
  if (operation.startsWith('PATCH')) return say`changed ${record} back`;
  return say`created ${record} again, with the id ${cleanLine(made?.id)}`;
}

/**
 * What members go back to, before and after.
 * @param stored the record as Manage keeps it afterwards, which may be otherwise; nothing where it is not written yet
 */
function changesBack(
  { reversal, now }: Current,
  { api, zone }: Pick<ToolContext, 'api'> & { readonly zone: string },
  stored?: ManageRecord,
) {
  const { operation, members = {} } = reversal;
  if (now === undefined || !operation.startsWith('PATCH')) return [];
  const schema = api.find(operation)?.response.schema ?? '';
  const after = stored?.id === undefined ? { ...now, ...members } : stored;
  return changesOf(now, after, { api, schema, zone, members: Object.keys(members) });
}

/** What the same call did beside the one step that is taken back, and how to take all of it back. */
function restOf(said: string, ofCall: readonly Entry[]): Clean | undefined {
  const call = callOf(said);
  const others = ofCall.filter((entry) => entry.id !== said && isOpen(entry));
  if (call === said || others.length === 0) return undefined;
  return say`The same call also did this, which stays: ${joined(others.map(deedOf), '; ')}. Send id: "${cleanLine(call)}" to undo all of it.`;
}

/** Changes that are named to choose from. */
const LATEST = 3;

/** Nobody agrees to a change that was not named: the latest are told, so that one can be. @throws {ToolInputError} */
async function refuseUnnamed({ journal, site, zone }: ToolContext): Promise<never> {
  const latest: Entry[] = [];
  const local = await zone();
  for await (const entry of journal.newestFirst({ site })) {
    if (isOpen(entry)) latest.push(entry);
    if (latest.length === LATEST) break;
  }
  const at = (entry: Entry): string => showMoment(DateTime.fromISO(entry.at, { zone: local }) as DateTime<true>);
  const each = latest.map((entry) => say`${cleanLine(entry.id)} (${cleanLine(at(entry))}: ${deedOf(entry)})`);
  throw new ToolInputError('id', say`Say which change to take back, by its id.`, {
    allowed: each,
    next: journal.isOn ? 'list_changes has the others.' : 'The journal is off (CWM_JOURNAL).',
  });
}

export default defineTool({
  name: 'undo_change',
  title: 'Undo change',
  toolset: 'system',
  effect: 'delete',
  searchWords: 'undo revert roll back rollback take back reverse restore my last changes writes mistake wrong',
  // Sheets and reports are taken back by tools of their own.
  askedAs:
    /^(?!.*\b(?:sheet|timesheet|report|submission|approval)s?\b).*\b(?:undo|revert|roll(?:ed|ing)? ?back|(?:take|put|bring|change|turn)\b.*\bback|(?:the )?way it was|what (?:you|i) (?:just )?did)\b/i,
  uses: ['*'],
  description: 'Revert a change of list_changes, created and deleted records included.',
  input: z.strictObject({
    id: z.string().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { changeId: 'id', change: 'id' },
  output: z.looseObject({ done: z.boolean().optional() }),
  async run({ id, dryRun, confirm }, context) {
    const { journal, site, api, signal } = context;
    if (id === undefined) return refuseUnnamed(context);
    const said = id.trim().toLowerCase();
    const written = (await journal.find(callOf(said))).filter((entry) => entry.site === site);
    const ofCall = await context.foundOut(written);
    const entries = callOf(said) === said ? ofCall : ofCall.filter((entry) => entry.id === said);
    if (entries.length === 0)
      throw new ToolInputError('id', say`The journal has no change ${cleanLine(id)}.`, {
        next: journal.isOn ? 'list_changes has the ids.' : 'The journal is off (CWM_JOURNAL).',
      });
    const undoing = undoingOf(entries, api);
    if (undoing.refused.length > 0) {
      const [entry] = entries;
      refuse(said, undoing, entry && wholeCall(entry, ofCall, api));
    }
    const current = await stillAsWritten(undoing.reversals, context, signal);
    const goesAlong = await refuseBuiltOn(said, undoing.reversals, context, ofCall);
    const refused = current.filter(({ why }) => why !== undefined);
    if (refused.length > 0)
      refuse(said, {
        reversals: current.filter(({ why }) => why === undefined).map(({ reversal }) => reversal),
        refused: refused.map(({ reversal, why }) => ({ entry: reversal.entry, why: why ?? say`` })),
      });
    const zone = await context.zone();
    const steps = current.map((one, index) => {
      const check = async () => {
        const [again] = await stillAsWritten([one.reversal], context, signal, undoing.reversals.slice(index));
        if (again?.why !== undefined)
          refuse(said, { reversals: [], refused: [{ entry: one.reversal.entry, why: again.why }] });
      };
      return stepOf(one.reversal, context, check, { goesAlong: goesAlong[index], zone });
    });
    const changes = current.flatMap((one) => changesBack(one, { api, zone }));
    const does = steps.map((step) => step.does);
    const rest = restOf(said, ofCall);
    const { along } = undoing;
    const withIt = (goes: Clean): Clean | undefined =>
      along.length === 0 ? undefined : say`With that ${goes}: ${joined(along.map(deedOf), '; ')}.`;
    const [goes, went] = [withIt(say`goes`), withIt(say`went`)];
    return context.send({
      steps,
      dryRun,
      confirm,
      asks: true,
      // A preview lists the changes by itself.
      question: lines([
        say`Undo ${cleanLine(said)}: ${joined(does, '; ')}?`,
        dryRun ? undefined : changeLines(changes),
        goes,
        rest,
      ]),
      notes: [...(steps.length === 1 ? does : []), goes],
      changes,
      answer({ made }) {
        // Of the record as it is now: Manage sets some members by others, whatever was sent for them.
        const back = current.flatMap((one, index) => changesBack(one, { api, zone }, made[index]));
        const did = current.map(({ reversal }, index) => didOf(reversal, made[index]));
        return {
          structured: {
            done: true,
            undone: current.map(({ reversal }) => cleanLine(reversal.entry.id)),
            changes: back,
          },
          text: lines([say`Undid ${cleanLine(said)}: ${joined(did, '; ')}.`, went, changeLines(back), rest]),
        };
      },
    });
  },
});

import { Forbidden, type ManageRecord, NoSuchOperation, NotFound, type Whole } from '../../../src/manage/index.ts';
import { nameOf, type TicketKind } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { bookedOn } from '../../../src/tickets/assign.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { ATTACHED_OPERATIONS, type AttachedConfiguration, attachedConfigurations } from './attached-configurations.ts';
import { type Contribution, readConversation } from './conversation.ts';

/** Operations that `readStory` calls. */
export const STORY_OPERATIONS = [
  'GET /service/tickets/{parentId}/allNotes',
  'GET /project/tickets/{parentId}/allNotes',
  'GET /service/tickets/{parentId}/notes',
  'GET /project/tickets/{parentId}/notes',
  'GET /service/tickets/{parentId}/tasks',
  'GET /project/tickets/{parentId}/tasks',
  ...ATTACHED_OPERATIONS,
  'GET /time/entries',
  'GET /schedule/entries',
  'GET /system/documents',
  'GET /system/documents/count',
  'GET /service/tickets',
  'GET /service/tickets/count',
] as const;

/** Attachments and children that are listed. */
const MOST = 50;

/** Some of what there is, and how many there are. */
export interface Part {
  readonly rows: readonly ManageRecord[];
  readonly total: number | undefined;
}

/** What belongs to a ticket. A part that the role may not read, or that an older server does not have, is missing. */
export interface Story {
  readonly conversation: readonly Contribution[];
  readonly time: Whole<ManageRecord> | undefined;
  readonly schedule: readonly ManageRecord[];
  readonly tasks: readonly ManageRecord[];
  readonly configurations: readonly AttachedConfiguration[];
  readonly documents: Part;
  readonly children: Part;
  /** Tickets that were merged into this one. */
  readonly merged: Part;
  /** Parts that the role may not read: nobody knows here whether there is anything. */
  readonly unread: readonly Clean[];
}

/** A part, which an older server may not have; noted by its name where the role may not read it. */
async function readable<T>(read: Promise<T>, name: Clean, unread: Set<Clean>): Promise<T | undefined> {
  return read.catch((error: unknown) => {
    if (error instanceof Forbidden) unread.add(name);
    else if (!(error instanceof NotFound || error instanceof NoSuchOperation)) throw error;
    return undefined;
  });
}

const NONE: Part = { rows: [], total: 0 };

/** Everything that belongs to a ticket, read side by side; the rest of the story stands where a part cannot be read. */
export async function readStory(
  { id: given, hasMergedChildTicketFlag }: ManageRecord,
  kind: TicketKind,
  { manage, names, signal }: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<Story> {
  const id = Number(given);
  const unread = new Set<Clean>();
  const part = <T>(name: Clean, read: Promise<T>) => readable(read, name, unread);
  const chargeTo = all(
    field('chargeToType', '=', kind === 'project' ? 'ProjectTicket' : 'ServiceTicket'),
    field('chargeToId', '=', id),
  );
  const scheduled = await bookedOn(id, names);
  const pointingTo = (path: string) => {
    const conditions = field(path, '=', id);
    const fields = ['id', 'summary', 'status/name'];
    return part<Part>(
      say`children and merged tickets`,
      manage.list<ManageRecord>('GET /service/tickets', { conditions, fields, limit: MOST, signal }),
    );
  };
  const documents = { query: { recordType: 'Ticket', recordId: id }, limit: MOST, signal };
  const [conversation, time, schedule, tasks, configurations, files, below, merged] = await Promise.all([
    part(say`conversation`, readConversation(manage, kind, id, signal)),
    part(
      say`time`,
      manage.all<ManageRecord>('GET /time/entries', { conditions: chargeTo, orderBy: ['timeStart asc'], signal }),
    ),
    part(say`schedule`, manage.all<ManageRecord>('GET /schedule/entries', { conditions: scheduled, signal })),
    part(
      say`tasks`,
      manage.all<ManageRecord>(`GET /${kind}/tickets/{parentId}/tasks`, { path: { parentId: id }, signal }),
    ),
    part(say`configurations`, attachedConfigurations(manage, kind, id, signal)),
    part<Part>(say`attachments`, manage.list<ManageRecord>('GET /system/documents', documents)),
    kind === 'project' ? NONE : pointingTo('parentTicketId'),
    hasMergedChildTicketFlag === true ? pointingTo('mergedParentTicket/id') : NONE,
  ]);
  return {
    conversation: conversation ?? [],
    time,
    schedule: schedule ?? [],
    tasks: tasks ?? [],
    configurations: configurations ?? [],
    documents: files ?? NONE,
    children: below ?? NONE,
    merged: merged ?? NONE,
    unread: [...unread],
  };
}

/** A ticket that belongs to another one, as it is shown. */
export type Related = { readonly id: number; readonly summary: Clean; readonly status: Clean };

export const related = ({ rows }: Part): Related[] =>
  rows.map(({ id, summary, status }) => ({
    id: Number(id),
    summary: cleanLine(summary),
    status: cleanLine(nameOf(status)),
  }));

export const relatedText = ({ id, summary, status }: Related): Clean => say`${id}: ${summary} (${status})`;

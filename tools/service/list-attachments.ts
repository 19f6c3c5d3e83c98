import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import { sizeText } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { defineTool, namedRecord, RECORD_OPERATIONS, tableResult } from '../../src/tool/index.ts';

const MOST = 200;

export default defineTool({
  name: 'list_attachments',
  title: 'List attachments',
  toolset: 'service',
  effect: 'read',
  uses: ['GET /system/documents', ...RECORD_OPERATIONS],
  description: 'The files of a ticket, company, configuration, project, opportunity, agreement...',
  input: z.strictObject({ record: z.string().describe('"ticket 4711", "company Acme"') }),
  aliases: { ticketId: 'record', ticket: 'record', id: 'record' },
  output: z.looseObject({ total: z.int() }),
  async run({ record }, context) {
    const { manage, signal, zone } = context;
    const { id, label, type } = await namedRecord(record, 'documents', 'record', context);
    const [{ rows, more }, local] = await Promise.all([
      manage.page<ManageRecord>('GET /system/documents', {
        query: { recordType: type, recordId: id },
        pageSize: MOST,
        signal,
      }),
      zone(),
    ]);
    const added = ({ _info }: ManageRecord): string => {
      const moment = fromManage(
        (_info as { dateEntered?: unknown; lastUpdated?: unknown } | undefined)?.dateEntered,
        local,
      );
      return moment === undefined ? '' : showMoment(moment);
    };
    return tableResult({
      noun: 'attachments',
      head: `Of ${label}${more ? `; the first ${MOST}` : ''}`,
      columns: ['id', 'file', 'title', 'size', 'by', 'added', 'public'],
      rows: rows.map((row) => [
        row.id,
        row.fileName,
        row.title === row.fileName ? '' : row.title,
        row.urlFlag === true ? 'link' : sizeText(Number(row.size ?? 0)),
        row.owner,
        added(row),
        row.publicFlag === true ? 'yes' : '',
      ]),
      total: rows.length,
      pageSize: Math.max(rows.length, 1),
    });
  },
});

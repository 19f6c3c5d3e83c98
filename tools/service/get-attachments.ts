import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import { LARGEST_FILE, pictureType, saveAllowedFile, sizeText, textOf } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import {
  defineLegacyTool as defineTool,
  namedRecord,
  RECORD_OPERATIONS,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';

/** Characters of a text file that one call shows. */
const PART = 20_000;
/** Largest picture that is shown; some clients take no longer answers. */
const LARGEST_PICTURE = 700 * 1024;
/** Files of a record that are listed. */
const MOST = 200;

/** The files of a record. */
async function list(record: string, context: ToolContext) {
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
}

/** One file: its text or picture, or where it was saved. */
async function read(id: number, offset: number, save: boolean | undefined, context: ToolContext) {
  const { manage, signal, plain, quote, server } = context;
  const document = await manage.get<ManageRecord>('GET /system/documents/{id}', { path: { id }, signal });
  const known = Number(document.size ?? 0);
  const name = plain(document.fileName ?? document.title);
  if (known > LARGEST_FILE)
    throw new ToolInputError(
      'attachmentId',
      `${name} has ${sizeText(known)}; at most ${sizeText(LARGEST_FILE)} are downloaded.`,
    );
  const file = await manage.download('GET /system/documents/{id}/download', { path: { id }, signal });
  const { bytes } = file;
  const head = `Attachment ${id}: ${name}, ${sizeText(bytes.length)}`;
  const facts = { id, name, size: bytes.length };
  if (save) {
    const path = await saveAllowedFile(
      String(document.fileName ?? file.fileName ?? 'file'),
      bytes,
      server.files,
      'save',
    );
    return { structured: { ...facts, path }, text: `${head}\nSaved as ${path}` };
  }
  const contentType = pictureType(bytes);
  if (contentType !== undefined && bytes.length <= LARGEST_PICTURE)
    return {
      structured: { ...facts, contentType },
      text: `${head}, ${contentType}`,
      picture: { contentType, bytes },
    };
  const text = contentType === undefined ? textOf(bytes) : undefined;
  if (text === undefined) {
    const how =
      server.files.directory === undefined ? 'CWM_FILES_DIR can allow a folder to save it to.' : 'Send save: true.';
    const why = contentType === undefined ? 'It is neither text nor a picture' : 'The picture is too large to be shown';
    return { structured: { ...facts, shown: false }, text: `${head}\n${why}. ${how}` };
  }
  const part = text.slice(offset, offset + PART);
  const end = offset + part.length;
  const rest = end < text.length ? `Characters ${offset} to ${end} of ${text.length}; more with offset: ${end}` : '';
  const content = quote(part);
  return {
    structured: { ...facts, content, ...(rest !== '' && { next: end, characters: text.length }) },
    text: [head, content, rest].filter((line) => line !== '').join('\n'),
  };
}

export default defineTool({
  name: 'get_attachments',
  title: 'Get attachments',
  toolset: 'service',
  effect: 'read',
  uses: [
    'GET /system/documents',
    'GET /system/documents/{id}',
    'GET /system/documents/{id}/download',
    ...RECORD_OPERATIONS,
  ],
  description: 'The files of a record, or one of them: text or picture. save puts it into the allowed folder instead.',
  input: z.strictObject({
    record: z.string().optional().describe('"ticket 4711", "company Acme"'),
    attachmentId: z.int().optional().describe('To read it'),
    offset: z.int().min(0).optional().describe('Of a long text'),
    save: z.boolean().optional(),
  }),
  aliases: {
    ticketId: 'record',
    ticket: 'record',
    id: 'attachmentId',
    attachment: 'attachmentId',
    documentId: 'attachmentId',
    document: 'attachmentId',
    download: 'save',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ record, attachmentId, offset = 0, save }, context) {
    if (attachmentId !== undefined) return read(attachmentId, offset, save, context);
    if (record !== undefined) return list(record, context);
    throw new ToolInputError('record', 'Send record to list its files, or attachmentId to read one.');
  },
});

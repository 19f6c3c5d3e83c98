import { z } from 'zod';
import { enteredAt, fromManage, showMoment } from '../../src/clock/index.ts';
import { LARGEST_FILE, pictureType, saveAllowedFile, shownPdf, sizeText, textOf } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { type Clean, cleanLine, counted, lines, say } from '../../src/text/index.ts';
import {
  defineTool,
  namedRecord,
  RECORD_OPERATIONS,
  type ToolContext,
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
  const [{ rows, total }, local] = await Promise.all([
    manage.list<ManageRecord>('GET /system/documents', {
      query: { recordType: type, recordId: id },
      limit: MOST,
      signal,
    }),
    zone(),
  ]);
  const added = (row: ManageRecord): string => {
    const moment = fromManage(enteredAt(row), local);
    return moment === undefined ? '' : showMoment(moment);
  };
  return tableResult({
    noun: 'attachments',
    head: say`Of ${label}`,
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
    total,
    pageSize: Math.max(total ?? 0, rows.length, 1),
  });
}

interface NotShown {
  readonly isPicture: boolean;
  /** Why a PDF cannot be read. */
  readonly pdf: Clean | undefined;
  readonly isSaveable: boolean;
}

/** Why a file is not shown, and what to do. */
function notShown({ isPicture, pdf, isSaveable }: NotShown): Clean {
  const why = isPicture ? say`The picture is too large to be shown.` : say`It is neither text nor a picture.`;
  const how = isSaveable ? say`Send save: true.` : say`CWM_FILES_DIR can allow a folder to save it to.`;
  return say`${pdf ?? why} ${how}`;
}

/** @throws {ToolInputError} where a file is not one of the record that was named beside it */
async function checkIsOf(record: string, attachmentId: number, context: ToolContext): Promise<void> {
  const { id, label, type } = await namedRecord(record, 'documents', 'record', context);
  const query = { recordType: type, recordId: id };
  const rows = await context.manage.all<ManageRecord>('GET /system/documents', { query, signal: context.signal });
  if (rows.some((row) => row.id === attachmentId)) return;
  throw new ToolInputError('attachmentId', say`Attachment ${attachmentId} is not one of ${label}.`, {
    next: 'Send record alone to list its files, or attachmentId alone.',
  });
}

/** One file: its text or picture, or where it was saved. */
async function read(
  { id, offset, save }: { id: number; offset: number; save: boolean },
  { manage, signal, quote, server }: ToolContext,
) {
  const document = await manage.get<ManageRecord>('GET /system/documents/{id}', { path: { id }, signal });
  const known = Number(document.size ?? 0);
  const name = cleanLine(document.fileName ?? document.title);
  if (known > LARGEST_FILE)
    throw new ToolInputError(
      'attachmentId',
      say`${name} has ${sizeText(known)}; at most ${sizeText(LARGEST_FILE)} are downloaded.`,
    );
  const file = await manage.download('GET /system/documents/{id}/download', { path: { id }, signal });
  const { bytes } = file;
  const head = say`Attachment ${id}: ${name}, ${sizeText(bytes.length)}`;
  const facts = { id, name, size: bytes.length };
  if (save) {
    const called = String(document.fileName ?? file.fileName ?? 'file');
    const path = cleanLine(await saveAllowedFile(called, bytes, server.files, 'save'));
    return { structured: { ...facts, path }, text: lines([head, say`Saved as ${path}`]) };
  }
  const type = pictureType(bytes);
  if (type !== undefined && bytes.length <= LARGEST_PICTURE) {
    const contentType = cleanLine(type);
    return {
      structured: { ...facts, contentType },
      text: say`${head}, ${contentType}`,
      picture: { contentType, bytes },
    };
  }
  const pdf = type === undefined ? await shownPdf(bytes, signal) : undefined;
  const text = type !== undefined || pdf !== undefined ? pdf?.text : textOf(bytes);
  const pages = pdf?.pages;
  if (text === undefined) {
    const why = notShown({
      isPicture: type !== undefined,
      pdf: pdf?.says,
      isSaveable: server.files.directory !== undefined && !server.readOnly,
    });
    return { structured: { ...facts, pages, shown: false }, text: lines([head, why]) };
  }
  if (offset > 0 && offset >= text.length)
    throw new ToolInputError('offset', say`offset: the text of ${name} ends at ${text.length} characters.`);
  const part = text.slice(offset, offset + PART);
  const end = offset + part.length;
  const isAll = end >= text.length;
  const rest = say`Characters ${offset} to ${end} of ${text.length}; more with offset: ${end}`;
  const content = quote(part);
  return {
    structured: { ...facts, pages, content, ...(!isAll && { next: end, characters: text.length }), notes: pdf?.says },
    text: lines([
      pages === undefined ? head : say`${head}, ${counted(pages, 'page')}`,
      content,
      !isAll && rest,
      pdf?.says,
    ]),
  };
}

export default defineTool({
  name: 'get_attachments',
  title: 'Get attachments',
  toolset: 'service',
  effect: 'read',
  uses: [
    'GET /system/documents',
    'GET /system/documents/count',
    'GET /system/documents/{id}',
    'GET /system/documents/{id}/download',
    ...RECORD_OPERATIONS,
  ],
  description:
    'The files of a record, or one of them: its text (PDFs too) or picture. save puts it into the allowed folder instead.',
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
  async run(given, context) {
    const { record, attachmentId, offset = 0, save } = given;
    if (save && offset > 0) throw new ToolInputError('offset', say`save puts the whole file away: leave offset out.`);
    if (attachmentId !== undefined) {
      if (record !== undefined) await checkIsOf(record, attachmentId, context);
      return read({ id: attachmentId, offset, save: save === true }, context);
    }
    const stray = (['offset', 'save'] as const).find((argument) => Boolean(given[argument]));
    if (stray !== undefined)
      throw new ToolInputError(
        stray,
        say`${stray} is of one file: send attachmentId as well. Record alone lists the files.`,
      );
    if (record !== undefined) return list(record, context);
    throw new ToolInputError('record', say`Send record to list its files, or attachmentId to read one.`);
  },
});

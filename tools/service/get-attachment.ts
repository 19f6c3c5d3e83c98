import { z } from 'zod';
import { LARGEST_FILE, pictureType, saveAllowedFile, sizeText, textOf } from '../../src/files/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { defineTool, ToolInputError } from '../../src/tool/index.ts';

/** Characters of a text file that one call shows. */
const PART = 20_000;
/** Largest picture that is shown; some clients take no longer answers. */
const LARGEST_PICTURE = 700 * 1024;

export default defineTool({
  name: 'get_attachment',
  title: 'Get attachment',
  toolset: 'service',
  effect: 'read',
  uses: ['GET /system/documents/{id}/download', 'GET /system/documents/{id}'],
  description: 'Read an attached file: text or picture. save puts it into the allowed folder instead.',
  input: z.strictObject({
    attachmentId: z.int(),
    offset: z.int().min(0).optional().describe('Of a long text'),
    save: z.boolean().optional(),
  }),
  aliases: {
    id: 'attachmentId',
    attachment: 'attachmentId',
    documentId: 'attachmentId',
    document: 'attachmentId',
    download: 'save',
  },
  output: z.looseObject({ id: z.int() }),
  async run({ attachmentId: id, offset = 0, save }, context) {
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
      const why =
        contentType === undefined ? 'It is neither text nor a picture' : 'The picture is too large to be shown';
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
  },
});

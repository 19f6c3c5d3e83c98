import { Buffer } from 'node:buffer';
import { z } from 'zod';
import {
  contentTypeOf,
  downloadAllowed,
  LARGEST_FILE,
  readAllowedFile,
  safeName,
  sizeText,
} from '../../src/files/index.ts';
import { type ManageRecord, Upload } from '../../src/manage/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  namedRecord,
  RECORD_OPERATIONS,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  record: z.string().describe('"ticket 4711", "company Acme"'),
  name: z.string().optional().describe('File name'),
  text: z.string().optional(),
  base64: z.string().optional(),
  path: z.string().optional().describe('In the allowed folder'),
  url: z.string().optional().describe('Of an allowed host'),
  title: z.string().optional(),
  private: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

const SOURCES = ['text', 'base64', 'path', 'url'] as const;

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  const plain = base64.replace(/^data:[^,]*;base64,/i, '').replace(/\s+/g, '');
  if (plain === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(plain))
    throw new ToolInputError('base64', 'base64 is no base64. Send text for text.');
  return new Uint8Array(Buffer.from(plain, 'base64'));
}

/** The file that the call brings or points to. Exactly one of the four ways is taken. */
async function fileOf(given: Input, { server, signal }: ToolContext): Promise<Upload> {
  const sources = SOURCES.filter((source) => given[source] !== undefined);
  const [source] = sources;
  if (source === undefined || sources.length > 1)
    throw new ToolInputError(sources[1] ?? 'text', 'Send exactly one of text, base64, path and url.');
  const content = given[source] ?? '';
  const found =
    source === 'text'
      ? { bytes: new Uint8Array(Buffer.from(content, 'utf8')) }
      : source === 'base64'
        ? { bytes: decoded(content) }
        : source === 'path'
          ? await readAllowedFile(content, server.files, 'path')
          : await downloadAllowed(content, server.files, 'url', signal);
  const name = given.name ?? ('name' in found ? found.name : undefined);
  if (name === undefined || name.trim() === '') throw new ToolInputError('name', 'Send name: what the file is called.');
  const { bytes } = found;
  if (bytes.length === 0) throw new ToolInputError(source, 'The file is empty.');
  if (bytes.length > LARGEST_FILE)
    throw new ToolInputError(source, `The file has ${sizeText(bytes.length)}; ${sizeText(LARGEST_FILE)} are allowed.`);
  return new Upload(safeName(name), contentTypeOf(name), bytes);
}

export default defineTool({
  name: 'add_attachment',
  title: 'Add attachment',
  toolset: 'service',
  effect: 'create',
  uses: ['POST /system/documents', 'GET /system/documents', ...RECORD_OPERATIONS],
  description: 'Attach a file to a record: send one of text, base64, path and url.',
  input,
  aliases: {
    ticketId: 'record',
    ticket: 'record',
    fileName: 'name',
    filename: 'name',
    content: 'text',
    data: 'base64',
    file: 'path',
    filePath: 'path',
    isPrivate: 'private',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, signal, plain } = context;
    const { id, label, type } = await namedRecord(given.record, 'documents', 'record', context);
    const file = await fileOf(given, context);
    const find = async (until?: AbortSignal): Promise<ManageRecord | undefined> => {
      const { rows } = await manage.page<ManageRecord>('GET /system/documents', {
        query: { recordType: type, recordId: id },
        pageSize: 200,
        ...(until && { signal: until }),
      });
      return rows.find(({ fileName, size }) => fileName === file.name && Number(size) === file.bytes.length);
    };
    const twin = await find(signal);
    if (twin !== undefined)
      throw new ToolInputError(
        'name',
        `Attachment ${twin.id}, ${plain(twin.fileName)} of the same size, is on ${label} already. Send another name to attach it all the same.`,
      );
    const body: ManageRecord = {
      file,
      recordType: type,
      recordId: id,
      title: given.title ?? file.name,
      ...(given.private !== undefined && { privateFlag: given.private }),
    };
    if (given.dryRun) return legacyPreview([manage.preview('POST /system/documents', { body })], [], `To ${label}`);
    const created = await manage.write('POST /system/documents', { body, settle: find, signal });
    const { bytes } = file;
    return {
      structured: { id: Number(created.id), name: plain(created.fileName ?? file.name), size: bytes.length },
      text: `Attached ${plain(created.fileName ?? file.name)} (${sizeText(bytes.length)}) to ${label} as attachment ${created.id}${given.private ? ', private' : ''}.`,
    };
  },
});

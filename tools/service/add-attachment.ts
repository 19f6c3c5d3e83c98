import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { contentTypeOf, downloadAllowed, LARGEST_FILE, readAllowedFile, sizeText } from '../../src/files/index.ts';
import { inTurns, pause } from '../../src/in-turns.ts';
import { type ManageRecord, Upload } from '../../src/manage/index.ts';
import { cleanLine, fileName, say } from '../../src/text/index.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import {
  defineTool,
  fragments,
  namedRecord,
  RECORD_OPERATIONS,
  sentBody,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  record: z.string().describe('"ticket 4711", "company Acme"'),
  name: z.string().optional().describe('File name'),
  text: fragments.prose().optional(),
  base64: fragments.prose().optional(),
  path: z.string().optional().describe('In the allowed folder'),
  url: fragments.prose('Of an allowed host').optional(),
  title: fragments.prose().optional(),
  private: z.boolean().optional(),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

const SOURCES = ['text', 'base64', 'path', 'url'] as const;

const PRIVATE = say`private: the customer does not see it`;
const PUBLIC = say`public: the customer can see it`;

interface Found {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name?: string;
}

/** Characters that are looked at in one go. */
const PIECE = 512 * 1024;

/** The bytes of base64, looked through in turns with everything else that there is to do. */
async function decoded(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const content = base64.replace(/^data:[^,]*;base64,/i, '');
  const starts = Array.from({ length: Math.ceil(content.length / PIECE) }, (_, index) => index * PIECE);
  const pieces = await inTurns(starts, (start) => content.slice(start, start + PIECE).replace(/\s+/g, ''));
  const plain = pieces.join('');
  const padding = /={0,2}$/.exec(plain.slice(-2))?.[0] ?? '';
  const end = plain.length - padding.length;
  const fits = await inTurns(starts, (start) =>
    /^[A-Za-z0-9+/_-]*$/.test(plain.slice(start, Math.min(end, start + PIECE))),
  );
  if (end === 0 || fits.includes(false))
    throw new ToolInputError('base64', say`base64 is not base64. For plain text, send text instead.`);
  await pause();
  const bytes = Buffer.from(plain, 'base64');
  await pause();
  return bytes;
}

/** How the file comes from each source. */
const READ: Readonly<Record<(typeof SOURCES)[number], (content: string, context: ToolContext) => Promise<Found>>> = {
  text: async (content) => ({ bytes: new Uint8Array(Buffer.from(content, 'utf8')) }),
  base64: async (content) => ({ bytes: await decoded(content) }),
  path: (content, { server }) => readAllowedFile(content, server.files, 'path'),
  url: (content, { server, signal }) => downloadAllowed(content, server.files, 'url', signal),
};

/** The file that the call brings or points to. Exactly one of the four ways is taken. */
async function fileOf(given: Input, context: ToolContext): Promise<Upload> {
  const sources = SOURCES.filter((source) => given[source] !== undefined);
  const [source] = sources;
  if (source === undefined || sources.length > 1)
    throw new ToolInputError(sources[1] ?? 'text', say`Send exactly one of text, base64, path and url.`);
  const content = given[source] ?? '';
  const found = await READ[source](content, context);
  const name = given.name ?? found.name;
  if (name === undefined) throw new ToolInputError('name', say`Send name: what the file is called.`);
  const { bytes } = found;
  if (bytes.length === 0) throw new ToolInputError(source, say`The file is empty.`);
  if (bytes.length > LARGEST_FILE)
    throw new ToolInputError(
      source,
      say`The file has ${sizeText(bytes.length)}; ${sizeText(LARGEST_FILE)} are allowed.`,
    );
  return new Upload(fileName(name), contentTypeOf(name), bytes);
}

export default defineTool({
  name: 'add_attachment',
  title: 'Add attachment',
  toolset: 'service',
  core: true,
  effect: 'create',
  uses: ['POST /system/documents', 'GET /system/documents', ...RECORD_OPERATIONS],
  description: 'Attach a file of at most 7 MB, private by default.',
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
    const { manage } = context;
    const { id, label, type, record } = await namedRecord(given.record, 'documents', 'record', context);
    refuseMerged(record, 'record');
    const file = await fileOf(given, context);
    const alike = async (signal: AbortSignal): Promise<readonly ManageRecord[]> => {
      const query = { recordType: type, recordId: id };
      const documents = await manage.all<ManageRecord>('GET /system/documents', { query, signal });
      return documents.filter(({ fileName, size }) => fileName === file.name && Number(size) === file.bytes.length);
    };
    const nameIn = ({ fileName }: ManageRecord) => cleanLine(fileName ?? file.name);
    const isPrivate = given.private ?? true;
    const body = sentBody({
      file,
      recordType: type,
      recordId: id,
      title: given.title ?? file.name,
      // Manage shows a document in the customer's portal unless it is told not to.
      privateFlag: isPrivate,
    });
    return context.send({
      steps: [
        {
          operation: 'POST /system/documents',
          request: { body },
          does: say`${cleanLine(file.name)} attached`,
          alike,
        },
      ],
      duplicate: given.allowDuplicate
        ? undefined
        : {
            find: async (signal) => (await alike(signal))[0],
            argument: 'name',
            says: (document) =>
              say`Attachment ${Number(document.id)}, ${nameIn(document)} of the same size, is already on ${label}. Send another name, or allowDuplicate: true, to attach it all the same.`,
          },
      dryRun: given.dryRun,
      notes: [say`To ${label}, ${isPrivate ? PRIVATE : PUBLIC}`],
      answer({ made: [created = {}] }) {
        const isShown = typeof created.publicFlag === 'boolean' ? created.publicFlag : !isPrivate;
        const size = sizeText(file.bytes.length);
        return {
          structured: { id: Number(created.id), name: nameIn(created), size: file.bytes.length, private: !isShown },
          text: say`Attached ${nameIn(created)} (${size}) to ${label} as attachment ${Number(created.id)}, ${isShown ? PUBLIC : PRIVATE}.`,
        };
      },
    });
  },
});

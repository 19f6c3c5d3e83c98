import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { contentTypeOf, downloadAllowed, LARGEST_FILE, readAllowedFile, sizeText } from '../../src/files/index.ts';
import { pause } from '../../src/in-turns.ts';
import { type ManageRecord, Upload } from '../../src/manage/index.ts';
import { cleanLine, fileName, lines, say } from '../../src/text/index.ts';
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
  text: fragments.file.optional(),
  base64: fragments.file.optional(),
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

/** Where base64 ends: before its padding, and space around that. */
function endOf(content: string): number {
  const { length } = content.trimEnd();
  const padding = /(?:=\s*){1,2}$/.exec(content.slice(Math.max(0, length - 6), length))?.[0] ?? '';
  return length - padding.length;
}

const notBase64 = (): ToolInputError =>
  new ToolInputError('base64', say`base64 is not base64. For plain text, send text instead.`);

/** The bytes of base64, read in turns with everything else that there is to do. */
async function decoded(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const content = base64.replace(/^data:[^,]*;base64,/i, '');
  const end = endOf(content);
  const bytes = Buffer.alloc(Math.ceil((end * 3) / 4));
  let written = 0;
  let rest = '';
  for (let start = 0; start < end; start += PIECE) {
    await pause();
    const digits = rest + content.slice(start, Math.min(end, start + PIECE)).replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/_-]*$/.test(digits)) throw notBase64();
    // Four digits are three bytes: what is left of the last four belongs to the next ones.
    const whole = start + PIECE < end ? digits.length - (digits.length % 4) : digits.length;
    written += bytes.write(digits.slice(0, whole), written, 'base64');
    rest = digits.slice(whole);
  }
  if (written === 0) throw notBase64();
  return bytes.subarray(0, written);
}

/** How the file comes from each source. */
const READ: Readonly<Record<(typeof SOURCES)[number], (content: string, context: ToolContext) => Promise<Found>>> = {
  text: async (content) => ({ bytes: Buffer.from(content, 'utf8') }),
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
  askedAs:
    /\b(?:attach|upload|put|add|store|keep)\b.*\b(?:files?|documents?|pdfs?|photos?|pictures?|images?|screenshots?|attachments?|scans?)\b/,
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
    const renamed =
      given.name !== undefined && file.name !== given.name.trim()
        ? say`"${cleanLine(given.name)}" is kept as "${cleanLine(file.name)}": a file name has no slashes and such.`
        : undefined;
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
      notes: [say`To ${label}, ${isPrivate ? PRIVATE : PUBLIC}`, renamed],
      answer({ made: [created = {}] }) {
        const isShown = typeof created.publicFlag === 'boolean' ? created.publicFlag : !isPrivate;
        const size = sizeText(file.bytes.length);
        return {
          structured: { id: Number(created.id), name: nameIn(created), size: file.bytes.length, private: !isShown },
          text: lines([
            say`Attached ${nameIn(created)} (${size}) to ${label} as attachment ${Number(created.id)}, ${isShown ? PUBLIC : PRIVATE}.`,
            renamed,
          ]),
        };
      },
    });
  },
});

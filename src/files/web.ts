import { type Clean, cleanLine, say } from '../text/index.ts';
import { type FilePolicy, ToolInputError } from '../tool/index.ts';
import { LARGEST_FILE, sizeText } from './limits.ts';

const MOST_REDIRECTS = 3;
const PATIENCE_MS = 30_000;

function allowedUrl(text: string, { origins }: FilePolicy, argument: string): URL {
  if (origins.length === 0)
    throw new ToolInputError(argument, say`Nothing may be downloaded from the web.`, {
      next: say`An administrator can allow hosts with CWM_ATTACHMENT_URLS.`,
    });
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || !origins.includes(url.origin))
    throw new ToolInputError(argument, say`${cleanLine(argument)}: downloads from there are not allowed.`, {
      allowed: origins,
    });
  return url;
}

const failed = (argument: string, why: Clean): ToolInputError =>
  new ToolInputError(argument, say`${cleanLine(argument)}: the download failed: ${why}.`);

/** Reads a body until it is over, or too large: what a server says of its length is not relied on. */
async function bytesOf(answer: Response, argument: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LARGEST_FILE) throw failed(argument, say`it is larger than ${sizeText(LARGEST_FILE)}`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Downloads from an allowed origin. Redirects are followed within that origin only; nothing of ours is sent along.
 * @throws {ToolInputError} for another origin, a failed download, or too large a file
 */
export async function downloadAllowed(
  text: string,
  policy: FilePolicy,
  argument: string,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  let url = allowedUrl(text, policy, argument);
  const { origin } = url;
  const both = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    for (let hop = 0; ; hop += 1) {
      const answer = await fetch(url, { redirect: 'manual', signal: both });
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (location !== null) {
        await answer.body?.cancel();
        const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
        if (next?.origin !== origin) throw failed(argument, say`it leads to another host`);
        if (hop >= MOST_REDIRECTS) throw failed(argument, say`it leads from one address to the next`);
        url = next;
        continue;
      }
      if (!answer.ok) {
        await answer.body?.cancel();
        throw failed(argument, say`the server answered with status ${answer.status}`);
      }
      const contentType = answer.headers.get('content-type')?.split(';')[0]?.trim() || 'application/octet-stream';
      return { name: nameIn(url), contentType, bytes: await bytesOf(answer, argument) };
    }
  } catch (error) {
    if (error instanceof ToolInputError) throw error;
    signal.throwIfAborted();
    throw failed(argument, both.aborted ? say`it took too long` : say`no connection`);
  }
}

/** The last part of the path. */
function nameIn({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last || 'file';
  }
}

import type { IncomingMessage } from 'node:http';
import { apiFailure } from '../contract/failure.ts';
import type { Form, FormFile } from '../contract/request.ts';

const LONGEST_BODY = 30 * 1024 * 1024;

/** Reads a form. @throws a 400 for anything else. */
export async function readForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Form> {
  const data = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw apiFailure(400, 'The request body is not a valid multipart form.');
  });
  const form = new Map<string, string | FormFile>();
  for (const [name, value] of data) {
    const part =
      typeof value === 'string'
        ? value
        : { name: value.name, contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
    form.set(name.toLowerCase(), part);
  }
  return form;
}

export async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY) throw apiFailure(413, 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

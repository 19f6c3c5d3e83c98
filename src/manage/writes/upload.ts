import type { Operation } from '../../api/index.ts';

/** A file to send, as a member of the body of an operation that takes a form. */
export class Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(name: string, contentType: string, bytes: Uint8Array<ArrayBuffer>) {
    this.name = name;
    this.contentType = contentType;
    this.bytes = bytes;
  }

  /** How it stands in previews and logs: its bytes are nobody's reading. */
  toJSON(): unknown {
    return { name: this.name, contentType: this.contentType, size: this.bytes.length };
  }
}

/** A body in the form in which it goes over the wire. */
export interface EncodedBody {
  readonly data: string | Uint8Array;
  readonly contentType: string;
}

/** The body of a request: JSON, or a form where the operation takes files. Nothing when there is none. */
export async function encodeBody({ request }: Operation, body: unknown): Promise<EncodedBody | undefined> {
  if (body === undefined) return undefined;
  if (request?.kind !== 'multipart') return { data: JSON.stringify(body), contentType: 'application/json' };
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    if (value === undefined || value === null) continue;
    if (value instanceof Upload) form.append(name, new Blob([value.bytes], { type: value.contentType }), value.name);
    else form.append(name, String(value));
  }
  // Encoded here and not by the connection: the same bytes go again when the server turned the first try away.
  const encoded = new Response(form);
  return {
    data: new Uint8Array(await encoded.arrayBuffer()),
    contentType: encoded.headers.get('content-type') ?? 'multipart/form-data',
  };
}

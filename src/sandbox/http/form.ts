import { apiFailure } from '../failure.ts';

/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a `multipart/form-data` body holds, by the names in lower case: they are read in any letter case. */
export type Form = ReadonlyMap<string, string | FormFile>;

/** Reads a form. @throws a 400 for something that is none. */
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

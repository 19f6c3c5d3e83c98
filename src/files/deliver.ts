import { type Clean, cleanLine, say } from '../text/index.ts';
import type { FilePolicy, ToolResult } from '../tool/index.ts';
import { pictureType } from './content.ts';
import { saveAllowedFile } from './folder.ts';
import { LARGEST_SHOWN, sizeText } from './limits.ts';

export interface Delivery {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What the file is, for clients that keep it: `cwm://invoices/12/pdf`. */
  readonly uri: string;
}

/** What is told of a file, for programs. */
type Facts = {
  readonly file: Clean;
  readonly contentType: Clean;
  /** In bytes. */
  readonly size: number;
  /** Where it was saved. */
  readonly path?: Clean;
  /** Whether it is delivered with the answer. */
  readonly delivered?: boolean;
};

type Delivered = Pick<ToolResult<unknown>, 'picture' | 'file'> & {
  /** Where it is now, or why it is nowhere, in a line. */
  readonly said: Clean;
  readonly structured: Facts;
};

/**
 * Hands a file over: into the allowed folder where there is one, else beside the answer, as a picture or as a file for clients
 * that can keep it. One that is too large for both is only told of.
 */
export async function deliver(file: Delivery, policy: FilePolicy, argument: string): Promise<Delivered> {
  const { bytes, uri } = file;
  const name = cleanLine(file.name);
  const size = sizeText(bytes.length);
  const picture = pictureType(bytes);
  const facts = { file: name, contentType: cleanLine(picture ?? file.contentType), size: bytes.length };
  if (policy.directory !== undefined && !policy.readOnly) {
    const path = cleanLine(await saveAllowedFile(file.name, bytes, policy, argument));
    return { said: say`Saved as ${path} (${size})`, structured: { ...facts, path } };
  }
  if (bytes.length > LARGEST_SHOWN)
    return {
      said: policy.readOnly
        ? say`${name} (${size}) is too large to be handed over, and read-only mode saves no file.`
        : say`${name} (${size}) is too large to be handed over; CWM_FILES_DIR can allow a folder to save it to.`,
      structured: { ...facts, delivered: false },
    };
  return {
    said: say`${name} (${size}) is attached.`,
    structured: { ...facts, delivered: true },
    ...(picture === undefined
      ? { file: { uri, contentType: file.contentType, bytes } }
      : { picture: { contentType: picture, bytes } }),
  };
}

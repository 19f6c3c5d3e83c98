/** A file that cannot be made a catalog. The message says what it is and what to do. */
export class DocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentError';
  }
}

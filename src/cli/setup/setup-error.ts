/** Why `setup` stops. Nothing was changed, unless the message says so. */
export class SetupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SetupError';
  }
}

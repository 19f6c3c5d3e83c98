/** Flags or arguments that cannot be understood, or that do not go together: the program ends with 2, as for an unknown flag. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Something that was said about time and cannot be understood, or can be understood in more than one way. */
export class ClockError extends Error {
  /** The argument that carried it. */
  readonly argument: string;

  constructor(argument: string, message: string) {
    super(message);
    this.name = 'ClockError';
    this.argument = argument;
  }
}

/** Whether an argument is in the past or ahead: what is logged, opened or changed in the past, what is due or scheduled ahead. */
export type Direction = 'past' | 'ahead' | 'either';

/** Why a phrase about time was refused. */
export type ClockProblem =
  /** It is not a time, or says more than was understood. */
  | 'unreadable'
  /** It is longer than any phrase about time. */
  | 'tooWordy'
  /** It says a time of day where there are only dates. */
  | 'tooFine'
  /** It names a day but no time of day, where a time is needed. */
  | 'noTime'
  /** It can be read in more than one way. */
  | 'ambiguous'
  /** Two arguments, or two parts of one, contradict each other. */
  | 'contradiction'
  /** The clocks go forward past it. */
  | 'skippedHour'
  /** There is no such date or time. */
  | 'notInCalendar'
  /** It is in the past, and only times ahead are allowed. */
  | 'past'
  /** It is ahead, and only past times are allowed. */
  | 'ahead'
  /** It ends before it starts. */
  | 'order'
  /** It is longer than allowed. */
  | 'tooLong'
  /** Something that is needed was not said. */
  | 'missing';

/** Something that was said about time and cannot be understood, or can be understood in more than one way. */
export class ClockError extends Error {
  /** The argument that carried it. */
  readonly argument: string;
  /** For code; the message is for people. */
  readonly code: ClockProblem;

  constructor(argument: string, code: ClockProblem, message: string) {
    super(message);
    this.name = 'ClockError';
    this.argument = argument;
    this.code = code;
  }
}

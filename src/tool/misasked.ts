import { ClockError } from '../clock/index.ts';
import { AmbiguousName, NameTooLong, NoMember, UnknownName } from '../names/index.ts';
import { QuerySyntaxError, QueryValueError, WhereError } from '../query/index.ts';
import { ConfirmationNeeded, SeveralRefused, ToolInputError } from './errors.ts';

const KINDS = [
  ToolInputError,
  SeveralRefused,
  ConfirmationNeeded,
  ClockError,
  UnknownName,
  AmbiguousName,
  NameTooLong,
  NoMember,
  WhereError,
  QuerySyntaxError,
  QueryValueError,
];

/** Whether a call failed because of how it was made or set up: made again as it is, it would fail again. */
export const isMisasked = (cause: unknown): boolean => KINDS.some((kind) => cause instanceof kind);

import type { FieldProblem } from '../api/validate.ts';
import type { ManageReason } from './reasons.ts';

/** One line of the `errors` list of an answer of Manage. */
export interface ManageFieldError {
  readonly code?: string;
  readonly message: string;
  readonly resource?: string;
  readonly field?: string;
}

export interface ManageErrorDetails {
  /** The operation as `GET /service/tickets/{id}`. */
  readonly operation: string;
  readonly status?: number;
  /** Manage's own code, for example `InvalidObject`. */
  readonly code?: string;
  /** What Manage means, where only its prose says it. */
  readonly reason?: ManageReason;
  /** `x-cw-request-id`, by which ConnectWise's support finds the request. */
  readonly requestId?: string;
  readonly fieldErrors?: readonly ManageFieldError[];
  readonly retryAfterSeconds?: number;
  /** The answer is no JSON: a page of something between us and Manage may say so of what got through. */
  readonly isPage?: boolean;
  readonly cause?: unknown;
}

/** Every failure of a call to Manage. The message is Manage's own where it gave one, as plain text and shortened. */
export abstract class ManageError extends Error {
  abstract readonly kind: string;
  readonly operation: string;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly reason?: ManageReason | undefined;
  readonly requestId?: string | undefined;
  readonly fieldErrors: readonly ManageFieldError[];
  readonly retryAfterSeconds?: number | undefined;
  readonly isPage: boolean;

  constructor(message: string, details: ManageErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.operation = details.operation;
    this.status = details.status;
    this.code = details.code;
    this.reason = details.reason;
    this.requestId = details.requestId;
    this.fieldErrors = details.fieldErrors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.isPage = details.isPage ?? false;
  }
}

/** 400 and other refusals of what was sent. */
export class BadRequest extends ManageError {
  readonly kind = 'badRequest';
}

/** 401: keys, company or client id are wrong. */
export class Unauthorized extends ManageError {
  readonly kind = 'unauthorized';
}

/** 403: the security role of the API member does not allow it. */
export class Forbidden extends ManageError {
  readonly kind = 'forbidden';
}

/** 404: the record, or the endpoint, is not there. */
export class NotFound extends ManageError {
  readonly kind = 'notFound';
}

/** 409: in use, or changed meanwhile. */
export class Conflict extends ManageError {
  readonly kind = 'conflict';
}

/** 429, and still 429 when the deadline came near. */
export class RateLimited extends ManageError {
  readonly kind = 'rateLimited';
}

/** 5xx, or an answer that cannot be read: HTML, truncated JSON. */
export class ServerFailure extends ManageError {
  readonly kind = 'serverFailure';
}

/** No connection, or one that broke. */
export class Unreachable extends ManageError {
  readonly kind = 'unreachable';
}

/** The call's whole time was used up. */
export class DeadlineExceeded extends ManageError {
  readonly kind = 'deadline';
}

/** A redirect to another host: following it would hand the keys to that host. */
export class RedirectRefused extends ManageError {
  readonly kind = 'redirect';
}

/** Refused by us before anything was sent. */
export class InvalidRequest extends ManageError {
  readonly kind = 'invalidRequest';
  readonly problems: readonly FieldProblem[];

  constructor(operation: string, problems: readonly FieldProblem[]) {
    const [first] = problems;
    super(first === undefined ? 'The request is not valid.' : `${first.field} ${first.message}.`, { operation });
    this.problems = problems;
  }
}

/** An operation that the version of the API which is served does not have. */
export class NoSuchOperation extends ManageError {
  readonly kind = 'noSuchOperation';

  /** @param why `needs Manage 2025.1; this site is 2022.1`, where another version has it */
  constructor(operation: string, version: string, why?: string) {
    super(
      why === undefined
        ? `Version ${version} of the API, as the description in use has it, lacks an operation that this needs. Where CWM_CATALOG holds a part only: catalog import --merge.`
        : `${operation} ${why}.`,
      { operation },
    );
  }
}

/** A write while the server is in read-only mode. */
export class ReadOnlyRefused extends ManageError {
  readonly kind = 'readOnly';

  constructor(operation: string) {
    super('The server is in read-only mode (CWM_READ_ONLY); nothing was sent.', { operation });
  }
}

/** A request that the operator's limits do not allow. */
export class NotAllowed extends ManageError {
  readonly kind: string = 'notAllowed';

  constructor(
    operation: string,
    message = "The operator's limits (CWM_ALLOW, CWM_DENY, CWM_LOCKDOWN) do not allow this operation; nothing was sent.",
  ) {
    super(message, { operation });
  }
}

/** A request that the caller's sign-in does not allow. */
export class ScopeMissing extends NotAllowed {
  override readonly kind = 'scopeMissing';

  constructor(operation: string, scope: string) {
    super(operation, `This sign-in does not have the scope ${scope}, which the operation needs; nothing was sent.`);
  }
}

/**
 * A record outside of what the server is confined to. To a caller it is not there, like one that does not exist: nothing tells the
 * two apart.
 */
export class OutOfScope extends NotFound {
  constructor(operation: string, settings: string) {
    super(`There is no such record within ${settings}, which this server is confined to; nothing was changed.`, {
      operation,
    });
  }
}

/** An operation that cannot be confined to some companies or boards, and so is not served where there is a scope. */
export class NotConfinable extends ManageError {
  readonly kind = 'notConfinable';

  constructor(operation: string, settings: string, why: string) {
    super(`This server is confined by ${settings}, and ${why}; nothing was sent.`, { operation });
  }
}

/** A setting that names companies or boards that do not exist. */
export class ScopeError extends ManageError {
  readonly kind = 'scope';

  constructor(message: string) {
    super(message, { operation: 'scope' });
  }
}

/** A webhook to an address that the operator does not allow. */
export class CallbackHostRefused extends ManageError {
  readonly kind = 'callbackHost';

  constructor(operation: string, hosts: readonly string[]) {
    super(`Webhooks may go to these hosts only (CWM_CALLBACK_HOSTS): ${hosts.join(', ')}; nothing was sent.`, {
      operation,
    });
  }
}

/** A write whose answer was lost and that could not be settled: it may or may not have happened. */
export class WriteOutcomeUnknown extends ManageError {
  readonly kind = 'outcomeUnknown';
}

/** More rows than one call reads. */
export class TooMany extends ManageError {
  readonly kind = 'tooMany';
  readonly most: number;

  constructor(operation: string, most: number) {
    const bound = most.toLocaleString('en-US');
    super(`There are more than ${bound} records. Narrow them with a period, a company, a person or conditions.`, {
      operation,
    });
    this.most = most;
  }
}

/** Pages that have no end: the next one is the same again. */
export class EndlessList extends ManageError {
  readonly kind = 'endlessList';

  constructor(operation: string) {
    super('Manage answers with the same page again and again, so the list cannot be read to its end.', { operation });
  }
}

/** An answer that was too large to be read. */
export class AnswerTooLarge extends ManageError {
  readonly kind = 'answerTooLarge';

  /** @param most bytes or rows that an answer may hold, or values that a record may */
  constructor(operation: string, most: number, unit: 'bytes' | 'rows' | 'values' = 'bytes') {
    const size = unit === 'bytes' ? `${most / 1024 / 1024} MB` : `${most.toLocaleString('en-US')} ${unit}`;
    super(`Manage's answer is larger than ${size} and was not read. Ask for fewer rows or fewer fields.`, {
      operation,
    });
  }
}

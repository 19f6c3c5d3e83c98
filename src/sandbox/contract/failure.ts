/** Manage's envelope of errors. */
export interface FailureBody {
  readonly code: string;
  readonly message: string;
  readonly errors?: readonly FieldError[] | null;
}

/** Ends a request with an error of Manage. */
export class Failure extends Error {
  readonly status: number;
  readonly body: FailureBody;

  constructor(status: number, body: FailureBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** `ticket object is invalid`, with a line for each field. */
export const invalidObject = (resource: string, errors: readonly FieldError[]): Failure =>
  new Failure(400, {
    code: 'InvalidObject',
    message: `${resource} object is invalid`,
    errors: errors.map((error) => ({ ...error, resource: error.resource ?? resource })),
  });

export const notFound = (message: string): Failure => new Failure(404, { code: 'NotFound', message });

export const badCondition = (message: string): Failure => new Failure(400, { code: 'ApiFindCondition', message });

export const apiFailure = (status: number, message: string): Failure =>
  new Failure(status, { code: 'ConnectWiseApi', message });

/** `Configuration 7 not found`: what a path or an action names is not there. */
export const missing = (word: string, id: unknown): Failure =>
  notFound(`${spaced(word)} ${String(id ?? '')} not found`);

/** `ServiceNote` is called Service Note in messages. */
export const spaced = (word: string): string => word.replace(/([a-z])([A-Z])/g, '$1 $2');

/** One line of the `errors` list of an `InvalidObject` answer (`code`, `message`, `resource`, `field`). */
export interface FieldError {
  readonly code: string;
  readonly message: string;
  readonly field: string;
  readonly resource?: string;
}

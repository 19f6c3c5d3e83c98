import type { FieldError } from './behaviour.ts';

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

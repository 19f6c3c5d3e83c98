import type { Operation } from '../../api/index.ts';
import type { ActionAnswer } from '../behaviour.ts';
import type { Form } from '../http/form.ts';
import type { Query } from '../list.ts';

/** A request whose operation is known and whose caller may do it. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly query: Query;
  /** The body as it came, and as text. */
  readonly bytes: Buffer;
  readonly text: string;
  /** The body, where it is a form. */
  readonly form?: Form | undefined;
  readonly contentType: string;
  readonly forwardOnly: boolean;
}

export interface OperationAnswer extends ActionAnswer {
  readonly location?: string;
}

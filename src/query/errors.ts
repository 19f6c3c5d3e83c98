/** The text is not in the conditions language. `position` is the offset of the first character that does not fit. */
export class QuerySyntaxError extends Error {
  readonly position: number;
  readonly found: string;
  readonly expected: string;
  /** What stands there as it is written, where it is a token or a character of its own. */
  readonly token: string | undefined;

  constructor(position: number, found: string, expected: string, token?: string) {
    super(`Expected ${expected} at position ${position + 1}, found ${found}.`);
    this.name = 'QuerySyntaxError';
    this.position = position;
    this.found = found;
    this.expected = expected;
    this.token = token;
  }
}

/** A value that cannot be written safely in a query. */
export class QueryValueError extends Error {
  readonly value: string;

  constructor(value: string, reason: string) {
    super(`The value ${JSON.stringify(value.slice(0, 60))} cannot be used in a query: ${reason}.`);
    this.name = 'QueryValueError';
    this.value = value;
  }
}

/** A structured filter that Manage cannot express, or that names what is not there. */
export class WhereError extends Error {
  /** Where in the filter, for example `where[2].field`. */
  readonly at: string;
  readonly closest: readonly string[];

  constructor(at: string, message: string, closest: readonly string[] = []) {
    super(message);
    this.name = 'WhereError';
    this.at = at;
    this.closest = closest;
  }
}

/** A filter or an order that names a field which the schema does not have. */
export class UnknownField extends WhereError {}

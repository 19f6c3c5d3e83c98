// What an API document says, in the form in which it is corrected and compiled: whatever it was read from.

/** A member of a schema as the source declares it. */
export interface SourceField {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'datetime' | 'ref' | 'object' | 'array';
  enum?: string[];
  maxLength?: number;
  nullable?: boolean;
  required?: boolean;
  requiredOnUpdate?: boolean;
  schema?: string;
  items?: SourceField;
  format?: string;
  /** The version that it came with, where that is not the first, and the one that no longer has it. */
  since?: string;
  until?: string;
  /** The same member as later versions have it, each with its `since`, oldest first. */
  later?: SourceField[];
}

export interface SourceParameter {
  name: string;
  in: 'path' | 'query';
  type: 'string' | 'integer' | 'number' | 'boolean';
  required: boolean;
  enum?: string[];
}

/** A request or response body: its content type and what it holds. */
export interface SourceBody {
  contentType: string;
  value: SourceField;
}

export interface SourceOperation {
  id: string;
  method: string;
  path: string;
  parameters: SourceParameter[];
  request?: SourceBody;
  response: { status: number; description: string; body?: SourceBody };
  since?: string;
  until?: string;
}

export interface Source {
  operations: SourceOperation[];
  schemas: Map<string, Map<string, SourceField>>;
}

import type { FieldError } from '../behaviour.ts';

/** Numbers that the document does not bound, but the server does: schema, member, least and greatest. */
const RANGES: Readonly<Record<string, readonly (readonly [member: string, least: number, greatest: number])[]>> = {
  Company: [['yearEstablished', 1900, 9999]],
  UserDefinedField: [['sequenceNumber', 1, 500]],
};

/** Members whose number is out of range, in the server's words. */
export function rangeErrors(schema: string | undefined, record: Readonly<Record<string, unknown>>): FieldError[] {
  return (RANGES[schema ?? ''] ?? []).flatMap(([member, least, greatest]) => {
    const value = record[member];
    return typeof value === 'number' && (value < least || value > greatest)
      ? [
          {
            code: 'OutOfRange',
            message: `The field ${member} must be between ${least} and ${greatest}.`,
            field: member,
          },
        ]
      : [];
  });
}

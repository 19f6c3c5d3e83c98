import type { jsonSchemaValidator } from '@modelcontextprotocol/server';
import { z } from 'zod';

/**
 * Checks what people fill into forms against the form's schema. The protocol library brings a validator for it that is a quarter of
 * all that is read at the start; zod is there already.
 */
export const formAnswers: jsonSchemaValidator = {
  getValidator<T>(schema: object) {
    const form = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return (input: unknown) => {
      const { success, error } = form.safeParse(input);
      return success
        ? { valid: true, data: input as T, errorMessage: undefined }
        : { valid: false, data: undefined, errorMessage: z.prettifyError(error) };
    };
  },
};

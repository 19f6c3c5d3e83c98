import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

/**
 * The members that `clear` empties, each as `null`.
 * @param input the call's arguments
 * @param members what the API calls the fields of `clear`
 * @throws {ToolInputError} for a field that the same call sets
 */
export function cleared<Name extends string>(
  input: { readonly clear?: readonly Name[] | undefined },
  members: Readonly<Record<Name, string>>,
): Record<string, null> {
  const given = input as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    (input.clear ?? []).map((name) => {
      if (given[name] !== undefined)
        throw new ToolInputError(
          'clear',
          say`clear: ${cleanLine(name)} is set in the same call. Send its new value, or clear it.`,
        );
      return [members[name], null];
    }),
  );
}

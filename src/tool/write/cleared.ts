/**
 * The members that `clear` empties, each as `null`. A field that is both set and cleared is refused where arguments are read.
 * @param input the call's arguments
 * @param members what the API calls the fields of `clear`
 */
export const cleared = <Name extends string>(
  { clear = [] }: { readonly clear?: readonly Name[] | undefined },
  members: Readonly<Record<Name, string>>,
): Record<string, null> => Object.fromEntries(clear.map((name) => [members[name], null]));

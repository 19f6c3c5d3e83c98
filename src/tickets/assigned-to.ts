import { any, type Expression, field, likeLiteral } from '../query/index.ts';

/** Tickets that a member owns or works on. `resources` is a text of identifiers with ", " between them; "jo" must not find "john". The owner is a field of its own. */
export function assignedTo(identifier: string): Expression | undefined {
  const name = likeLiteral(identifier);
  return any(
    field('resources', '=', identifier),
    field('resources', 'like', `${name},%`),
    field('resources', 'like', `%, ${name}`),
    field('resources', 'like', `%, ${name},%`),
    field('owner/identifier', '=', identifier),
  );
}

/** Whether an argument for a person says that there is to be none. */
export const saysNobody = (text: string | undefined): boolean =>
  text !== undefined && /^(un-?assigned|nobody|no ?one|none|not assigned|empty|null)$/i.test(text.trim());

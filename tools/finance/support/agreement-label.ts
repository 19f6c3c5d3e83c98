import type { Named } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';

/** `Managed Services 2026 of Acme Dental Group (id 2)`: many customers have an agreement of one name. */
export function agreementLabel({ id, label, hint }: Named): Clean {
  const customer = hint === undefined ? say`` : say` of ${cleanLine(hint)}`;
  return say`${cleanLine(label)}${customer} (id ${id})`;
}

import type { ManageRecord, Whole } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** How the parts of a ticket are told apart. */
export interface Parts {
  readonly argument: 'task' | 'note';
  /** What a part says. */
  text(part: ManageRecord): unknown;
  /** A part in a list of those to choose from. */
  line(part: ManageRecord): Clean;
}

/** The task or note of a ticket that is meant: by its id, its whole text, or words of it that no other has. */
export function partMeant(given: string, parts: Whole<ManageRecord>, { argument, text, line }: Parts): ManageRecord {
  const words = cleanLine(given).toLowerCase();
  const byId = parts.find(({ id }) => String(id) === words.replace('#', ''));
  if (byId !== undefined) return byId;
  const called = (part: ManageRecord): string => cleanLine(text(part)).toLowerCase();
  const whole = parts.filter((part) => called(part) === words);
  const fits = whole.length > 0 ? whole : parts.filter((part) => called(part).includes(words));
  const [only] = fits;
  if (only !== undefined && fits.length === 1) return only;
  const said = cleanLine(JSON.stringify(given));
  throw new ToolInputError(
    argument,
    fits.length > 1
      ? say`${argument}: several ${argument}s fit ${said}; send the id.`
      : say`${argument}: no ${argument} of the ticket is ${said}.`,
    { allowed: (fits.length > 1 ? fits : parts).map(line) },
  );
}

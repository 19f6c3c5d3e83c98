import type { Taken } from '../names/index.ts';
import { cleanLine } from '../text/index.ts';
import type { ToolDefinition } from '../tool/index.ts';

/** `catalogItem` as people say it. */
const kindWords = (kind: string): string => kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

const isSaid = (text: string, { record }: Taken): boolean =>
  text.includes(cleanLine(record.label)) && new RegExp(`\\bid\\W{1,3}${record.id}(?!\\d)`).test(text);

/**
 * What an answer has to add about the names that a call resolved: which record was taken for a name that is not its own, and,
 * for a write or its preview, every record that the text does not name with its id. Empty when there is nothing to add.
 */
export function takenLines(tool: ToolDefinition, text: string, taken: readonly Taken[]): readonly string[] {
  const notes = taken.flatMap(({ record: { note } }) => (note === undefined ? [] : [cleanLine(note)]));
  const said = [...new Set(notes)].map((note) => `${note[0]?.toUpperCase()}${note.slice(1)}.`);
  if (tool.effect === 'read') return said;
  const unsaid = taken
    .filter((one) => !isSaid(text, one))
    .map(({ kind, record }) => `${kindWords(kind)} ${cleanLine(record.label)} (id ${record.id})`);
  return unsaid.length === 0 ? said : [...said, `Resolved: ${[...new Set(unsaid)].join(', ')}.`];
}

import { type SaidPeriod, withoutZone } from '../../clock/index.ts';
import type { CallNames, Named, Taken } from '../../names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../text/index.ts';
import type { Effect } from '../define-tool.ts';
import type { Amount } from './lenient.ts';

/**
 * What was read into a call: the records that names were found to mean, and how phrases of time were understood. A write names all
 * of it, in its preview and in its answer; a read names what was not said in so many words.
 */
export class Understood {
  /** The names of this call, which remember what they resolved. Every tool gets these, so that none can forget to say it. */
  readonly names: CallNames;
  /** Amounts that came with a currency, which has to be that of the record that they go into. */
  readonly amounts: Amount[] = [];
  readonly #periods = new Map<string, Clean>();
  readonly #remarks = new Set<Clean>();

  constructor(names: CallNames) {
    this.names = names;
  }

  /** How a period was read; once more for one that a tool read in a member's own zone. */
  period(argument: string, { echo }: SaidPeriod): void {
    this.#periods.set(argument, say`${cleanLine(argument)}: ${cleanLine(echo)}`);
  }

  /** How an argument was read, where the answer has to say it. */
  remark(text: Clean): void {
    this.#remarks.add(text);
  }

  /** A custom field that came without a value: nothing was given for it. */
  withoutValue(argument: string, name: string): void {
    this.remark(
      say`${cleanLine(argument)}: ${cleanLine(name)} came without a value and was not emptied; clear: true beside its caption empties it.`,
    );
  }

  /** Every record that the call resolved, by name and id, for what a person is asked. */
  records(text: Clean): Clean {
    const unsaid = this.names.taken
      .filter((one) => !isSaid(text, one))
      .map(({ kind, record }) => recordLine(kind, record));
    return unsaid.length === 0 ? say`` : say`Resolved: ${joined([...new Set(unsaid)], ', ')}.`;
  }

  /** A text of an answer with what was read into the call: periods before it; corrected names, and the records of a write, after it. */
  around(text: Clean, effect: Effect): Clean {
    const { before, after } = this.beside(text, effect);
    return lines([...before, text, ...after]);
  }

  /** How names were read that were not the records' own, also for an answer that refuses: the record may not be the one that was meant. */
  get corrections(): readonly Clean[] {
    const notes = this.names.taken.flatMap(({ record }) => [
      ...(record.note === undefined ? [] : [sentence(record.note)]),
      ...(record.deleted ? [say`${cleanLine(record.label)} (id ${record.id}) is deleted.`] : []),
    ]);
    return [...new Set(notes)];
  }

  /** What `around` adds to a text. */
  beside(text: Clean, effect: Effect): { readonly before: readonly Clean[]; readonly after: readonly Clean[] } {
    const records = effect === 'read' ? say`` : this.records(text);
    return {
      // A tool that counts each member's own days says the days without a zone.
      before: [...new Set(this.#periods.values())].filter((period) => !text.includes(withoutZone(period))),
      after: [...this.#remarks, ...this.corrections, ...(records === '' ? [] : [records])],
    };
  }
}

/** `catalogItem` as people say it. */
const kindWords = (kind: string): Clean => cleanLine(kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`));

const recordLine = (kind: string, { label, id }: Named): Clean =>
  say`${kindWords(kind)} ${cleanLine(label)} (id ${id})`;

const sentence = (note: string): Clean => say`${cleanLine(note.charAt(0).toUpperCase())}${cleanLine(note.slice(1))}.`;

/** Whether a text names a record by name and id. A bare number may be anything: the 1 of "Priority 1" is not its id. */
const isSaid = (text: Clean, { record: { label, id } }: Taken): boolean =>
  text.includes(cleanLine(label)) && new RegExp(`(?:\\bid\\W{1,3}|\\()${id}(?!\\d)|\\b${id}(?:: | \\()`).test(text);

import { closest } from '../api/closest.ts';
import type { Named } from './names.ts';

/** In lower case and without accents: people type "Theo" for "Théo". */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();

/** Everything that a record answers to, folded. */
export function answersTo({ label, identifier, record }: Named): string[] {
  const mail = [record.officeEmail, record.primaryEmail].filter((value) => typeof value === 'string');
  const items = Array.isArray(record.communicationItems)
    ? (record.communicationItems as { value?: unknown }[]).map(({ value }) => value)
    : [];
  return [label, identifier, record.wbsCode, record.serialNumber, record.tagNumber, ...mail, ...items]
    .filter((value): value is string => typeof value === 'string')
    .map(folded);
}

const words = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
const initials = (label: string): string =>
  words(folded(label))
    .map((word) => word[0])
    .join('');

const titleOf = ({ record }: Named): string | undefined =>
  typeof record.title === 'string' ? folded(record.title) : undefined;

const LEGAL_FORM = /(?<![\s,])[\s,]+(inc|llc|llp|ltd|limited|corp|corporation|co|company|gmbh|ag|plc|sa|bv)\.?$/;

/** A company's name without its legal form: `acme, inc.` gives `acme`. */
export const withoutLegalForm = (text: string): string => text.replace(LEGAL_FORM, '');

/**
 * The records that a text means, by the strongest reading that fits any: the whole name or identifier; the initials of a person;
 * the beginning of the name; whole words of it; a part of it. More than one record means that the text is ambiguous.
 */
export function fitting(given: string, candidates: readonly Named[], people: boolean): Named[] {
  const text = folded(given.trim());
  if (text === '') return [];
  const squeezed = words(text).join('');
  const readings: ((candidate: Named) => boolean)[] = [
    (candidate) => answersTo(candidate).includes(text),
    (candidate) => people && text.length >= 2 && initials(candidate.label) === text.replace(/\W/g, ''),
    // "P1" is "Priority 1 - Critical".
    (candidate) => /^[a-z]+\d+$/.test(text) && initials(candidate.label).startsWith(text),
    (candidate) =>
      words(text).length > 0 &&
      words(text).every((word) => answersTo(candidate).some((name) => words(name).includes(word))),
    (candidate) => answersTo(candidate).some((name) => name.startsWith(text)),
    (candidate) => text.length >= 2 && answersTo(candidate).some((name) => name.includes(text)),
    // "The office manager": people at a customer are known by what they do.
    (candidate) => people && titleOf(candidate) === text.replace(/^(the|their|our)\s+/, ''),
    // "OBrien", "HelpDesk": without what stands between the letters.
    (candidate) => squeezed.length >= 3 && answersTo(candidate).some((name) => words(name).join('').includes(squeezed)),
    // "HD" for "Help Desk".
    (candidate) => !people && /^[a-z]{2,4}$/.test(text) && initials(candidate.label) === text,
    // "Acme, Inc." for "Acme Corporation": people give companies the legal form that they remember.
    (candidate) =>
      !people &&
      text !== withoutLegalForm(text) &&
      words(withoutLegalForm(text)).every((word) => answersTo(candidate).some((name) => words(name).includes(word))),
  ];
  for (const reading of readings) {
    const found = candidates.filter(reading);
    if (found.length > 0) return found;
  }
  return [];
}

/** The labels that are nearest to a text which nothing fits. */
export function nearest(given: string, candidates: readonly Named[]): string[] {
  const known = candidates.flatMap(({ label, identifier }) =>
    identifier === undefined ? [label] : [label, identifier],
  );
  const byFolded = new Map(known.map((label) => [folded(label), label]));
  return closest(folded(given), byFolded.keys(), 3).map((label) => byFolded.get(label) ?? label);
}

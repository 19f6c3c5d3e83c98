import type { z } from 'zod';
import { closest } from '../../api/closest.ts';
import { isRecord } from '../../json.ts';
import { TOOLSETS } from '../../tool/define-tool.ts';
import { SCOPES } from '../caller.ts';

/** The shortest token that is taken, in characters. */
export const SHORTEST_TOKEN = 24;

/** What each field of a person has to be, for whoever wrote something else there. */
const RULES: Readonly<Record<string, string>> = {
  name: 'has to be what the person is called, at most 80 characters',
  token: `has to be text of at least ${SHORTEST_TOKEN} characters`,
  tokenHash: 'has to be sha256: with 64 hexadecimal digits behind it',
  signIn: "has to be what the provider's token calls the person",
  member: 'has to be the identifier, e-mail address or id of the member',
  scopes: `has to be one or several of ${SCOPES.join(', ')}`,
  toolsets: `has to be a list of all, ${TOOLSETS.join(', ')}`,
  timeZone: 'has to be an IANA zone like Europe/London',
};
const FIELDS = Object.keys(RULES);

const LIST = 'it has to hold people, a list with an entry for each person';

/** Who an entry is, for whoever looks for it in the file: by name where it has one, and by its place, from 1. */
function whoIs(content: unknown, index: number): string {
  const people = isRecord(content) && Array.isArray(content.people) ? content.people : [];
  const entry: unknown = people[index];
  const name = isRecord(entry) && typeof entry.name === 'string' ? entry.name.trim().slice(0, 80) : '';
  return name === '' ? `person ${index + 1}` : `person ${index + 1} (${name})`;
}

function unknownField(name: string): string {
  const [near] = closest(name, FIELDS, 1);
  return `there is no field ${JSON.stringify(name)}.${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${FIELDS.join(', ')}`;
}

/**
 * What is wrong with a people file: whom it is about, which field, and what is allowed there; never what stands there, which can be a
 * token. A field that is wrong in several ways is said once.
 * @param content of the file
 */
export function peopleProblems(content: unknown, issues: readonly z.core.$ZodIssue[]): string[] {
  const problems = issues.flatMap((issue): string[] => {
    const [list, index, field] = issue.path;
    if (issue.code === 'unrecognized_keys' && list === undefined)
      return [`${issue.keys.join(', ')} cannot stand beside people`];
    if (list !== 'people' || typeof index !== 'number') return [LIST];
    const who = whoIs(content, index);
    if (issue.code === 'unrecognized_keys' && field === undefined)
      return issue.keys.map((name) => `${who}: ${unknownField(name)}`);
    if (field === undefined)
      return [`${who}: ${issue.code === 'custom' ? issue.message : `it has to have ${FIELDS.join(', ')}`}`];
    const entry = (content as { people: Record<string, unknown>[] }).people[index];
    const isMissing = entry?.[String(field)] === undefined || entry[String(field)] === null;
    return [`${who}: ${String(field)} ${isMissing ? 'is missing: it ' : ''}${RULES[String(field)] ?? issue.message}`];
  });
  return [...new Set(problems)];
}

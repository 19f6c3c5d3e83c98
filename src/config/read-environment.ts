import { readFileSync } from 'node:fs';
import { closest } from '../api/closest.ts';
import { shownPath } from '../may-be-key.ts';
import { NAMES, NEVER_EMPTY, VARIABLES, type Variable } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The values that are set, by our own names, and what is wrong with how they are set. */
export interface ReadEnvironment {
  readonly values: ReadonlyMap<Variable, string>;
  /** Variables that are set in some form, also where no value can be had from it. */
  readonly named: ReadonlySet<Variable>;
  readonly problems: readonly string[];
}

/** What a host of MCP bundles hands over for a field that its user left empty: the placeholder itself. */
const UNFILLED = /^\$\{user_config\.[^}]*\}$/;
/** Anything else that a host should have put a value in place of, and did not. */
const PLACEHOLDER = /^\$\{[^}]*\}$/;

/** Whether a variable has no value: it is not there, blank, or a bundle's field that nobody filled in. */
export const isUnset = (value: string | undefined): boolean =>
  value === undefined || value.trim() === '' || UNFILLED.test(value.trim());

interface Source {
  readonly name: string;
  readonly value: string;
}

const namesOf = (variable: Variable): string[] => [variable, ...VARIABLES[variable]];

function sourcesOf(variable: Variable, environment: Environment, problems: string[]): Source[] {
  const names = namesOf(variable);
  return names.flatMap((name): Source[] => {
    const own = environment[name]?.trim() ?? '';
    const file = environment[`${name}_FILE`]?.trim() ?? '';
    // Commas alone name nothing either.
    if (environment[name] !== undefined && own.replace(/[,\s"]/g, '') === '' && NEVER_EMPTY.has(variable))
      problems.push(`${name} is empty: give it a value, or leave it out.`);
    const fromFile = isUnset(file) ? undefined : readFile(name, file, problems);
    const isFilled = !isUnset(own) && isFilledIn(name, own, problems);
    return [
      ...(isFilled ? [{ name, value: own }] : []),
      ...(fromFile === undefined ? [] : [{ name: `${name}_FILE`, value: fromFile }]),
    ];
  });
}

/** A placeholder that was not replaced would go to Manage as a key. */
function isFilledIn(name: string, value: string, problems: string[]): boolean {
  if (!PLACEHOLDER.test(value)) return true;
  problems.push(`${name} is ${value}: whatever starts the server did not put a value in its place.`);
  return false;
}

function readFile(name: string, file: string, problems: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '') return text;
    problems.push(`${name}_FILE: the file ${shownPath(file)} is empty.`);
  } catch {
    problems.push(`${name}_FILE: the file ${shownPath(file)} cannot be read.`);
  }
  return undefined;
}

/** Variables that begin like ours but are not ours: a slip would otherwise go unnoticed. */
function unknownNames(environment: Environment): string[] {
  const known = new Set<string>(['CWM_SETTINGS', ...NAMES.flatMap((name) => [name, `${name}_FILE`])]);
  return Object.keys(environment)
    .filter((name) => name.startsWith('CWM_') && !known.has(name))
    .map((name) => {
      const [near] = closest(name, known, 1);
      return `${name} is not known.${near === undefined ? '' : ` Did you mean ${near}?`}`;
    });
}

/** Reads our variables, the `_FILE` form of each, and the names of other servers. Two that contradict each other are a problem. */
export function readEnvironment(environment: Environment): ReadEnvironment {
  const problems = unknownNames(environment);
  const values = new Map<Variable, string>();
  for (const variable of NAMES) {
    const sources = sourcesOf(variable, environment, problems);
    const [first, ...others] = sources;
    if (first === undefined) continue;
    const contradiction = others.find(({ value }) => value !== first.value);
    if (contradiction !== undefined)
      problems.push(`${first.name} and ${contradiction.name} contradict each other; set only one of them.`);
    values.set(variable, first.value);
  }
  const isNamed = (name: string): boolean => !isUnset(environment[name]) || !isUnset(environment[`${name}_FILE`]);
  return { values, problems, named: new Set(NAMES.filter((variable) => namesOf(variable).some(isNamed))) };
}

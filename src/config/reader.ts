import { quotedSetting } from '../may-be-key.ts';
import { type Environment, readEnvironment } from './read-environment.ts';
import type { Variable } from './variables.ts';

/** Reads settings and gathers what is wrong with them. */
export class Reader {
  readonly problems: string[];
  readonly #values: ReadonlyMap<Variable, string>;
  readonly #named: ReadonlySet<Variable>;

  constructor(environment: Environment) {
    const { values, problems, named } = readEnvironment(environment);
    this.#values = values;
    this.#named = named;
    this.problems = [...problems];
  }

  text(variable: Variable): string | undefined {
    return this.#values.get(variable);
  }

  /** Whether nobody set it in any form. A form that gives no value is a problem of its own. */
  isMissing(variable: Variable): boolean {
    return !this.#named.has(variable);
  }

  /**
   * Words, not truthiness: "false" is false, and a word that is neither is a mistake.
   * @param also one more word that the setting takes beside on and off
   */
  flag(variable: Variable, { fallback = false, also }: { fallback?: boolean; also?: string } = {}): boolean {
    const text = this.text(variable)?.toLowerCase();
    if (text === undefined) return fallback;
    const isSwitch = also !== undefined;
    if (['false', '0', 'no'].includes(text) || (isSwitch && text === 'off')) return false;
    if (['true', '1', 'yes'].includes(text) || (isSwitch && text === 'on')) return true;
    const words = isSwitch ? `on, off or ${also}` : 'true or false';
    this.problems.push(`${variable} has to be ${words}, not ${quotedSetting(text)}.`);
    return false;
  }

  whole(variable: Variable, fallback: number, least: number, most: number): number {
    const text = this.text(variable);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    this.problems.push(`${variable} has to be a whole number from ${least} to ${most}, not ${quotedSetting(text)}.`);
    return fallback;
  }

  list(variable: Variable): string[] {
    return (this.text(variable) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** Values separated by commas; one that holds a comma stands in double quotes. */
  quotedList(variable: Variable): string[] {
    const parts = (this.text(variable) ?? '').match(/\s*"[^"]*"\s*|[^,]+/g) ?? [];
    return parts
      .map((part) =>
        part
          .trim()
          .replace(/^"(.*)"$/s, '$1')
          .trim(),
      )
      .filter((part) => part !== '');
  }
}

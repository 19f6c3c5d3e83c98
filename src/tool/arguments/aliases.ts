/** The argument that an invented name means, and where it says it in another form, how it is turned into that argument's. */
export type Alias =
  | string
  | {
      readonly argument: string;
      /** Gets the value, and everything that was sent with it. `undefined` when it says nothing. */
      as(value: unknown, given: Readonly<Record<string, unknown>>): unknown;
    }
  | {
      /** What to do for what is meant, which this tool does not do. */
      readonly instead: string;
    };

export type Aliases = Readonly<Record<string, Alias>>;

/** The name of the argument that an alias leads to; `undefined` for what another tool does. */
export const argumentOf = (alias: Alias): string | undefined =>
  typeof alias === 'string' ? alias : 'argument' in alias ? alias.argument : undefined;

/** A bare number of minutes for an argument that takes lengths of time. */
export const minutesFor = (argument: string): Alias => ({
  argument,
  as: (value) => (/^\s*\d+(\.\d+)?\s*$/.test(String(value)) ? `${value} minutes` : value),
});

/** A switch that means one of two values of another argument. */
export const switchFor = (argument: string, on: unknown, off?: unknown): Alias => ({
  argument,
  as: (value) => (/^(true|yes|1)$/i.test(String(value)) ? on : off),
});

const FROM = ['from', 'startDate', 'dateFrom', 'fromDate', 'start', 'after', 'since', 'dateStart'] as const;
const TO = ['to', 'endDate', 'dateTo', 'toDate', 'end', 'before', 'until', 'dateEnd'] as const;

const firstOf = (given: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined => {
  const name = names.find((candidate) => given[candidate] !== undefined && given[candidate] !== null);
  return name === undefined ? undefined : String(given[name]);
};

/** A pair of dates, under any of the names that models give them, for an argument that takes a period. */
export function datesFor(argument: string): Aliases {
  const alias: Alias = {
    argument,
    as(_, given) {
      const [from, to] = [firstOf(given, FROM), firstOf(given, TO)];
      if (from === undefined) return to === undefined ? undefined : `until ${to}`;
      return to === undefined ? `since ${from}` : `${from}..${to}`;
    },
  };
  return Object.fromEntries([...FROM, ...TO].map((name) => [name, alias]));
}

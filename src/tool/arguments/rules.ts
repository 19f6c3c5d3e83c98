import { z } from 'zod';
import type { Direction } from '../../clock/index.ts';
import type { Named, NameKind, NameScope } from '../../names/index.ts';

/** A name whose scope only the tool knows, such as a status: which one is meant depends on the ticket's board. */
export interface NameWithin {
  readonly given: string;
  /** @throws as `Names.resolve` */
  within(scope: NameScope): Promise<Named>;
}

/**
 * What the text of an argument stands for. The rule is attached to the argument's schema by a fragment and carried out by
 * `resolveArguments`, so that a tool gets records and instants, not strings.
 */
export type Rule =
  | {
      readonly reads: 'name';
      readonly kind: NameKind;
      /** The argument whose record narrows the name: a contact is one `of` the company. */
      readonly of: string | undefined;
      readonly many: boolean;
      /** Inactive records may be meant, too: for filters. */
      readonly inactive: boolean;
      /** "all" and "any" are not filters. */
      readonly filter: boolean;
      /** The tool says later within which record the name is looked for. */
      readonly later: boolean;
      /** Left out, it is the default contact of the record that it is `of`. */
      readonly orDefault: boolean;
    }
  | { readonly reads: 'moment'; readonly direction: Direction; readonly dayMeans: string | undefined }
  | {
      readonly reads: 'day';
      readonly direction: Direction;
      /** The argument with the day that this one does not come before. */
      readonly after: string | undefined;
      /** Days on the other side of today are refused. */
      readonly only: boolean;
    }
  | {
      readonly reads: 'period';
      readonly direction: Direction;
      /** Yes and no are taken, too. */
      readonly orSwitch: boolean;
      /** What it is about has dates without a time. */
      readonly days: boolean;
    }
  | { readonly reads: 'length'; readonly unit: 'hours' | 'minutes' | 'unsaid'; readonly most: number }
  /** A number that may be written as what it counts: `$1,250.00`, `5 seats`, `40 hours`, a row count, an id. */
  | {
      readonly reads: 'number';
      readonly counts: 'money' | 'items' | 'hours' | 'rows' | 'id';
      /** Whether it is paid: there are no parts of a cent. */
      readonly inCents?: boolean;
      /** Of an agreement's balance, which may count hours or incidents in the place of money. */
      readonly orUnits?: boolean;
      /** The least that means something: `some` is more than none. A schema cannot say that to every host. */
      readonly least?: 'some' | 'none';
    }
  /** A phone number or the address of a website, stored as it was sent. */
  | { readonly reads: 'phone' }
  | { readonly reads: 'website' }
  /** A list of `{[key], value}`, which the tool gets as an object of values by name. */
  | { readonly reads: 'values'; readonly key: string }
  /** A list of fields or columns, which no name of one has a comma in: several may come in one text. */
  | { readonly reads: 'fields' }
  /** Text that a person reads, stored as it was sent. */
  | {
      readonly reads: 'prose';
      /** What a file holds, which is longer than any text that is read. */
      readonly isFile?: boolean;
    }
  | {
      readonly reads: 'verbatim';
      /** The query of an address, `pageSize=2&page=3`, is taken as well. */
      readonly isQuery: boolean;
    };

const registry = z.registry<Rule>();

/** A schema with a rule. The rule survives `describe` and `optional`. */
export function withRule<T extends z.ZodType>(schema: T, rule: Rule): T {
  registry.add(schema, rule);
  return schema;
}

/** The rule of an argument's schema, through `optional`, `default` and the like. */
export function ruleOf(schema: unknown): Rule | undefined {
  let inner = schema as (z.ZodType & { unwrap?: () => unknown }) | undefined;
  while (inner !== undefined) {
    const rule = registry.get(inner);
    if (rule !== undefined) return rule;
    inner = typeof inner.unwrap === 'function' ? (inner.unwrap() as typeof inner) : undefined;
  }
  return undefined;
}

/** Whether an argument is passed on as it was sent, empty members included: bodies and filters of the API itself. */
export function verbatimRule(schema: unknown): Extract<Rule, { reads: 'verbatim' }> | undefined {
  const rule = ruleOf(schema);
  return rule?.reads === 'verbatim' ? rule : undefined;
}

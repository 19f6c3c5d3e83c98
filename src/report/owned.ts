import type { Collection } from './collection.ts';
import { bareTerm, type DimensionName, dimensionNamed } from './dimensions.ts';

/** The records that people put before a dimension that many kinds of records have, by what a collection calls its own. */
const RECORDS: Readonly<Record<string, RegExp>> = {
  activity: /activities$/,
  asset: /configurations$/,
  configuration: /configurations$/,
  deal: /opportunities$/,
  device: /configurations$/,
  expense: /expenses$/,
  invoice: /invoices$/,
  opportunity: /opportunities$/,
  product: /products$/,
  project: /^projects$/,
  purchaseorder: /purchase orders$/,
  schedule: /schedule entries$/,
  serviceticket: /service tickets$/,
  ticket: /tickets$/,
};

/** A dimension of one kind of records: the type of configurations, in `configurationType`. */
export interface Owned {
  /** As it was said. */
  readonly said: string;
  readonly dimension: DimensionName;
  /** What a collection of such records calls them. */
  readonly of: RegExp;
}

/** What `configurationType` and `invoice status` mean; `undefined` for words that are dimensions themselves, or that name no record. */
export function ownedDimension(said: string): Owned | undefined {
  if (dimensionNamed(said) !== undefined) return undefined;
  const [, record = '', member = ''] = /^(.+?)(subtype|type|status)(?:e?s)?$/.exec(bareTerm(said)) ?? [];
  const of = RECORDS[record];
  const dimension = dimensionNamed(member);
  return of === undefined || dimension === undefined ? undefined : { said, dimension, of };
}

/** Whether the dimension is of the records of a collection, or of the tickets that they are for: tickets have no type of configurations. */
export function isOf({ dimension, of }: Owned, { noun, ways }: Collection): boolean {
  const way = ways[dimension];
  return way !== undefined && of.test(way.through?.lookUp === 'ticket' ? 'service tickets' : noun);
}

import { isRecord } from '../json.ts';
import { type Clean, clean, cleanLine } from './clean.ts';
import { cut } from './say.ts';

/** JSON whose every text and key is clean. */
export type CleanValue =
  | Clean
  | number
  | boolean
  | null
  | readonly CleanValue[]
  | { readonly [key: string]: CleanValue | undefined };

/**
 * A type of a result as it has to be handed out: `string` becomes {@link Clean}, `unknown` becomes {@link CleanValue}; words
 * of our own, numbers and switches stay.
 */
export type Cleaned<T> = 0 extends 1 & T
  ? CleanValue
  : unknown extends T
    ? CleanValue | undefined
    : T extends Clean
      ? T
      : T extends string
        ? Record<never, never> extends Record<T, 1>
          ? Clean
          : T
        : T extends object
          ? { [Key in keyof T]: Cleaned<T[Key]> }
          : T;

/** Names that mean something to JavaScript when an object has them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const LONGEST_CAPTION = 100;
/** A name of which cleaning leaves everything: those of Manage's members are all like this. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9]{0,98}$/;

/** A clean name for a member of a structured result: one line, never empty, none that JavaScript gives a meaning. */
export function caption(outside: unknown): Clean {
  if (typeof outside === 'string' && PLAIN_NAME.test(outside) && !RESERVED.has(outside)) return outside as Clean;
  const name = cut(cleanLine(outside), LONGEST_CAPTION);
  if (name === '') return 'unnamed' as Clean;
  return RESERVED.has(name) ? (`${name} (field)` as Clean) : name;
}

/** Deeper than any record of Manage. */
const DEEPEST = 20;
/** More values than an answer may hold. */
const MOST_VALUES = 50_000;

interface Budget {
  left: number;
}

function valueWithin(value: unknown, depth: number, budget: Budget): CleanValue {
  budget.left -= 1;
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value === 'boolean') return value;
  if (depth === 0 && typeof value === 'object') return '[cut: too deep]' as Clean;
  if (Array.isArray(value)) return listWithin(value, depth, budget);
  if (!isRecord(value) || value instanceof Date) return clean(value);
  const cleaned: Record<Clean, CleanValue> = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (budget.left <= 0) {
      cleaned[caption('cut')] = '[cut: more members]' as Clean;
      break;
    }
    const name = caption(key);
    // Two keys can look the same once cleaned; neither may hide the other.
    let free = name;
    for (let count = 2; Object.hasOwn(cleaned, free); count += 1) free = `${name} (${count})` as Clean;
    cleaned[free] = valueWithin(member, depth - 1, budget);
  }
  return cleaned;
}

function listWithin(list: readonly unknown[], depth: number, budget: Budget): CleanValue {
  const cleaned: CleanValue[] = [];
  for (const [index, item] of list.entries()) {
    if (budget.left <= 0) {
      cleaned.push(`[cut: ${list.length - index} more]` as Clean);
      break;
    }
    cleaned.push(valueWithin(item, depth - 1, budget));
  }
  return cleaned;
}

/**
 * A value from outside for structured content: every text and every key clean, members that are `undefined` left out. What is
 * nested deeper than 20 levels or comes after 50,000 values is cut, and marked as cut.
 */
export const cleanValue = (value: unknown): CleanValue => valueWithin(value, DEEPEST, { left: MOST_VALUES });

/** A record of facts with every text and key in it clean, of the same shape. */
export const cleanFacts = <T extends object>(facts: T): Cleaned<T> => cleanValue(facts) as Cleaned<T>;

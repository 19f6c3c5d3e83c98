import { isIP } from 'node:net';
import type { DateTime } from 'luxon';
import { ClockError, readDay } from '../../clock/index.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { folded } from '../../names/index.ts';
import { field, percentSaid } from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import { directionOf } from '../results/narrowed.ts';
import { readable } from '../results/record-view.ts';
import { CUSTOM_FIELD_SETUP } from '../results/where-custom-fields.ts';

/** A custom field as a record carries it. */
export interface CustomField {
  readonly id: number;
  readonly caption: string;
  readonly type?: string;
  /** `List` and `Option` have choices. */
  readonly entryMethod?: string;
  readonly numberOfDecimals?: number;
  readonly value?: unknown;
}

/** Choices by the id of their field, as the set-up spells them. */
export type Choices = ReadonlyMap<number, readonly string[]>;

const hasChoices = ({ entryMethod = '' }: CustomField): boolean => /^(list|option)$/i.test(entryMethod);

/**
 * The active choices of those fields that have any. A record does not carry them: they are in the set-up. Where the security role
 * may not read it, the choices are not known and any value passes.
 */
export async function choicesOf(
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
  fields: readonly CustomField[],
): Promise<Choices> {
  const ids = fields.filter(hasChoices).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const conditions = field('id', 'in', ids);
  const found = await readable(manage.all<ManageRecord>(CUSTOM_FIELD_SETUP, { conditions, signal }));
  return new Map(
    (found ?? []).map(({ id, options }) => [
      Number(id),
      ((options ?? []) as readonly ManageRecord[])
        .filter(({ inactiveFlag }) => inactiveFlag !== true)
        .map(({ optionValue }) => String(optionValue)),
    ]),
  );
}

const refuse = ({ caption }: CustomField, given: unknown, wanted: Clean): never => {
  throw new ToolInputError(
    'customFields',
    say`customFields: ${cleanLine(caption)} has to be ${wanted}; "${cleanLine(given)}" is not.`,
  );
};

/** The choice that a value means: the same letters and digits in any case. @throws {ToolInputError} with the choices */
function choiceFor(custom: CustomField, value: unknown, choices: readonly string[]): string {
  const text = String(value);
  const found = choices.find((choice) => choice === text) ?? choices.find((choice) => folded(choice) === folded(text));
  if (found !== undefined) return found;
  throw new ToolInputError(
    'customFields',
    say`customFields: "${cleanLine(text)}" is not a choice of ${cleanLine(custom.caption)}.`,
    { allowed: choices.map(cleanLine) },
  );
}

function numberFor(custom: CustomField, value: unknown): number {
  const { numberOfDecimals = 0, type } = custom;
  const said = typeof value === 'number' ? { value } : percentSaid(String(value));
  if (said === undefined) return refuse(custom, value, say`a number`);
  if ('either' in said) return refuse(custom, value, say`either ${said.either[0]} or ${said.either[1]}`);
  const text = String(said.value);
  if (!/^-?\d{1,15}(\.\d+)?$/.test(text)) return refuse(custom, value, say`a number`);
  const decimals = text.split('.')[1]?.replace(/0+$/, '').length ?? 0;
  // Money and percentages keep cents whatever the field says.
  if (type === 'Number' && decimals > numberOfDecimals) {
    if (numberOfDecimals === 0) return refuse(custom, value, say`a whole number`);
    return refuse(custom, value, say`a number with at most ${numberOfDecimals} decimals`);
  }
  return Number(text);
}

function switchFor(custom: CustomField, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const word = String(value).trim().toLowerCase();
  if (!['true', 'yes', 'false', 'no'].includes(word)) return refuse(custom, value, say`true or false`);
  return word === 'true' || word === 'yes';
}

/** A date as people say it, kept as midnight UTC, as Manage stores a date. */
function dateFor(custom: CustomField, value: unknown, now: DateTime<true>): string {
  const text = String(value).trim();
  const stored = /^\[?(\d{4}-\d{2}-\d{2})T00:00:00Z\]?$/.exec(text)?.[1];
  try {
    const { day } = readDay(stored ?? text.replace(/^\[|\]$/g, ''), {
      now,
      argument: 'customFields',
      direction: directionOf(custom.caption),
    });
    return `${day}T00:00:00Z`;
  } catch (error) {
    if (!(error instanceof ClockError)) throw error;
    // Its own words tell the two dates that it can be.
    if (error.code === 'ambiguous') throw error;
    return refuse(custom, value, say`a date that exists, as 2026-11-24, without a time`);
  }
}

/**
 * A value in the type that its field keeps; nothing is bent to fit, and a date is read as in any other
 * argument. `null` and the empty text empty the field.
 * @throws {ToolInputError} naming the field and what it takes
 */
export function valueFor(
  custom: CustomField,
  value: unknown,
  { choices, now }: { readonly choices: Choices; readonly now: DateTime<true> },
): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'object') return refuse(custom, JSON.stringify(value), say`a single value`);
  const known = choices.get(custom.id) ?? [];
  const chosen = known.length > 0 ? choiceFor(custom, value, known) : value;
  switch (custom.type) {
    case 'Number':
    case 'Percent':
    case 'Currency':
      return numberFor(custom, chosen);
    case 'Checkbox':
      return switchFor(custom, chosen);
    case 'Date':
      return dateFor(custom, chosen, now);
    case 'IPAddress':
      return isIP(String(chosen).trim()) === 0 ? refuse(custom, chosen, say`an IP address`) : String(chosen).trim();
    case 'Button':
      return refuse(custom, chosen, say`left alone, because a button holds no value`);
    default:
      return typeof chosen === 'string' ? chosen : String(chosen);
  }
}

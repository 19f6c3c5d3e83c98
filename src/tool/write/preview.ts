import { isDeepStrictEqual } from 'node:util';
import { type Clean, clean, cleanLine, cleanValue, lines, say } from '../../text/index.ts';
import type { LegacyResult, ToolResult } from '../tool-result.ts';
import { changeLines as cleanChangeLines } from './changes.ts';
import type { Change as CleanChange } from './plan.ts';

/** A request that `dryRun` would have sent. */
export interface PreviewRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

/** One member before and after. */
export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** How a value is shown in a before/after list: references by name, nothing as `-`. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '-';
  if (typeof value !== 'object') return String(value);
  const { name, identifier, id } = value as { name?: unknown; identifier?: unknown; id?: unknown };
  return String(name ?? identifier ?? id ?? JSON.stringify(value));
}

/** The members that differ between two records, of those named. */
export function changes(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  fields: Iterable<string>,
): Change[] {
  return [...fields]
    .filter((field) => !isDeepStrictEqual(shown(before[field]), shown(after[field])))
    .map((field) => ({ field, before: shown(before[field]), after: shown(after[field]) }));
}

export const changeLines = (list: readonly Change[]): string =>
  list.map(({ field, before, after }) => `${field}: ${before} -> ${after}`).join('\n');

/** A body as it may be shown: values of password fields stand beside their type, and go. */
function withoutPasswords(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutPasswords);
  if (typeof body !== 'object' || body === null) return body;
  const isSecret = [(body as { type?: unknown }).type, (body as { fieldType?: unknown }).fieldType].includes(
    'Password',
  );
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      isSecret && (name === 'value' || name === 'answer') && value !== null ? '[hidden]' : withoutPasswords(value),
    ]),
  );
}

/**
 * The answer to a write with `dryRun`: nothing was sent; this is what would be.
 * @param says what was understood and what a person would be asked
 */
export function previewResult(
  sent: readonly PreviewRequest[],
  changes: readonly CleanChange[],
  says: Clean,
): ToolResult<Record<string, unknown>> {
  const requests = sent.map(({ method, url, body }) => ({
    method: cleanLine(method),
    url: cleanLine(url),
    body: body === undefined ? undefined : cleanValue(withoutPasswords(body)),
  }));
  const shownRequests = requests.map(({ method, url, body }) =>
    lines([say`${method} ${url}`, body === undefined ? undefined : clean(JSON.stringify(body))]),
  );
  return {
    structured: { dryRun: true, requests, changes: changes.map((change) => ({ ...change })) },
    text: lines([say`Dry run: nothing was sent.`, says, cleanChangeLines(changes), ...shownRequests]),
  };
}

/** @deprecated until every room is converted */
export function legacyPreview(
  sent: readonly PreviewRequest[],
  list: readonly Change[] = [],
  note = '',
): LegacyResult<Record<string, unknown>> {
  const requests = sent.map(({ body, ...request }) => ({
    ...request,
    ...(body !== undefined && { body: withoutPasswords(body) }),
  }));
  const lines = requests.map(
    ({ method, url, body }) => `${method} ${url}${body === undefined ? '' : `\n${JSON.stringify(body)}`}`,
  );
  const text = ['Dry run: nothing was sent.', note, changeLines(list), ...lines]
    .filter((part) => part !== '')
    .join('\n');
  return { structured: { dryRun: true, requests, changes: list }, text };
}

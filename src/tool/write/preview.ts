import { secretsMasked } from '../../api/meanings.ts';
import { type Clean, clean, cleanLine, cleanValue, lines, say } from '../../text/index.ts';
import type { ToolResult } from '../tool-result.ts';
import { changeLines } from './changes.ts';
import type { Change } from './plan.ts';

/** A request that `dryRun` would have sent. */
export interface PreviewRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  /** Schema of the record that is written, which tells what is secret in it. */
  readonly schema: string | undefined;
}

/**
 * The answer to a write with `dryRun`: nothing was sent; this is what would be. Secrets are hidden.
 * @param says what was understood and what a person would be asked
 */
export function previewResult(
  sent: readonly PreviewRequest[],
  changes: readonly Change[],
  says: Clean,
): ToolResult<Record<string, unknown>> {
  const requests = sent.map(({ method, url, body, schema }) => ({
    method: cleanLine(method),
    url: cleanLine(url),
    body: body === undefined ? undefined : cleanValue(secretsMasked(body, schema)),
  }));
  const shownRequests = requests.map(({ method, url, body }) =>
    lines([say`${method} ${url}`, body === undefined ? undefined : clean(JSON.stringify(body))]),
  );
  return {
    structured: {
      dryRun: true,
      // Some hosts show a model nothing else.
      ...(says !== '' && { says: says.split('\n').map(cleanLine) }),
      requests,
      changes: [...changes],
    },
    text: lines([say`Dry run: nothing was sent.`, says, changeLines(changes), ...shownRequests]),
  };
}

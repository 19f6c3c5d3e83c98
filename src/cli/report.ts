import { causeOf } from '../server/calls/call-tool.ts';
import { runOnce } from '../server/calls/run-once.ts';
import { createServices } from '../server/services.ts';
import { isMisasked } from '../tool/index.ts';
import { type OpenFlags, open } from './open.ts';
import { UsageError } from './usage-error.ts';

export interface ReportFlags extends OpenFlags {
  readonly by?: string;
  readonly period?: string;
  readonly compare?: string;
  readonly where?: readonly string[];
  readonly top?: number;
  readonly orderBy?: string;
  readonly explain?: boolean;
  readonly format: string;
  readonly yes?: boolean;
}

/** A report that could not be made. */
class ReportFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ReportFailed';
  }
}

const FORMATS = ['table', 'csv', 'json'];

const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '~': 'contains',
  '!~': 'notContains',
};

/** `board=Help Desk`, `type!=Request`, `age>30` or `summary~printer`. */
function filterOf(said: string): { field: string; op: string; value: string } {
  const [, field = '', sign = '', value = ''] = /^([^=!<>~]+)(!=|>=|<=|!~|[=<>~])(.*)$/s.exec(said) ?? [];
  const op = OPERATORS[sign];
  if (op === undefined || field.trim() === '')
    throw new UsageError(`--where takes "board=Help Desk", "type!=Request", "age>30" or "summary~vpn", not "${said}".`);
  return { field: field.trim(), op, value: value.trim() };
}

/**
 * Makes one report, for a person or a cron job: the same as the tool `report`, with the rights and limits of the configuration.
 * @throws {UsageError} {ReportFailed} with what the tool says where it cannot be made
 */
export async function runReport(
  measures: readonly string[],
  flags: ReportFlags,
  environment: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<void> {
  const { by, period, compare, where = [], top, orderBy, explain, format, yes } = flags;
  if (!FORMATS.includes(format)) throw new UsageError(`--format has to be one of ${FORMATS.join(', ')}.`);
  const filters = where.map(filterOf);
  const { config, logger, close } = await open({ CWM_LOG_LEVEL: 'silent', ...environment }, flags);
  try {
    const services = createServices(config, await logger());
    const given = {
      measures: measures.flatMap((text) => text.split(',')),
      by: by?.split(','),
      period,
      compare,
      where: filters.length > 0 ? filters : undefined,
      top,
      orderBy,
      explain,
      // Every group is in either kind of file.
      format: format === 'table' ? 'table' : 'csv',
      confirm: yes,
    };
    const result = await runOnce(services, 'report', given, new AbortController().signal);
    const { content, structuredContent, isError } = result;
    await services.close();
    const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    if (isError === true) throw isMisasked(causeOf(result)) ? new UsageError(text) : new ReportFailed(text);
    print(format === 'json' ? JSON.stringify(structuredContent, undefined, 2) : text);
  } finally {
    await close();
  }
}

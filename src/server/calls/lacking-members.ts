import { unknownFields } from '../../api/fields.ts';
import type { ApiDescription } from '../../api/index.ts';
import { type ManageClient, NoSuchOperation } from '../../manage/index.ts';
import { pathsIn } from '../../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';

type ListOptions = NonNullable<Parameters<ManageClient['count']>[1]>;

/** A member's own name: what a reference shows differs from server to server, and is asked for as it is. */
const memberIn = (field: string): string => field.trim().split('/')[0] ?? '';

/**
 * A client that asks only for members that the API's description has: a description that was imported may hold a part of a record.
 * Manage drops the others without a word, so the answer has to say what it is missing; what only another version has is not missing.
 * A list by a condition on such a member is not asked for at all: whatever needs it ends as if the operation were not there.
 * @param remark hears of a part of the answer that the description lacks
 */
export function knownFieldsOnly(
  manage: ManageClient,
  api: ApiDescription,
  remark: (text: Clean) => void,
): ManageClient {
  /** Rows of a report are of no schema: its columns are asked for by themselves. */
  const schemaOf = (operation: string): string =>
    operation.startsWith('GET /system/reports')
      ? ''
      : (api.find(operation.replace(/\/count$/, ''))?.response.schema ?? '');
  const lacking = (of: ApiDescription, operation: string, paths: readonly string[]): string[] =>
    unknownFields(of, schemaOf(operation), [...new Set(paths.map(memberIn))]).map(({ field }) => field);
  const missing = (operation: string, members: readonly string[]): void =>
    remark(
      say`The imported description of the API lacks ${joined(members.map(cleanLine), ', ')} of ${cleanLine(schemaOf(operation))}: this answer is without it.`,
    );
  const known = (operation: string, fields: readonly string[]): readonly string[] => {
    const gone = lacking(api, operation, fields);
    if (gone.length === 0) return fields;
    const unheardOf = lacking(api.whole, operation, fields);
    if (unheardOf.length > 0) missing(operation, unheardOf);
    const kept = fields.filter((field) => !gone.includes(memberIn(field)));
    return kept.length > 0 ? kept : ['id'];
  };
  const narrowed = <Options extends ListOptions>(
    operation: string,
    options: Options | undefined,
  ): Options | undefined => {
    const { fields, conditions } = options ?? {};
    const filters = conditions === undefined ? [] : lacking(api.whole, operation, pathsIn(conditions));
    if (filters.length > 0) {
      missing(operation, filters);
      throw new NoSuchOperation(
        operation,
        api.version,
        `filters by ${filters.join(', ')}, which the imported description of the API lacks`,
      );
    }
    return fields === undefined ? options : { ...(options as Options), fields: known(operation, fields) };
  };
  return {
    ...manage,
    get: (operation, options) => {
      const fields = options?.query?.fields;
      if (typeof fields !== 'string') return manage.get(operation, options);
      const query = { ...options?.query, fields: known(operation, fields.split(',')).join(',') };
      return manage.get(operation, { ...options, query });
    },
    list: async (operation, options) => manage.list(operation, narrowed(operation, options)),
    all: async (operation, options) => manage.all(operation, narrowed(operation, options)),
    first: async (operation, options) => manage.first(operation, narrowed(operation, options)),
    count: async (operation, options) => manage.count(operation, narrowed(operation, options)),
    stream: (operation, options) => manage.stream(operation, narrowed(operation, options)),
  };
}

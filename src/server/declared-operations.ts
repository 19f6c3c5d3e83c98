import type { ApiDescription } from '../api/index.ts';
import { isReading, type ManageClient, NotAllowed } from '../manage/index.ts';
import { CUSTOM_FIELD_SETUP, type ToolDefinition } from '../tool/index.ts';
import type { Allowed } from './allowed.ts';

/** What every tool may read to understand its arguments: the choices of custom fields. As with names, a role without it goes without. */
const FOR_ARGUMENTS: ReadonlySet<string> = new Set([CUSTOM_FIELD_SETUP]);

/**
 * A client that only knows the operations that a tool declares in `uses`. The declaration is what administrators grant rights by,
 * so a tool that does more than it says fails at once.
 */
export function declaredOperations(
  manage: ManageClient,
  { name, uses }: ToolDefinition,
  { api, allowed }: { readonly api: ApiDescription; readonly allowed: Pick<Allowed, 'operation'> },
): ManageClient {
  const isWhole = uses.includes('*') || uses.includes('GET *');
  const declared = new Set(uses.filter((one) => !one.endsWith('*')).map((operation) => api.find(operation)));
  const guard = (operation: string): string => {
    const called = api.find(operation);
    const isDeclared =
      uses.includes('*') ||
      FOR_ARGUMENTS.has(operation) ||
      declared.has(called) ||
      (uses.includes('GET *') && called !== undefined && isReading(called));
    if (!isDeclared) throw new RangeError(`${name} calls ${operation} without declaring it.`);
    const isLimited = isWhole && called !== undefined && !FOR_ARGUMENTS.has(operation) && !allowed.operation(called);
    if (isLimited) throw new NotAllowed(operation);
    return operation;
  };
  return {
    get: (operation, options) => manage.get(guard(operation), options),
    // The count that a list may ask for needs the right of the list.
    list: (operation, options) => manage.list(guard(operation), options),
    all: (operation, options) => manage.all(guard(operation), options),
    first: (operation, options) => manage.first(guard(operation), options),
    stream: (operation, options) => manage.stream(guard(operation), options),
    count: (operation, options) => manage.count(guard(operation), options),
    ask: (operation, options) => manage.ask(guard(operation), options),
    write: (operation, options) => manage.write(guard(operation), options),
    download: (operation, options) => manage.download(guard(operation), options),
    preview: (operation, options) => manage.preview(guard(operation), options),
    written: (operations) => manage.written(operations),
    site: () => manage.site(),
    close: () => manage.close(),
  };
}

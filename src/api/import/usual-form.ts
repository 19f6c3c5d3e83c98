import { isRecord } from '../../json.ts';

type Json = Readonly<Record<string, unknown>>;

const SCHEMAS = '#/components/schemas/';

/**
 * What all names begin with, up to and with a dot: the namespace that some generators put before each. A single word is none: Manage
 * itself has `Company.Configuration`.
 */
function namespaceOf(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let end = first.lastIndexOf('.') + 1;
  while (end > 0 && !others.every((name) => name.startsWith(first.slice(0, end))))
    end = first.lastIndexOf('.', end - 2) + 1;
  const namespace = first.slice(0, end);
  return others.length > 0 && namespace.split('.').length > 2 ? namespace : '';
}

/** Schemas by the names that Manage's own document has, without a namespace in front: what is known of a `Ticket` goes by that name. */
function withoutNamespace(document: Json): Json {
  const components = isRecord(document.components) ? document.components : {};
  const schemas = isRecord(components.schemas) ? components.schemas : {};
  const namespace = namespaceOf(Object.keys(schemas));
  if (namespace === '') return document;
  const short = Object.entries(schemas).map(([name, schema]) => [name.slice(namespace.length), schema]);
  const renamed = { ...document, components: { ...components, schemas: Object.fromEntries(short) } };
  return JSON.parse(JSON.stringify(renamed).replaceAll(`${SCHEMAS}${namespace}`, SCHEMAS));
}

/** Path items that stand elsewhere, with their methods in small letters, and paths without a query. */
function withUsualPaths(document: Json): Json {
  if (!isRecord(document.paths)) return document;
  const at = (reference: string): unknown =>
    reference
      .replace(/^#\//, '')
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((place, key) => (isRecord(place) ? place[key] : undefined), document);
  const paths = Object.entries(document.paths).map(([path, given]): [string, unknown] => {
    const item =
      isRecord(given) && typeof given.$ref === 'string' ? { ...given, ...(at(given.$ref) as object) } : given;
    const methods = isRecord(item)
      ? Object.entries(item).map(([name, value]) => [name.toLowerCase(), value])
      : undefined;
    return [path.replace(/\?.*$/, ''), methods === undefined ? item : Object.fromEntries(methods)];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

/** A document as Manage publishes it, made of one that says the same in another way. */
export const inUsualForm = (document: Json): Json => withUsualPaths(withoutNamespace(document));

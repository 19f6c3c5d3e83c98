import { type DescriptionFile, encodeOperations, encodeSchema, type Numbering } from '../encoding.ts';
import type { ApiDescription, Field, Operation } from '../index.ts';
import { compareVersions } from '../versions.ts';

/** What a document says of a member, with what it leaves out: newer ones give lists of values and lengths as plain text. */
function joined(known: Field | undefined, said: Field): Field {
  if (known === undefined || known.type !== said.type) return said;
  const { enum: values = known.enum, maxLength = known.maxLength, format = known.format } = said;
  return {
    ...said,
    enum: values,
    maxLength,
    format,
    requiredOnUpdate: said.requiredOnUpdate ?? known.requiredOnUpdate,
  };
}

const facts = ({ since: _, until: __, ...field }: Field): string =>
  JSON.stringify(
    Object.entries(field)
      .filter(([, fact]) => fact !== undefined)
      .sort(),
  );

/** A member in every form that it has over the versions, each since its own; the last one until it ends. */
function formsOf(versions: readonly string[], at: (version: string) => Field | undefined): Field[] {
  const forms: Field[] = [];
  let isThere = false;
  for (const [index, version] of versions.entries()) {
    const field = at(version);
    const last = forms.at(-1);
    if (field === undefined) {
      if (isThere && last !== undefined) forms[forms.length - 1] = { ...last, until: version };
    } else if (last === undefined || !isThere || facts(last) !== facts(field))
      forms.push({ ...field, since: index === 0 ? undefined : version, until: undefined });
    isThere = field !== undefined;
  }
  return forms;
}

const keyOf = ({ method, path }: Operation): string => `${method} ${path.replace(/\/+$/, '').toLowerCase()}`;

/**
 * A description with a document of another version laid over it: what the document has is there since its version, what it changes
 * is changed from there on, and what it leaves out stays as it is, because documents are often a part.
 * @param own everything that is known already
 */
export function mergeDescriptions(own: ApiDescription, document: ApiDescription): DescriptionFile {
  const { version } = document;
  const versions = [...new Set([...own.versions, version])].sort(compareVersions);
  const has = (one: string): boolean => compareVersions(one, version) >= 0;
  const numbers: Numbering = { enums: [], versions };

  const schemas: Record<string, string> = {};
  for (const name of new Set([...own.schemas.keys(), ...document.schemas.keys()])) {
    const said = document.schema(name)?.fields;
    const members = new Set([...(own.schema(name)?.fields.keys() ?? []), ...(said?.keys() ?? [])]);
    const fields = [...members].flatMap((member) =>
      formsOf(versions, (one) => {
        const known = own.at(one).schema(name)?.fields.get(member);
        const field = has(one) ? said?.get(member) : undefined;
        return field === undefined ? known : joined(known, field);
      }).map((field) => [member, field] as const),
    );
    schemas[name] = encodeSchema(fields, numbers);
  }

  const operations: Operation[] = [];
  const said = new Map(document.operations.map((operation) => [keyOf(operation), operation]));
  for (const operation of own.operations) {
    const newer = said.get(keyOf(operation));
    said.delete(keyOf(operation));
    const { since = versions[0] ?? version, until } = operation;
    const first = newer !== undefined && compareVersions(version, since) < 0 ? version : since;
    operations.push({
      ...(newer ?? operation),
      id: operation.id,
      path: operation.path,
      pathParameters: operation.pathParameters,
      since: first === versions[0] ? undefined : first,
      until: newer !== undefined && until !== undefined && has(until) ? undefined : until,
    });
  }
  const ids = new Set(own.operations.map(({ id }) => id));
  for (const operation of said.values()) {
    const id = ids.has(operation.id) ? `${operation.id}Of${version.replace('.', '')}` : operation.id;
    operations.push({ ...operation, id, since: version === versions[0] ? undefined : version });
  }
  const paths = encodeOperations(operations, numbers);
  return { version: versions.at(-1) ?? version, versions, enums: numbers.enums, schemas, paths };
}

import { ts } from 'ts-morph';
import type { Source, SourceBody, SourceField, SourceOperation, SourceParameter } from '../../src/api/import/source.ts';

const JSON_TYPES: Partial<Record<ts.SyntaxKind, SourceField['type']>> = {
  [ts.SyntaxKind.StringKeyword]: 'string',
  [ts.SyntaxKind.NumberKeyword]: 'number',
  [ts.SyntaxKind.BooleanKeyword]: 'boolean',
};

const nameOf = (member: ts.TypeElement): string => {
  const name = member.name;
  if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name))) {
    throw new Error('A member without a plain name.');
  }
  return name.text;
};

const propertiesOf = (type: ts.TypeNode | undefined): ts.PropertySignature[] =>
  type !== undefined && ts.isTypeLiteralNode(type)
    ? type.members.filter((member) => ts.isPropertySignature(member))
    : [];

const property = (type: ts.TypeNode | undefined, name: string): ts.PropertySignature | undefined =>
  propertiesOf(type).find((member) => nameOf(member) === name);

/** `components["schemas"]["Ticket"]` gives `Ticket`. */
function referencedSchema(type: ts.TypeNode): string | undefined {
  if (!ts.isIndexedAccessTypeNode(type) || !ts.isLiteralTypeNode(type.indexType)) return undefined;
  return ts.isStringLiteral(type.indexType.literal) ? type.indexType.literal.text : undefined;
}

function unionField(type: ts.UnionTypeNode): SourceField {
  const isNull = (part: ts.TypeNode): boolean =>
    ts.isLiteralTypeNode(part) && part.literal.kind === ts.SyntaxKind.NullKeyword;
  const parts = type.types
    .filter((part) => !isNull(part))
    .map((part) => (ts.isParenthesizedTypeNode(part) ? part.type : part));
  const nullable = parts.length < type.types.length;
  const only = parts.length === 1 ? parts[0] : undefined;
  const field = only !== undefined ? fieldOf(only) : literalField(parts);
  return nullable ? { ...field, nullable: true } : field;
}

function literalField(parts: readonly ts.TypeNode[]): SourceField {
  const values = parts.map((part) => {
    if (ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal)) return part.literal.text;
    throw new Error(`A union that is no enumeration: ${part.getText()}`);
  });
  return { type: 'string', enum: values };
}

/** What a type node says, doc comments aside. */
function fieldOf(type: ts.TypeNode): SourceField {
  if (ts.isParenthesizedTypeNode(type)) return fieldOf(type.type);
  const simple = JSON_TYPES[type.kind];
  if (simple !== undefined) return { type: simple };
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: fieldOf(type.elementType) };
  if (ts.isUnionTypeNode(type)) return unionField(type);
  if (ts.isLiteralTypeNode(type)) return literalField([type]);
  const schema = referencedSchema(type);
  if (schema !== undefined) return { type: 'ref', schema };
  // Index signatures, `unknown` and inline objects: an object whose members the document does not name.
  return { type: 'object' };
}

/** Adds what the doc comment says: format, longest value, and whether updates require it. */
function withComment(field: SourceField, comment: string): SourceField {
  const maxLength = /Max length: (\d+)/.exec(comment)?.[1];
  const format = /Format: ([a-z0-9-]+)/.exec(comment)?.[1];
  const described: SourceField = { ...field };
  // Length and format of a list are those of its items.
  if (described.type === 'array') described.items = { ...(described.items ?? { type: 'object' }) };
  const scalar = described.items ?? described;
  if (maxLength !== undefined) scalar.maxLength = Number(maxLength);
  if (/Required On Updates/.test(comment)) described.requiredOnUpdate = true;
  if (scalar.type === 'number' && (format === 'int32' || format === 'int64')) scalar.type = 'integer';
  else if (scalar.type === 'string' && (format === 'date-time' || format === 'date')) scalar.type = 'datetime';
  else if (format !== undefined && format !== 'double') scalar.format = format;
  return described;
}

function commentOf(node: ts.Node, text: string): string {
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  return ranges.map((range) => text.slice(range.pos, range.end)).join('\n');
}

function bodyOf(type: ts.TypeNode | undefined): SourceBody | undefined {
  const content = propertiesOf(property(type, 'content')?.type)[0];
  return content?.type === undefined ? undefined : { contentType: nameOf(content), value: fieldOf(content.type) };
}

function parametersOf(operation: ts.TypeNode, text: string): SourceParameter[] {
  const groups = property(operation, 'parameters')?.type;
  return (['path', 'query'] as const).flatMap((place) =>
    propertiesOf(property(groups, place)?.type).map((member): SourceParameter => {
      const field =
        member.type === undefined
          ? { type: 'string' as const }
          : withComment(fieldOf(member.type), commentOf(member, text));
      const isId = /^(id|.*Id|page|pageSize)$/.test(nameOf(member));
      const type = field.type === 'number' && isId ? 'integer' : field.type;
      return {
        name: nameOf(member),
        in: place,
        type: type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string',
        required: member.questionToken === undefined,
        ...(field.enum && { enum: field.enum }),
      };
    }),
  );
}

function schemaFields(type: ts.TypeNode, text: string): Map<string, SourceField> {
  const fields = new Map<string, SourceField>();
  const parts = ts.isIntersectionTypeNode(type) ? type.types : [type];
  for (const member of parts.flatMap(propertiesOf)) {
    if (member.type === undefined) continue;
    const field = withComment(fieldOf(member.type), commentOf(member, text));
    if (member.questionToken === undefined) field.required = true;
    fields.set(nameOf(member), field);
  }
  return fields;
}

/** Reads the API document that `connectwise-rest` publishes as TypeScript types. */
export function readSourceTypes(text: string): Source {
  const file = ts.createSourceFile('ManageTypes.ts', text, ts.ScriptTarget.Latest, false);
  const interfaces = new Map(
    file.statements
      .filter(ts.isInterfaceDeclaration)
      .map((declaration) => [declaration.name.text, declaration.members]),
  );
  const members = (name: string): ts.PropertySignature[] =>
    [...(interfaces.get(name) ?? [])].filter((member) => ts.isPropertySignature(member));

  const bodies = new Map(members('operations').map((member) => [nameOf(member), member.type]));
  const operations = members('paths').flatMap((path) =>
    propertiesOf(path.type).map((method): SourceOperation => {
      const id = method.type && ts.isIndexedAccessTypeNode(method.type) ? referencedSchema(method.type) : undefined;
      const type = bodies.get(id ?? '');
      if (id === undefined || type === undefined) throw new Error(`${nameOf(path)} names no operation.`);
      const response = propertiesOf(property(type, 'responses')?.type)[0];
      const request = bodyOf(property(type, 'requestBody')?.type);
      const body = bodyOf(response?.type);
      return {
        id,
        method: nameOf(method).toUpperCase(),
        path: nameOf(path),
        parameters: parametersOf(type, text),
        ...(request && { request }),
        response: {
          status: Number(response === undefined ? 200 : nameOf(response)),
          description: response === undefined ? '' : commentOf(response, text),
          ...(body && { body }),
        },
      };
    }),
  );
  const declared = members('components').find((member) => nameOf(member) === 'schemas');
  const schemas = new Map(
    propertiesOf(declared?.type).map((member) => [
      nameOf(member),
      member.type ? schemaFields(member.type, text) : new Map(),
    ]),
  );
  return { operations, schemas };
}

import type { ApiDescription, Field, Operation } from './index.ts';

/** What a text field of this name holds in an example. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/email/i, 'jo@example.com'],
  [/phone|fax/i, '5185550100'],
  [/url|website|link/i, 'https://example.com'],
  [/identifier/i, 'Example'],
  [/color/i, '#336699'],
];

function textFor(name: string, field: Field): string {
  if (field.enum !== undefined) return field.enum[0] ?? '';
  const text = TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'Example';
  return text.slice(0, field.maxLength ?? text.length);
}

/** A placeholder for one member, of its kind. */
export function exampleValue(api: ApiDescription, name: string, field: Field, depth: number): unknown {
  switch (field.type) {
    case 'string':
      return textFor(name, field);
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'datetime':
      return '2026-03-04T15:00:00Z';
    case 'reference':
      return { id: 1 };
    case 'array':
      return field.items === undefined || depth > 1 ? [] : [exampleValue(api, name, field.items, depth + 1)];
    case 'object':
      return depth > 1 ? {} : record(api, field.schema, depth + 1, () => false);
  }
}

function record(
  api: ApiDescription,
  schema: string | undefined,
  depth: number,
  wanted: (name: string, field: Field) => boolean,
): Record<string, unknown> {
  const fields = [...(api.schema(schema ?? '')?.fields ?? [])].filter(
    ([name, field]) => name !== 'id' && (field.required === true || wanted(name, field)),
  );
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleValue(api, name, field, depth)]));
}

/** What records need beyond their schema: rules of the server that the document does not tell. Placeholders like the rest. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  BoardCopy: { id: 1 },
  CallbackEntry: { type: 'Ticket', level: 'owner', objectId: 1 },
  Company: { site: { name: 'Main' } },
  ConfigurationReference: { id: 1 },
  ExpenseEntry: { company: { id: 1 } },
  Invoice: { type: 'Miscellaneous' },
  // Rows of a marketing group go by the id of the company or contact.
  MarketingCompany: { id: 1 },
  MarketingContact: { id: 1 },
  ScheduleEntry: { type: { id: 4 }, objectId: 1, member: { id: 1 } },
  ServiceNote: { internalAnalysisFlag: true },
  TicketNote: { internalAnalysisFlag: true },
  TimeEntry: { chargeToType: 'ServiceTicket', chargeToId: 1, member: { id: 1 }, timeEnd: '2026-03-04T16:00:00Z' },
};

/** Members that most people set, shown although they are not required; what a record is known by is rarely changed. */
const USUAL = /^(name|summary|description|text|notes|identifier|title)$/;
const USUALLY_CHANGED = /^(name|summary|description|text|notes|title)$/;

const PLAIN = /^(string|boolean|number|integer|reference)$/;

/**
 * A small body that an operation's schema accepts: what it requires, and a usual member or two. `undefined` when it takes none.
 * Ids in it are placeholders.
 */
export function exampleBody(api: ApiDescription, operation: Operation): unknown {
  const { request, method } = operation;
  if (request === undefined || request.kind === 'multipart') return undefined;
  const fields = [...(api.schema(request.schema ?? '')?.fields ?? [])];
  if (request.kind === 'patch') {
    const [name, field] =
      fields.find(([member, { type }]) => USUALLY_CHANGED.test(member) && type === 'string') ??
      fields.find(([member, { type }]) => type === 'string' && member !== 'id') ??
      fields.find(([member, { type }]) => /^(boolean|number|integer)$/.test(type) && member !== 'id') ??
      [];
    if (name === undefined || field === undefined) return [];
    return [{ op: 'replace', path: name, value: exampleValue(api, name, field, 0) }];
  }
  const first = fields.find(([name, { type }]) => USUAL.test(name) && type === 'string')?.[0];
  const shown = (name: string, field: Field): boolean =>
    name === first || (method === 'PUT' && field.requiredOnUpdate === true);
  const required = { ...record(api, request.schema, 0, shown), ...NEEDED[request.schema ?? ''] };
  // A record of nothing is refused: where nothing is required, one member that it can have.
  const isRecord = method === 'PUT' || request.schema === operation.response.schema;
  const [some] = fields.filter(([name, { type }]) => name !== 'id' && PLAIN.test(type));
  const isEmpty = isRecord && Object.keys(required).length === 0;
  const body = isEmpty && some !== undefined ? { [some[0]]: exampleValue(api, some[0], some[1], 0) } : required;
  return request.kind === 'array' ? [body] : body;
}

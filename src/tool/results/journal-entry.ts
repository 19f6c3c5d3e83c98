import type { ApiDescription } from '../../api/index.ts';
import { meaningOf } from '../../api/meanings.ts';
import { singular, spaced } from '../../api/search/words.ts';
import { CannotUndo, type Entry, filledIn, reversalOf, whoOf } from '../../journal/index.ts';
import { isRecord, type JsonObject } from '../../json.ts';
import { type Clean, cleanLine, cut, joined, say } from '../../text/index.ts';
import { changesOf, shownMember } from '../write/changes.ts';
import { MAILED } from '../write/effects.ts';

/** More of an error than a row of a list needs. */
const LONGEST_ERROR = 160;
/** More of one fact of a new record than a row needs. */
const LONGEST_FACT = 100;
/** More of a change than a row of a list needs. */
const LONGEST_CHANGES = 400;

/** What the API writes as one word, or calls otherwise than people do. */
const AS_WORDS: Readonly<Record<string, string>> = { purchaseorder: 'purchase order', lineitem: 'line' };

/** `companies` to `company`, `typeAssociations` to `type association`. */
const nounOf = (segment: string): string => {
  const noun = singular(spaced(segment));
  return AS_WORDS[noun] ?? noun;
};

/** The segments of a path with the id behind each: `tickets` 577, `notes`. */
function placesOf(operation: string, path: Entry['path']): { readonly noun: string; readonly id: unknown }[] {
  const segments = operation
    .replace(/^\S+ \/?/, '')
    .split('/')
    .filter((segment) => segment !== '');
  return segments.flatMap((segment, index) => {
    if (segment.startsWith('{') || index === 0) return [];
    const next = segments[index + 1] ?? '';
    const id = next.startsWith('{') ? path[next.slice(1, -1)] : undefined;
    // Time entries and schedule entries are only told apart by their module.
    const noun = nounOf(segment);
    return [{ noun: noun === 'entry' ? `${segments[0]} entry` : noun, id }];
  });
}

/** The record that a write was about, as people name it: `ticket 577 (VPN is down)`, `note 12 of ticket 577`. */
export function recordOf({ operation, path, created, label }: Entry): Clean {
  const places = placesOf(operation, path);
  const named = places.map(({ noun, id }, index) => {
    const own = id ?? (index === places.length - 1 ? created : undefined);
    return own === undefined ? cleanLine(noun) : say`${cleanLine(noun)} ${cleanLine(own)}`;
  });
  const whole = joined(named.reverse(), ' of ');
  return label === undefined ? whole : say`${whole} (${cleanLine(label)})`;
}

const VERBS: Readonly<Record<string, Clean>> = {
  POST: say`created`,
  PATCH: say`changed`,
  PUT: say`changed`,
  DELETE: say`deleted`,
};

/** `ticket 12`, `tickets 12, 13`. */
function those(noun: string, ids: unknown): Clean {
  const list = (Array.isArray(ids) ? ids : [ids]).filter((id) => id !== undefined).map(cleanLine);
  const name = list.length === 1 ? cleanLine(noun) : say`${cleanLine(noun)}s`;
  return list.length === 0 ? name : say`${name} ${joined(list, ', ')}`;
}

/** What actions did whose path names them: gets the record that they were about, and the body. */
const DEEDS: Readonly<Record<string, (record: Clean, sent: Record<string, unknown>) => Clean>> = {
  merge: (record, { mergeTicketIds, toCompanyId }) =>
    toCompanyId === undefined
      ? say`merged ${those('ticket', mergeTicketIds)} into ${record}`
      : say`merged ${record} into company ${cleanLine(toCompanyId)}`,
  attachchildren: (record, { childTicketIds }) => say`made ${those('ticket', childTicketIds)} a child of ${record}`,
  submit: (record) => say`submitted ${record}`,
  approve: (record) => say`approved ${record}`,
  reject: (record) => say`rejected ${record}`,
  reverse: (record) => say`took ${record} back`,
  convert: (record) => say`converted ${record}`,
  deactivate: (record) => say`deactivated ${record}`,
  invoice: (record) => say`invoiced ${record}`,
  copy: (record) => say`copied ${record}`,
  changetype: (record) => say`changed the type of ${record}`,
};

/** An action in words, as its path names it. */
function actionOf(entry: Entry): Clean | undefined {
  const { operation, sent } = entry;
  const [, owner = '', action = ''] = /^(.*)\/(\w+)\/?$/.exec(operation) ?? [];
  const deed = DEEDS[action.toLowerCase().replace(/^convertto\w+/, 'convert')];
  if (deed === undefined || !owner.endsWith('}')) return undefined;
  return deed(recordOf({ ...entry, operation: owner }), isRecord(sent) ? sent : {});
}

/** What a write did: `changed ticket 577 (VPN is down)`. */
export function deedOf(entry: Entry): Clean {
  const { operation, created, undoes } = entry;
  const method = operation.slice(0, operation.indexOf(' '));
  // A POST that made nothing is an action, whose path says which, or else its request with the numbers filled in.
  const isAction = (method === 'POST' || method === 'PATCH') && created === undefined;
  const verb = method === 'POST' && isAction ? undefined : VERBS[method];
  const done = verb === undefined ? cleanLine(filledIn(operation, entry)) : say`${verb} ${recordOf(entry)}`;
  const deed = (isAction ? actionOf(entry) : undefined) ?? done;
  return undoes === undefined ? deed : say`${deed}, undoing ${cleanLine(undoes)}`;
}

interface Telling {
  readonly api: ApiDescription;
  /** IANA zone of the conversation. */
  readonly zone: string;
}

/** What somebody has to know of a new record that Manage works out. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = { TimeEntry: ['ticket', 'actualHours'] };
/** Said by other members: the ticket that time is charged to. */
const SAID_ELSEWHERE = /^(?:id|chargeTo(?:Id|Type))$/;

/** A ticket by its number, as everybody names it. */
const ticketIn = (member: string, value: unknown): Clean | undefined =>
  member === 'ticket' && isRecord(value)
    ? joined([cleanLine(value.id), value.summary === undefined ? undefined : say`(${cleanLine(value.summary)})`], ' ')
    : undefined;

/** Some members of a record, in names and in a zone: `hours: 0.75; notes: Checked the VPN`. Switches and its label are left out. */
function factsOf(
  record: JsonObject,
  members: Iterable<string>,
  { label, ...showing }: Telling & { readonly schema: string; readonly label: string | undefined },
): Clean {
  const facts = [...members].flatMap((member) => {
    const value = record[member];
    if (typeof value === 'boolean' || value === label) return [];
    const shown = ticketIn(member, value) ?? shownMember(member, record, showing);
    return shown === '-' ? [] : [say`${cleanLine(member)}: ${cut(shown, LONGEST_FACT)}`];
  });
  return cut(joined(facts, '; '), LONGEST_CHANGES);
}

/** What a new record was given. */
function createdWith({ operation, after = {}, sent, created, label }: Entry, telling: Telling): Clean {
  if (created === undefined || !isRecord(sent)) return say``;
  const schema = telling.api.find(operation)?.response.schema ?? '';
  const more = (WORKED_OUT[schema] ?? []).filter((member) => after[member] !== undefined);
  const own = Object.keys(sent).filter((member) => more.length === 0 || !SAID_ELSEWHERE.test(member));
  return factsOf({ ...sent, ...after }, new Set([...more, ...own]), { ...telling, schema, label });
}

/** Facts of a record of which nobody needs to be told: bare ids, who wrote it when, links, what money is called. */
const ITS_OWN = /^(?:_info|currency|chargeToType|mobileGuid|dateEntered|enteredBy|updatedBy|lastUpdated?)$|id$/i;

/** What a deleted record was, by what can be written of it: `teamRole: Account Manager; member: Blake West`. */
function deletedAs({ operation, before = {}, label }: Entry, telling: Telling): Clean {
  const { api } = telling;
  const list = operation.replace(/^DELETE (.*)\/\{\w+\}$/, '$1');
  const schema = api.find(`GET ${list}`)?.response.schema ?? '';
  const written = api.schema(api.find(`POST ${list}`)?.request?.schema ?? '')?.fields;
  const says = (value: unknown): boolean => value !== 0 && (typeof value !== 'string' || cleanLine(value) !== '');
  const members = Object.keys(before).filter(
    (member) => written?.has(member) !== false && !ITS_OWN.test(member) && says(before[member]),
  );
  return factsOf(before, members, { ...telling, schema, label });
}

/** Whether Manage changed a member because another one was: `contactPhoneNumber` with `contact`, `ticketStatus` with the ticket of time. */
const follows = (member: string, asked: readonly string[]): boolean =>
  !asked.includes(member) && asked.some((one) => member.startsWith(one === 'chargeToId' ? 'ticket' : one));

/** A member as people call it: a switch by what it switches, `inactive`, `mail to the contact`. */
function wordOf(schema: string, field: Clean): Clean {
  const { mails } = meaningOf(schema, field) ?? {};
  if (mails !== undefined) return say`mail to ${MAILED[mails]}`;
  return /^[a-z]\w*Flag$/.test(field) ? cleanLine(spaced(field.replace(/Flag$/, ''))) : field;
}

/**
 * Before and after of a change, in names and in a zone: `status: New -> Assigned`; of a new record what it was given, of a deleted one
 * what it was. What only follows from a change is left out: the phone of another contact.
 */
export function entryChanges(entry: Entry, telling: Telling): Clean {
  const { operation, before, after, sent, outcome } = entry;
  const { api, zone } = telling;
  if (operation.startsWith('POST ')) return createdWith(entry, telling);
  if (operation.startsWith('DELETE ')) return deletedAs(entry, telling);
  if (!/^(PATCH|PUT) /.test(operation) || before === undefined) return say``;
  // Of what did not happen, or nobody knows of, there is only what was asked for.
  const wanted = after ?? wantedOf(sent);
  const schema = api.find(operation)?.response.schema ?? '';
  const asked = Object.keys(wantedOf(sent));
  const members = new Set([...Object.keys(before), ...Object.keys(wanted)].filter((member) => !follows(member, asked)));
  const changes = changesOf(before, wanted, { api, schema, zone, members });
  const said = joined(
    changes.map(({ field, before: was, after: is }) => say`${wordOf(schema, field)}: ${was} -> ${is}`),
    '; ',
  );
  return outcome === 'done' ? cut(said, LONGEST_CHANGES) : cut(say`${said && say`asked for `}${said}`, LONGEST_CHANGES);
}

const wantedOf = (sent: unknown): Record<string, unknown> => {
  if (isRecord(sent)) return sent;
  const steps = Array.isArray(sent) ? sent.filter(isRecord) : [];
  return Object.fromEntries(steps.map(({ path, value }) => [String(path).replace(/^\//, ''), value]));
};

/** How it ended, with the reason, and whether it was taken back. */
export function endOf({ outcome, error, undoneBy }: Entry): Clean {
  if (undoneBy !== undefined) return say`undone by ${cleanLine(undoneBy)}`;
  return error === undefined ? say`${outcome}` : say`${outcome}: ${cut(cleanLine(error), LONGEST_ERROR)}`;
}

/** Who asked, on one line. */
export const askedBy = (entry: Entry): Clean => cleanLine(whoOf(entry));

/** Why a write that stands cannot be taken back, as far as the journal alone tells; nothing for any other. */
export function whyNoUndo(entry: Entry, api: ApiDescription): Clean | undefined {
  if (entry.outcome !== 'done' || entry.undoneBy !== undefined) return undefined;
  try {
    reversalOf(entry, api);
    return undefined;
  } catch (error) {
    if (error instanceof CannotUndo) return cut(error.why, LONGEST_ERROR);
    throw error;
  }
}

import type { ApiDescription } from '../../api/index.ts';
import { singular, spaced } from '../../api/search/words.ts';
import { type Entry, filledIn, whoOf } from '../../journal/index.ts';
import { isRecord } from '../../json.ts';
import { type Clean, cleanLine, cut, joined, say } from '../../text/index.ts';
import { changesOf } from '../write/changes.ts';

/** More of an error than a row of a list needs. */
const LONGEST_ERROR = 160;
/** More of a change than a row of a list needs. */
const LONGEST_CHANGES = 400;

/** `companies` to `company`, `typeAssociations` to `type association`. */
const nounOf = (segment: string): string => singular(spaced(segment));

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
};

/** An action in words; one that has none is its request with the numbers filled in. */
function actionOf(entry: Entry): Clean {
  const { operation, sent } = entry;
  const [, owner = '', action = ''] = /^(.*)\/(\w+)\/?$/.exec(operation) ?? [];
  const deed = DEEDS[action.toLowerCase().replace(/^convertto\w+/, 'convert')];
  if (deed !== undefined && owner.endsWith('}'))
    return deed(recordOf({ ...entry, operation: owner }), isRecord(sent) ? sent : {});
  return cleanLine(filledIn(operation, entry));
}

/** What a write did: `changed ticket 577 (VPN is down)`. */
export function deedOf(entry: Entry): Clean {
  const { operation, created, undoes } = entry;
  const method = operation.slice(0, operation.indexOf(' '));
  // A POST that made nothing is an action, and its path says which.
  const verb = method === 'POST' && created === undefined ? undefined : VERBS[method];
  const deed = verb === undefined ? actionOf(entry) : say`${verb} ${recordOf(entry)}`;
  return undoes === undefined ? deed : say`${deed}, undoing ${cleanLine(undoes)}`;
}

/** Before and after of a change, in names and in a zone: `status: New -> Assigned`. Nothing for creations and deletions. */
export function entryChanges(
  { operation, before, after, sent, outcome }: Entry,
  { api, zone }: { readonly api: ApiDescription; readonly zone: string },
): Clean {
  if (!/^(PATCH|PUT) /.test(operation) || before === undefined) return say``;
  // Of what did not happen, or nobody knows of, there is only what was asked for.
  const wanted = after ?? wantedOf(sent);
  const schema = api.find(operation)?.response.schema ?? '';
  const members = new Set([...Object.keys(before), ...Object.keys(wanted)]);
  const changes = changesOf(before, wanted, { api, schema, zone, members });
  const said = joined(
    changes.map(({ field, before: was, after: is }) => say`${field}: ${was} -> ${is}`),
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

import { bare } from '../api/bare.ts';
import { isRecord } from '../json.ts';
import type { Entry } from './entry.ts';

/** A record that a write touched, by all that its kind is called: `ticket` and `serviceticket`. */
interface Touched {
  readonly kinds: readonly string[];
  readonly id: number;
}

/** What people call records other than Manage's paths do. */
const CALLED: Readonly<Record<string, string>> = {
  appointment: 'scheduleentry',
  asset: 'configuration',
  client: 'company',
  customer: 'company',
  device: 'configuration',
  po: 'purchaseorder',
};

const singular = (text: string): string => bare(text).replace(/ies$/, 'y').replace(/s$/, '');

/** What the records of a collection are called: of `entries` in `time`, `entry`, `timeentry` and `time`. */
function kindsOf(collection: string, before: string): readonly string[] {
  const [own, whole] = [singular(collection), singular(before) + singular(collection)];
  return own === 'entry' || own === 'sheet' ? [own, whole, singular(before)] : [own, whole];
}

/** The records that the path of a write names, the one that it created among them. */
function inPath({ operation, path, created }: Entry): Touched[] {
  const segments = operation.replace(/^\S+\s+\//, '').split('/');
  const kindsAt = (at: number): readonly string[] => {
    const literals = segments.slice(0, at).filter((one) => !one.startsWith('{'));
    return kindsOf(literals.at(-1) ?? '', literals.at(-2) ?? '');
  };
  const named = segments.flatMap((segment, at): Touched[] => {
    const id = Number(path[segment.slice(1, -1)]);
    return segment.startsWith('{') && Number.isInteger(id) ? [{ kinds: kindsAt(at), id }] : [];
  });
  return created === undefined ? named : [...named, { kinds: kindsAt(segments.length), id: created }];
}

const TICKET = ['ticket', 'serviceticket', 'projectticket'];

/** Members that say which record something belongs to. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  ticket: TICKET,
  company: ['company'],
  project: ['project'],
  opportunity: ['opportunity'],
  contact: ['contact'],
  agreement: ['agreement'],
  invoice: ['invoice'],
};

/** Ids whose kind another member tells: appointments, charged time, documents. */
const BY_KIND: Readonly<Record<string, string>> = {
  objectId: 'type',
  chargeToId: 'chargeToType',
  recordId: 'recordType',
};

const idOf = (value: unknown): number => Number(isRecord(value) ? value.id : value);

/** What an appointment, charged time or a document belongs to, as its other member says it. Tickets are S in schedules. */
function kindSaid(said: unknown): readonly string[] {
  const text = bare(isRecord(said) ? (said.identifier ?? said.name) : said);
  if (text === 's' || text.endsWith('ticket') || text === 'service') return TICKET;
  return [text];
}

/** The records that what was sent, or was there before, belongs to. */
function ownersIn(record: unknown): Touched[] {
  if (!isRecord(record)) return [];
  const owners = Object.entries(OWNERS).map(([member, kinds]) => ({ kinds, id: idOf(record[member]) }));
  const said = Object.entries(BY_KIND).map(([member, kind]) => ({
    kinds: kindSaid(record[kind]),
    id: idOf(record[member]),
  }));
  const merged = Array.isArray(record.childTicketIds)
    ? record.childTicketIds.map((id) => ({ kinds: TICKET, id: idOf(id) }))
    : [];
  return [...owners, ...said, ...merged];
}

/**
 * Whether a write touched a record that somebody names: by its kind and id (`ticket 4711`), by the id alone (`4711`), or by words of
 * what it is called. What belongs to a record touches it: its notes, its time, its appointments.
 */
export function touches(entry: Entry, said: string): boolean {
  const [, words = '', id] = /^\s*(.*?)\s*#?(\d+)\s*$/.exec(said) ?? [];
  if (id === undefined) return bare(entry.label).includes(bare(said));
  const kind = singular(words);
  const asked = CALLED[kind] ?? kind;
  const isMeant = ({ kinds }: Touched): boolean =>
    // "config 5" is a beginning of its own name alone: "company" begins "companyconfiguration", too.
    asked === '' || kinds.includes(asked) || (asked.length > 2 && kinds[0]?.startsWith(asked) === true);
  return [...inPath(entry), ...ownersIn(entry.sent), ...ownersIn(entry.before), ...ownersIn(entry.after)].some(
    (touched) => touched.id === Number(id) && isMeant(touched),
  );
}

/** Whether what a write made belongs to the record that another one made: time and appointments of a ticket, tickets of a company. */
export function belongsTo({ sent, after }: Entry, owner: Entry): boolean {
  const made = owner.created === undefined ? undefined : inPath(owner).at(-1);
  return [...ownersIn(sent), ...ownersIn(after)].some(
    ({ kinds, id }) => id === made?.id && kinds.some((kind) => made.kinds.includes(kind)),
  );
}

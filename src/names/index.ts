export { closedIds } from './closed.ts';
export { createNames } from './create-names.ts';
export { AmbiguousName, NameTooLong, NoMember, UnknownName } from './errors.ts';
export { resembling } from './fuzzy-conditions.ts';
export { forgetTables, keepTables } from './kept-tables.ts';
export type { KindTable, Named, NameKind, NameScope } from './kind.ts';
export { fitting, folded, isSigned, sameName, slipsOf, withoutLegalForm } from './match.ts';
export { createMe, type Me } from './me.ts';
export type { CallNames, ListScope, Names, Taken } from './names.ts';
export {
  extensionAlone,
  isElsewhere,
  isReachedBy,
  itemWithNumber,
  type NumberParts,
  numberIn,
  withExtension,
} from './phone-number.ts';
export { idOf, nameOf, referenceTo } from './reference.ts';
export { asSaid, countSaid, saysMe, withoutTitle } from './said.ts';
export { type KeptTables, Tables } from './tables.ts';
export { FIND_TICKET_OPERATIONS, findTicket, TICKET_KINDS, type TicketKind } from './tickets.ts';
export { unknownAmong } from './unknown-among.ts';
export { ianaZone, memberZones } from './zones.ts';

export { createMe } from './create-me.ts';
export { createNames } from './create-names.ts';
export { AmbiguousName, NoMember, UnknownName } from './errors.ts';
export type { NameKind } from './kinds/index.ts';
export type { Me } from './me.ts';
export type { Named, Names } from './names.ts';
export { withoutLegalForm } from './rank.ts';
export { resolveGiven } from './resolve-given.ts';
export { findTicket, idOf, nameOf, TICKET_KINDS, type TicketKind } from './tickets.ts';

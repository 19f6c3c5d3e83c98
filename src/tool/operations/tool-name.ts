/**
 * The name of a tool as people and models write it: "create contact", `addTicketNote` and "Get-Ticket" are `create_contact`,
 * `add_ticket_note` and `get_ticket`. A name of an operation comes out as nothing that a tool is called.
 */
export const toolNameMeant = (said: unknown): string =>
  String(said)
    .trim()
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

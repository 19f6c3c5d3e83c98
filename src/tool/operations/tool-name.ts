/** No tool has a longer name, however it is written. */
const LONGEST = 200;

/**
 * The name of a tool as people and models write it: "create contact", `addTicketNote` and "Get-Ticket" are `create_contact`,
 * `add_ticket_note` and `get_ticket`. A name of an operation comes out as nothing that a tool is called.
 */
export function toolNameMeant(said: unknown): string {
  const name = String(said).trim();
  if (name.length > LONGEST) return '';
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

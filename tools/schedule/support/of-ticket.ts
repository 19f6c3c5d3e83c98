/** A ticket has several entries, so that its number names none of them. */
export const OF_TICKET = {
  instead: 'search_schedule with ticketId lists the entries of a ticket: send the id of one as entryId.',
};

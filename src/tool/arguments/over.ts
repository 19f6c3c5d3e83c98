/** States of records that are over, as arguments name them. */
const OVER = /^(?:closed|done|completed?|expired|ended|cancell?ed|won|lost|overdue)\b/i;

/**
 * Whether a search asks for what is over: of closed deals "November" is the last one, whatever it means for open ones.
 * @param values the arguments of the call as they were sent
 */
export function asksForWhatIsOver(values: Readonly<Record<string, unknown>>): boolean {
  const { state, status, only, includeDone, overdue } = values;
  return (
    includeDone === true ||
    overdue === true ||
    [state, status, only].some((said) => OVER.test(String(said ?? '').trim()))
  );
}

const BREAK =
  /(?<![\s,;(])[\s,;(]*\b(?:minus|less|without|excluding|deducting|with)\b\s+(?:an?\s+|my\s+)?(.{1,30}?)[\s-]*(?:(?:for|of)\s+)?(?:an?\s+|my\s+)?\b(?:lunch break|break|lunch|pause)\b\)?/i;

/** A break that was said in the same breath as the time: "2pm to 3:30 minus a 15-minute break". The rest is what is left of the text. */
export function splitBreak(said: string): { readonly rest: string; readonly breakTime?: string } {
  // A phrase that is too long is refused where it is read.
  if (said.length > 200) return { rest: said };
  const found = BREAK.exec(said);
  const length = found?.[1]?.replaceAll('-', ' ').trim();
  if (found === null || length === undefined || !/\d|half|quarter|hour|minute/i.test(length)) return { rest: said };
  const rest = `${said.slice(0, found.index)}${said.slice(found.index + found[0].length)}`.trim();
  return { rest, breakTime: length };
}

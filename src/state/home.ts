import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/** What the system answers, where it is a place that does not depend on where the process was started. */
function placeFrom(ask: () => string): string | undefined {
  try {
    const place = ask();
    return isAbsolute(place) ? place : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The home of this user, as a full path: what the environment says, else what the system knows. With an empty `HOME`, Node gives ""
 * for it, which would be the working folder.
 * @returns `undefined` for a user without a home, as in some containers
 */
export const homeOfUser = (): string | undefined => placeFrom(homedir) ?? placeFrom(() => userInfo().homedir);

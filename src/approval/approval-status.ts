import { isSigned } from '../names/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { choiceWords, ToolInputError } from '../tool/index.ts';

/** The states that time and expenses go through, in groups as people name them. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  open: ['Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier'],
  rejected: ['Rejected', 'RejectBySecondTier'],
  pending: ['PendingApproval', 'PendingProjectApproval'],
  approved: ['ApprovedByTierOne', 'ApprovedByTierTwo', 'ReadyToBill'],
  billed: ['Billed', 'BilledAgreement', 'WrittenOff'],
};

const ALIASES: Readonly<Record<string, string>> = {
  unsubmitted: 'open',
  notsubmitted: 'open',
  submitted: 'pending',
  waiting: 'pending',
  pendingapproval: 'pending',
};

/** What an argument for these states says of itself. */
export const STATUS_WORDS = "open (not submitted), pending, rejected, approved, billed, any, or Manage's own";

/** A state as people say it: `pending approval`, `approved by tier one`. `readStatuses` takes these words, too. */
export const statusWords = (status: unknown): Clean => cleanLine(choiceWords(status));

const ALL = [...new Set(Object.values(GROUPS).flat())];

/**
 * Manage's states that a word means: `pending`, `not submitted`, or one of the states itself. `undefined` for any.
 * @throws {ToolInputError} with the words there are
 */
export function readStatuses(said: string | undefined): readonly string[] | undefined {
  const word = (said ?? 'any').toLowerCase().replace(/[^a-z]/g, '');
  if (word === 'any' || word === 'all') return undefined;
  // "!approved" is anything but approved.
  if (!isSigned(said ?? '')) {
    const group = GROUPS[ALIASES[word] ?? word];
    if (group !== undefined) return group;
    const own = ALL.find((status) => status.toLowerCase() === word);
    if (own !== undefined) return [own];
  }
  throw new ToolInputError('status', say`There is no status "${cleanLine(said)}".`, {
    allowed: ['any', ...Object.keys(GROUPS), ...ALL].map(cleanLine),
  });
}

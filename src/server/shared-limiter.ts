import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Logger } from '../logger.ts';
import { type Limiter, realTiming, SharedBudget, type SharedLog, WindowLimiter } from '../manage/index.ts';
import type { SharedStore } from '../shared-store/index.ts';
import { ownFolder, SharedFileLog, StateFolderError } from '../state/index.ts';

/** A folder that processes of one user share; `undefined` where none can be had, which is logged as what that comes to. */
export function sharedFolder(folder: string | undefined, logger: Logger, without: string): string | undefined {
  if (folder === undefined) return undefined;
  try {
    return ownFolder(folder);
  } catch (error) {
    if (!(error instanceof StateFolderError)) throw error;
    logger.warn({ reason: error.message }, without);
    return undefined;
  }
}

/** Where those who use one key on one site tell each other of their requests; `undefined` for a process by itself. */
function logOf({ manage, quotaFolder }: Config, store: SharedStore, logger: Logger): SharedLog | undefined {
  const { baseUrl, companyId, publicKey } = manage;
  const name = createHash('sha256').update([baseUrl, companyId, publicKey].join('\n')).digest('hex').slice(0, 32);
  if (store.isShared) return store.events(`requests ${name}`);
  const folder = sharedFolder(quotaFolder, logger, 'the requests a minute are not shared with other processes');
  return folder === undefined ? undefined : new SharedFileLog(folder, name);
}

/** The requests a minute, which all replicas, or all processes of this user, have together for one key on one site. */
export function limiterOf(config: Config, store: SharedStore, logger: Logger): Limiter {
  const { requestsPerMinute, maxInFlight } = config.manage;
  const log = logOf(config, store, logger);
  if (log === undefined) return new WindowLimiter(requestsPerMinute, maxInFlight);
  const budget = new SharedBudget(log, {
    now: realTiming.now,
    tolerance: maxInFlight,
    // Replicas that cannot hear each other keep to their fair share.
    get partAlone() {
      return 1 / store.status().replicas;
    },
    onAway: (error) =>
      error === undefined
        ? logger.info({}, 'the requests a minute are shared again')
        : logger.warn({ reason: String(error) }, 'the requests a minute are not shared with other processes'),
  });
  return new WindowLimiter(requestsPerMinute, maxInFlight, { budget });
}

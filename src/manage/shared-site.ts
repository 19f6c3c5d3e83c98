import type { ApiDescription, Operation } from '../api/index.ts';
import type { Logger } from '../logger.ts';
import type { ManageSettings } from './client.ts';
import type { Confines } from './confine/scope.ts';
import { Exchange } from './exchange.ts';
import { fixedKeys, type Keys } from './keys.ts';
import { type Limiter, realTiming, type Timing, WindowLimiter } from './limits/limiter.ts';
import { SiteVersion } from './site-version.ts';
import { Transport } from './transport.ts';
import { Written } from './writes/written.ts';

export interface ClientDependencies {
  readonly api: ApiDescription;
  readonly logger?: Logger;
  /** Shared with other clients of the same site; one of its own when left out. */
  readonly limiter?: Limiter;
  /** What is shared with other clients of the same site: then closing this one closes nothing. */
  readonly shared?: SharedSite;
  /** What to sign in with; the keys of the settings when left out. */
  readonly keys?: Keys;
  readonly timing?: Timing;
  /** 0 to 1, for the jitter between tries. */
  readonly random?: () => number;
  /** The companies and boards whose records alone are within reach; all when left out. */
  readonly confines?: Confines;
  /** The only hosts that webhooks may go to, in lower case, `*.example.com` for all below one; any when left out. */
  readonly callbackHosts?: readonly string[] | undefined;
  /** Whether the operator's limits allow requests to an operation; all when left out. */
  readonly permits?: (operation: Operation) => boolean;
  /** Told the operation of each write that has ended, whatever became of it. */
  readonly wrote?: (operation: Operation) => void;
  /** The scope that the caller's sign-in lacks for an operation, if it lacks one. */
  readonly missingScope?: (operation: Operation) => string | undefined;
}

/** Under this name the question for the site's version is logged. */
const SITE_VERSION = 'GET /system/info';

/** What the clients of one site share. */
export class SharedSite {
  readonly limiter: Limiter;
  readonly transport: Transport;
  readonly version: SiteVersion;
  readonly written = new Written();

  constructor(settings: ManageSettings, dependencies: Omit<ClientDependencies, 'shared'>) {
    const { api, logger, timing = realTiming, random = Math.random, keys = fixedKeys(settings) } = dependencies;
    this.limiter =
      dependencies.limiter ?? new WindowLimiter(settings.requestsPerMinute, settings.maxInFlight, { timing });
    this.transport = new Transport(settings);
    const exchange = new Exchange({ transport: this.transport, limiter: this.limiter, keys, timing, random, logger });
    this.version = new SiteVersion({
      api,
      version: settings.apiVersion,
      root: rootOf(settings),
      companyId: settings.companyId,
      deadlineMs: settings.deadlineMs,
      ask: async (path, deadlineMs) =>
        (await exchange.run({ method: 'GET', path, operation: SITE_VERSION, reads: true }, deadlineMs)).value,
      now: () => timing.now(),
    });
  }

  close(): Promise<void> {
    this.limiter.close();
    return this.transport.close();
  }
}

/** Path of the API behind the origin: `/v4_6_release/apis/3.0`. */
export const rootOf = ({ baseUrl }: ManageSettings): string => new URL(baseUrl).pathname.replace(/\/$/, '');

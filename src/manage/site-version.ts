import type { ApiDescription } from '../api/index.ts';
import { isRecord } from '../json.ts';
import { ManageError } from './errors.ts';

/** What is known of the Manage that a client talks to. */
export interface Site {
  /** What the site has. */
  readonly api: ApiDescription;
  /** Its version as `2025.1`; nothing when it could not be found, and the oldest known one is assumed. */
  readonly version?: string;
  /** Whether the configuration says the version, and nobody asked. */
  readonly isConfigured: boolean;
}

/** How long the first request waits for the site's version at most, in milliseconds. */
const LONGEST_MS = 5_000;
/** How long a version that could not be found is not asked for again. */
const AGAIN_MS = 60_000;

/**
 * The API's version in what a site says of itself: `v2025.1.71827` (`/system/info`), `v2025.1` and `v2025_1/` (the sign-in
 * page's company information). The product's own number, `v4.6.38842`, does not tell it.
 */
export function versionIn(said: unknown): string | undefined {
  const [, year, release] = /(?:^|\D)(20\d\d)[._](\d{1,2})(?!\d)/.exec(String(said ?? '')) ?? [];
  return year === undefined ? undefined : `${year}.${Number(release)}`;
}

/** Asks a site: the JSON of a GET, on the path behind its origin. */
export type AskSite = (path: string, deadlineMs: number) => Promise<unknown>;

export interface SiteQuestion {
  readonly api: ApiDescription;
  /** As the configuration has it. */
  readonly version: string | undefined;
  /** Path of the API behind the origin: `/v4_6_release/apis/3.0`. */
  readonly root: string;
  readonly companyId: string;
  readonly deadlineMs: number;
  readonly ask: AskSite;
  readonly now: () => number;
}

/** `/system/info`, which a role may be kept from; else what the sign-in page knows, which asks for no keys. */
async function find({ root, companyId, deadlineMs, ask }: SiteQuestion): Promise<string | undefined> {
  const most = Math.min(LONGEST_MS, deadlineMs);
  const asked = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await ask(path, most);
    return isRecord(answer) ? answer : {};
  };
  try {
    const version = versionIn((await asked(`${root}/system/info`)).version);
    if (version !== undefined) return version;
  } catch (error) {
    // Without an answer the other question would have none either.
    if (!(error instanceof ManageError) || error.status === undefined) return undefined;
  }
  try {
    const { VersionCode: code, Codebase: base } = await asked(`/login/companyinfo/${encodeURIComponent(companyId)}`);
    return versionIn(code) ?? versionIn(base);
  } catch {
    return undefined;
  }
}

/** Whether every version of Manage has an operation, and each of these fields of its answer or none does: all of them answer alike. */
function isInAllVersions({ whole }: ApiDescription, operation: string, fields: readonly string[]): boolean {
  const found = whole.find(operation);
  const members = whole.schema(found?.response.schema ?? '')?.fields;
  const isThroughout = (part: { since?: string; until?: string } | undefined): boolean =>
    part?.since === undefined && part?.until === undefined;
  return (
    found !== undefined &&
    isThroughout(found) &&
    fields.every((path) => isThroughout(members?.get(path.split('/')[0] ?? '')))
  );
}

/** Finds a site's version with the first request and remembers it; one that could not be found is asked for again later. */
export class SiteVersion {
  readonly #question: SiteQuestion;
  #site: Promise<Site> | undefined;
  #known: Site | undefined;
  #askAgainAt = Number.POSITIVE_INFINITY;

  constructor(question: SiteQuestion) {
    this.#question = question;
  }

  /** The site as far as it is known now. */
  get known(): Site {
    const { api, version } = this.#question;
    return (
      this.#known ?? {
        api: api.at(version ?? api.versions[0] ?? api.version),
        version,
        isConfigured: version !== undefined,
      }
    );
  }

  /**
   * The site for a read of some fields: at once, beside the question for its version, where that does not matter to the read.
   * @param fields members of the answer that alone are asked for
   */
  async forFields(operation: string, fields: readonly string[] = []): Promise<Site> {
    const { api, version } = this.#question;
    const site = this.get();
    const isOpen = this.#known === undefined && version === undefined && fields.length > 0;
    return isOpen && isInAllVersions(api, operation, fields) ? this.known : site;
  }

  /** The site, asked for where that is necessary. Never fails. */
  get(): Promise<Site> {
    const { api, version: configured, now } = this.#question;
    if (configured !== undefined) return Promise.resolve(this.known);
    if (this.#site === undefined || now() >= this.#askAgainAt) {
      this.#askAgainAt = Number.POSITIVE_INFINITY;
      this.#site = find(this.#question).then((version) => {
        if (version === undefined) {
          this.#askAgainAt = now() + AGAIN_MS;
          return this.known;
        }
        this.#known = { api: api.at(version), version, isConfigured: false };
        return this.#known;
      });
    }
    return this.#site;
  }
}

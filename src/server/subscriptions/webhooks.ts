import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import type { Logger } from '../../logger.ts';
import { type ManageClient, ManageError } from '../../manage/index.ts';

/** Types of Manage's webhooks, and what the resources are called that they tell of. */
const TYPES = { ticket: 'tickets', company: 'companies' } as const;
type Type = keyof typeof TYPES;

const isType = (type: string | undefined): type is Type => type !== undefined && Object.hasOwn(TYPES, type);

const AGAIN_MS = 60_000;
const ROOM = 'webhooks';
const DESCRIPTION = 'cwm-mcp: tells assistants of changes';

interface Registered {
  readonly id: number;
  readonly url?: string;
  readonly inactiveFlag?: boolean;
}

export interface WebhooksParts {
  /** Where clients reach the tools; webhooks come beside it. */
  readonly publicUrl: string;
  /** The same for all replicas: whoever knows it may say that something changed. */
  readonly secret: Uint8Array;
  readonly manage: Pick<ManageClient, 'all' | 'write'>;
  readonly logger: Logger;
  /** Told the URI of a resource that changed. */
  readonly changed: (uri: string) => void;
}

/**
 * The webhooks through which Manage says which tickets and companies change. Nothing that it sends is taken but type and id, which stand
 * in the address; the address holds a secret, so that others cannot say so.
 */
export class Webhooks {
  readonly #parts: WebhooksParts;
  readonly #token: string;
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined = 'The webhooks are not registered yet; try again in a few seconds.';

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
    this.#token = Buffer.from(parts.secret).toString('base64url');
  }

  /** Why Manage does not tell of changes; `undefined` where it does. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Takes what Manage sent.
   * @param url path and query of a request
   * @returns whether it came to an address of ours
   */
  take(url: string): boolean {
    // A path such as `//` is no address at all.
    if (!URL.canParse(url, 'http://webhooks.invalid')) return false;
    const { pathname, searchParams } = new URL(url, 'http://webhooks.invalid');
    const [, room, token = '', type, ...more] = pathname.split('/');
    if (room !== ROOM || !isType(type) || more.length > 0 || !this.#isToken(token)) return false;
    const id = searchParams.get('recordId') ?? '';
    if (/^[1-9]\d{0,9}$/.test(id)) this.#parts.changed(`cwm://${TYPES[type]}/${id}`);
    return true;
  }

  /** Has Manage send the webhooks, which an earlier start may have done; where that fails, again and again until it does. */
  async register(): Promise<void> {
    try {
      await this.#register();
      this.#problem = undefined;
      this.#parts.logger.info({ types: Object.keys(TYPES) }, 'Manage tells of changes');
    } catch (error) {
      if (!(error instanceof ManageError)) throw error;
      this.#problem = `Manage does not tell this server of changes: ${error.message}`;
      this.#parts.logger.error({ reason: error.message }, 'the webhooks could not be registered');
      this.#timer = setTimeout(() => void this.register(), AGAIN_MS).unref();
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #register(): Promise<void> {
    const { manage, publicUrl } = this.#parts;
    const rows = await manage.all<Registered>('GET /system/callbacks');
    const room = new URL(`${ROOM}/`, publicUrl).href;
    const own = `${room}${this.#token}/`;
    const ours = rows.filter(({ url }) => String(url).startsWith(room));
    for (const type of Object.keys(TYPES)) {
      const url = `${own}${type}?recordId=`;
      const known = ours.find((row) => row.url === url);
      if (known === undefined) {
        const body = { description: DESCRIPTION, url, objectId: 1, type, level: 'owner' };
        await manage.write('POST /system/callbacks', { body });
      } else if (known.inactiveFlag === true) {
        // Manage switches off what could not be delivered for three days.
        const body = [{ op: 'replace', path: 'inactiveFlag', value: false }];
        await manage.write('PATCH /system/callbacks/{id}', { path: { id: known.id }, body });
      }
    }
    // Made with keys that this server has no more.
    for (const { id } of ours.filter(({ url }) => !String(url).startsWith(own)))
      await manage.write('DELETE /system/callbacks/{id}', { path: { id } });
  }

  #isToken(token: string): boolean {
    return token.length === this.#token.length && timingSafeEqual(Buffer.from(token), Buffer.from(this.#token));
  }
}

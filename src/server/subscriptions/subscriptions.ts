import { ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';
import { isRecord } from '../../json.ts';
import { NotFound } from '../../manage/index.ts';
import { refuse } from '../refuse.ts';
import { hasResource, refuseFor } from '../resources.ts';
import type { Services } from '../services.ts';
import { ResourceChanges } from './changes.ts';
import { Webhooks } from './webhooks.ts';

/** What is read of a record to see that the subscriber may see it, by kind of resource. */
const READ_BY = {
  tickets: ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'],
  companies: ['GET /company/companies/{id}'],
} as const;

const WATCHED = 'Changes are told of cwm://tickets/{id} and cwm://companies/{id}, with numbers.';

/** Tells clients of changed tickets and companies. */
export interface Subscriptions {
  readonly changes: ResourceChanges;
  /** Takes what Manage sent. @param url path and query @returns whether it came to an address of ours */
  take(url: string): boolean;
  /** @throws {ProtocolError} for a resource whose changes are not told, or that the subscriber cannot read */
  check(uri: string, services: Services): Promise<void>;
  /** The same for each resource that a message subscribes to. */
  checkMessage(message: unknown, services: Services): Promise<void>;
  close(): void;
}

/** The resources that a client of the stateless era wants to hear of. */
function listenedTo(message: unknown): readonly string[] {
  if (!isRecord(message) || message.method !== 'subscriptions/listen' || !isRecord(message.params)) return [];
  const { notifications } = message.params;
  const uris = isRecord(notifications) ? notifications.resourceSubscriptions : undefined;
  return Array.isArray(uris) ? uris.map(String) : [];
}

/** Resources of one subscription at most: each is read before. */
const MOST_RESOURCES = 20;

async function readable(kind: keyof typeof READ_BY, id: number, { manage }: Services): Promise<boolean> {
  for (const operation of READ_BY[kind]) {
    try {
      await manage.get(operation, { path: { id }, query: { fields: 'id' } });
      return true;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  return false;
}

/**
 * Has Manage say what changes, for clients that subscribe to it.
 * @param services the server's own
 */
export function openSubscriptions(services: Services, publicUrl: string): Subscriptions {
  const { logger, manage, store, secret } = services;
  const changes = new ResourceChanges(store, (error) => logger.debug({ err: error.message }, 'subscription'));
  const changed = (uri: string): void => changes.publish({ kind: 'resource_updated', uri });
  const webhooks = new Webhooks({ publicUrl, secret: secret('webhooks'), manage, logger, changed });
  // Manage may take a while, and the server serves meanwhile.
  webhooks.register().catch((error: unknown) => logger.error({ err: error }, 'the webhooks could not be registered'));
  const check = async (uri: string, subscriber: Services): Promise<void> => {
    const [, kind, id] = /^cwm:\/\/(tickets|companies)\/([1-9]\d{0,9})$/.exec(uri) ?? [];
    if (kind === undefined || !hasResource(uri, subscriber)) refuse(WATCHED);
    if (webhooks.problem !== undefined) refuse(webhooks.problem, ProtocolErrorCode.InternalError);
    const isReadable = await readable(kind as keyof typeof READ_BY, Number(id), subscriber).catch((error: unknown) =>
      refuseFor(error, subscriber),
    );
    if (!isReadable) throw new ResourceNotFoundError(uri, `There is no resource ${uri}.`);
  };
  return {
    changes,
    take: (url) => webhooks.take(url),
    check,
    async checkMessage(message, subscriber) {
      const uris = listenedTo(message);
      if (uris.length > MOST_RESOURCES) refuse(`One subscription takes up to ${MOST_RESOURCES} resources.`);
      await Promise.all(uris.map((uri) => check(uri, subscriber)));
    },
    close() {
      webhooks.close();
      changes.close();
    },
  };
}

import type { ServerContext } from '@modelcontextprotocol/server';
import { presentCaller } from '../manage/index.ts';

/** Who signed in, as the connection tells; nobody over stdio, where one process serves one person. */
export const signedIn = ({ http }: Pick<ServerContext, 'http'>): string | undefined => http?.authInfo?.clientId;

/** Who calls, as far as it can be told: callers take turns. @param client name and version of the client */
export const callerOf = (context: ServerContext, client = ''): string =>
  [presentCaller(), signedIn(context) ?? '', context.sessionId ?? '', client].join(' ');

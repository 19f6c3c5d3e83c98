import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** Answers a request with an error of the protocol: by default that something is wrong with what was sent. */
export const refuse = (message: string, code = ProtocolErrorCode.InvalidParams): never => {
  throw new ProtocolError(code, message);
};

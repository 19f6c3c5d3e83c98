import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type ApiDescription, type HttpMethod, MODULES } from '../../api/index.ts';
import type { HookContext } from '../contract/behaviour.ts';
import { apiFailure, Failure } from '../contract/failure.ts';
import type { Form, OperationAnswer } from '../contract/request.ts';
import { SANDBOX } from '../credentials.ts';
import type { Faults } from '../faults.ts';
import type { Dispatcher } from '../operations/dispatch.ts';
import { answerText } from '../records/record-texts.ts';
import { authorize } from '../security-roles.ts';
import {
  type Answer,
  BAD_REQUEST_PAGE,
  html,
  json,
  NOT_FOUND_PAGE,
  type RequestLogEntry,
  URL_TOO_LONG_PAGE,
  write,
} from './answer.ts';
import type { Certificates } from './certificate.ts';
import { failBefore, sendOrFail } from './fault-answers.ts';
import { checkVersion, unsupportedType } from './headers.ts';
import { type Caller, type Logins, signIn } from './logins.ts';
import { readBody, readForm } from './request-body.ts';

const API = /^\/+v\d[\w.]*\/+apis\/+3\.0(?=\/|$)/i;
const SIGN_IN = /^\/+v\d[\w.]*\/+login\/+login\.aspx$/i;
const COMPANY_INFO = /^\/login\/companyinfo\/([^/]+)\/?$/i;
/** Where receivers of callbacks fetch the secret that bodies are signed with. The end is as recorded, what stands before it is not known. */
export const SIGNING_KEY_PATH = '/v4_6_release/system/callbackkey/index.rails';
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const LONGEST_LOG = 20_000;
const LONGEST_LOGGED_QUERY = 2_000;
/** The developer guide's limit; beyond it there is the POST search. */
const LONGEST_URL = 10_000;
/** Room for that address and the headers beside it. */
const LONGEST_HEAD = 64 * 1024;
/** How long an idle connection stays, as at most web servers. After Node's five seconds a busy machine closes what a client is about to use. */
const IDLE_MS = 65_000;

export interface HttpOptions {
  readonly api: ApiDescription;
  readonly dispatcher: Pick<Dispatcher, 'answer'>;
  readonly logins: Logins;
  readonly companyId: string;
  readonly faults: Faults;
  /** Serves HTTPS with these. */
  readonly certificates?: Certificates | undefined;
  readonly log: RequestLogEntry[];
  readonly companyInfo: Readonly<Record<string, unknown>>;
  /** What hooks get for a caller. */
  readonly context: (caller: Caller) => Omit<HookContext, 'parentIds'>;
  /** Name of a caller's security role. */
  readonly roleOf: (caller: Caller) => string;
}

/** The local Manage's HTTP side: routes, access, faults, headers. What an operation means is the dispatcher's. */
export class SandboxHttp {
  readonly #options: HttpOptions;
  readonly server: Server;

  constructor(options: HttpOptions) {
    this.#options = options;
    const { certificates } = options;
    const head = { maxHeaderSize: LONGEST_HEAD, requireHostHeader: false, keepAliveTimeout: IDLE_MS };
    // What a client sends without waiting is done one after the other, as it was sent.
    const turns = new WeakMap<object, Promise<void>>();
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      const before = turns.get(request.socket) ?? Promise.resolve();
      turns.set(
        request.socket,
        before.then(() => this.#serve(request, response)),
      );
    };
    this.server =
      certificates === undefined
        ? createServer(head, listener)
        : createTlsServer({ ...head, key: certificates.key, cert: certificates.cert }, listener);
    // A request line that no URL can be read from never reaches a handler: the web server answers by itself.
    this.server.on('clientError', (_, socket) => {
      if (!socket.writable) return;
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: ${BAD_REQUEST_PAGE.length}\r\nConnection: close\r\n\r\n${BAD_REQUEST_PAGE}`,
      );
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const logged = query.slice(0, LONGEST_LOGGED_QUERY);
    const entry: RequestLogEntry = { method: request.method ?? '', path, query: logged, status: 0 };
    const { log } = this.#options;
    log.push(entry);
    // A sandbox can run for weeks; what tests look at is recent.
    if (log.length > LONGEST_LOG) log.splice(0, log.length - LONGEST_LOG / 2);
    const asked = request.headers['x-sandbox-fault'];
    response.setHeader('api-current-version', this.#options.api.version);
    const fault = this.#options.faults.take(entry.method, path, typeof asked === 'string' ? asked : undefined);
    try {
      if (await failBefore(fault, request, response, entry)) return;
      const answer = await this.#answer(request);
      entry.status = answer.status;
      await sendOrFail(fault, response, answer, entry);
    } catch (error) {
      // A client that left is not a failure of the sandbox.
      if (!response.destroyed && !response.headersSent)
        write(response, json(500, { code: 'ConnectWiseApi', message: `The sandbox failed: ${String(error)}` }));
    }
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    try {
      const bytes = await readBody(request);
      const type = request.headers['content-type'] ?? '';
      const form = /^multipart\/form-data\b/i.test(type) ? await readForm(bytes, type) : undefined;
      return await this.#route(request, bytes, form);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { code, message, errors } = error.body;
      return json(error.status, { code, message, ...(errors !== undefined && { errors }) });
    }
  }

  async #route(request: IncomingMessage, bytes: Buffer, form: Form | undefined): Promise<Answer> {
    if ((request.url?.length ?? 0) > LONGEST_URL) return html(414, URL_TOO_LONG_PAGE);
    const target = `${this.#options.certificates === undefined ? 'http' : 'https'}://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`;
    const isNameless = request.headers.host === undefined && request.httpVersion === '1.1';
    if (isNameless || !URL.canParse(target)) return html(400, BAD_REQUEST_PAGE);
    const url = new URL(target);
    const company = COMPANY_INFO.exec(url.pathname)?.[1];
    if (company !== undefined) return this.#companyInfo(company, url.host);
    if (url.pathname === SIGNING_KEY_PATH) return json(200, { signing_key: SANDBOX.signingKey });
    if (SIGN_IN.test(url.pathname) && request.method === 'POST') return this.#signIn(form, bytes);
    const prefix = API.exec(url.pathname)?.[0];
    if (prefix === undefined) return html(404, NOT_FOUND_PAGE);
    const path = url.pathname.slice(prefix.length).replace(/\/+/g, '/');
    const module = path.split('/')[1]?.toLowerCase() ?? '';
    if (!(MODULES as readonly string[]).includes(module)) return html(404, NOT_FOUND_PAGE);
    const { api, dispatcher, logins, roleOf, context } = this.#options;
    const caller = logins.authenticate(request.headers);
    checkVersion(request.headers.accept, target);
    const method = request.method ?? '';
    const matched = METHODS.has(method) ? api.match(method as HttpMethod, path) : undefined;
    if (matched === undefined) {
      const allowed = api.methodsOf(path);
      // A record's method without the record's id leads nowhere.
      const isOfRecord =
        /^(DELETE|PUT|PATCH)$/.test(method) && api.match(method as HttpMethod, `${path.replace(/\/$/, '')}/1`);
      if (allowed.length === 0 || isOfRecord) throw apiFailure(404, 'The endpoint does not exist.');
      // The server's own text for 405 is not known.
      return json(
        405,
        { code: 'ConnectWiseApi', message: `The requested resource does not support http method '${method}'.` },
        { allow: allowed.join(', ') },
      );
    }
    const { operation, pathValues } = matched;
    const contentType = request.headers['content-type'] ?? '';
    const type = unsupportedType(operation, contentType, bytes.length > 0);
    if (type !== undefined)
      return json(415, { message: `The request entity's media type '${type}' is not supported for this resource.` });
    authorize(roleOf(caller), operation);
    const query = new Map([...url.searchParams].map(([name, value]): [string, string] => [name.toLowerCase(), value]));
    const forwardOnly = /^forward-only$/i.test(String(request.headers['pagination-type'] ?? '').trim());
    const text = form === undefined ? bytes.toString('utf8') : '';
    const answer = dispatcher.answer(
      { operation, pathValues, url, query, bytes, text, form, contentType, forwardOnly },
      context(caller),
    );
    return toAnswer(answer, `${url.origin}${prefix}`);
  }

  #signIn(form: Form | undefined, bytes: Buffer): Answer {
    const { logins, companyId } = this.#options;
    const { body, cookies } = signIn(logins, companyId, form, bytes);
    return json(200, body, cookies.length > 0 ? { 'set-cookie': cookies } : {});
  }

  #companyInfo(company: string, host: string): Answer {
    const known = company.toLowerCase() === encodeURIComponent(this.#options.companyId).toLowerCase();
    const { AllowedOrigins, ...info } = this.#options.companyInfo;
    return json(200, known ? { ...info, SiteUrl: host, AllowedOrigins } : null);
  }
}

/** A file's name for a header: plain letters for everyone, the whole of it for those who know RFC 5987. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const isPlain = plain === fileName;
  return `attachment; filename="${plain}"${isPlain ? '' : `; filename*=UTF-8''${encodeURIComponent(fileName)}`}`;
}

/** @param root where the API was reached, for the links in the body */
async function toAnswer({ status, body, bytes, file, link, location }: OperationAnswer, root: string): Promise<Answer> {
  const headers: Record<string, string> = {
    ...(link !== undefined && { link }),
    ...(location !== undefined && { location }),
  };
  if (file !== undefined) {
    if (file.fileName !== undefined) headers['content-disposition'] = attachment(file.fileName);
    const isType = /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/.test(file.contentType);
    const type = isType ? file.contentType : 'application/octet-stream';
    return { status, headers: { ...headers, 'content-type': type }, body: file.bytes };
  }
  if (bytes !== undefined) {
    const { bytes: page, release } = await bytes(root);
    return { ...json(status, undefined, headers), body: page, release };
  }
  if (status === 204 || body === undefined)
    return { ...json(status, undefined, headers), ...(status === 204 && { headers }) };
  return { ...json(status, undefined, headers), body: answerText(body, root) };
}

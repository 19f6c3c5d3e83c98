import type { App, McpUiHostCapabilities, McpUiHostContext } from '@modelcontextprotocol/ext-apps';

// The view's end of MCP Apps (2026-01-26), by hand: JSON-RPC over `postMessage`, seven requests. The official library is 400 kB of the
// page, because it carries the schemas of the whole protocol; this is 3 kB. The tests speak to it with that library's own host.

export type Input = Readonly<Record<string, unknown>>;
export type Result = Awaited<ReturnType<App['callServerTool']>>;

/** What a host tells a view without being asked. */
export interface Listener {
  /** The arguments of the call that is shown. */
  input(input: Input): void;
  result(result: Result): void;
  cancelled(): void;
  context(context: McpUiHostContext): void;
}

/** What a view can ask of its host; each promise fails where the host refuses. */
export interface Host {
  readonly capabilities: McpUiHostCapabilities;
  /** Takes as long as it takes: a person may be asked in the middle of it. */
  callTool(name: string, input: Input): Promise<Result>;
  /** Writes to the assistant as the person. */
  sendMessage(text: string): Promise<void>;
  /** What the model is to know with the person's next message; it takes the place of what was told before. */
  updateModel(text: string): Promise<void>;
  openLink(url: string): Promise<void>;
  download(name: string, mimeType: string, text: string): Promise<void>;
}

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const PROTOCOL_VERSION = '2026-01-26';
const METHOD_NOT_FOUND = -32601;

const post = (message: Omit<Message, 'jsonrpc'>): void =>
  window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*');

/** Tells the host how high the page is, now and whenever that changes. */
function reportSize(): void {
  let reported = '';
  const report = (): void => {
    const root = document.documentElement;
    const { height: set } = root.style;
    // As high as what it holds, not as the frame around it.
    root.style.height = 'max-content';
    const height = Math.ceil(root.getBoundingClientRect().height);
    root.style.height = set;
    const width = Math.ceil(window.innerWidth);
    if (reported === `${width} ${height}`) return;
    reported = `${width} ${height}`;
    post({ method: 'ui/notifications/size-changed', params: { width, height } });
  };
  // One report a frame, however many elements changed.
  let waiting = 0;
  const soon = (): void => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(report);
  };
  const observer = new ResizeObserver(soon);
  observer.observe(document.documentElement);
  observer.observe(document.body);
}

/** Connects a view to the page around it, and hands on what that says. @param name of the view, for the host's log */
export async function connectHost(name: string, listener: Listener): Promise<Host> {
  let lastId = 0;
  const waiting = new Map<Message['id'], { resolve(result: unknown): void; reject(error: Error): void }>();
  let context: McpUiHostContext = {};

  /** What the host tells, by method. */
  const notices: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => void>> = {
    'ui/notifications/tool-input': (params) => listener.input((params.arguments ?? {}) as Input),
    'ui/notifications/tool-result': (params) => listener.result(params as Result),
    'ui/notifications/tool-cancelled': () => listener.cancelled(),
    'ui/notifications/host-context-changed': (params) => {
      // Only what has changed.
      context = { ...context, ...params };
      listener.context(context);
    },
  };

  function heard({ id, method = '', params = {} }: Message): void {
    if (id === undefined) notices[method]?.(params);
    else if (method === 'ui/resource-teardown' || method === 'ping') post({ id, result: {} });
    else post({ id, error: { code: METHOD_NOT_FOUND, message: `There is no ${method}.` } });
  }

  function answered({ id, result, error }: Message): void {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(error.message));
  }

  window.addEventListener('message', ({ source, data }: MessageEvent<Message | undefined>) => {
    if (source !== window.parent || data?.jsonrpc !== '2.0') return;
    if (data.method === undefined) answered(data);
    else heard(data);
  });

  function request<T>(method: string, params: Readonly<Record<string, unknown>>): Promise<T> {
    lastId += 1;
    const id = lastId;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      post({ id, method, params });
    });
  }

  /** A request that the host may answer with a no. */
  async function favour(method: string, params: Readonly<Record<string, unknown>>): Promise<void> {
    const result = await request<{ isError?: boolean } | undefined>(method, params);
    if (result?.isError === true) throw new Error('The host refused.');
  }

  const { hostCapabilities, hostContext } = await request<{
    hostCapabilities: McpUiHostCapabilities;
    hostContext?: McpUiHostContext;
  }>('ui/initialize', {
    protocolVersion: PROTOCOL_VERSION,
    appInfo: { name: `cwm-mcp ${name}`, version: PRODUCT_VERSION },
    appCapabilities: {},
  });
  context = { ...hostContext, ...context };
  listener.context(context);
  post({ method: 'ui/notifications/initialized', params: {} });
  reportSize();

  const text = (words: string) => [{ type: 'text', text: words }];
  return {
    capabilities: hostCapabilities,
    callTool: (tool, input) => request<Result>('tools/call', { name: tool, arguments: input }),
    sendMessage: (words) => favour('ui/message', { role: 'user', content: text(words) }),
    updateModel: (words) => favour('ui/update-model-context', { content: text(words) }),
    openLink: (url) => favour('ui/open-link', { url }),
    download: (file, mimeType, content) =>
      favour('ui/download-file', {
        contents: [
          { type: 'resource', resource: { uri: `file:///${encodeURIComponent(file)}`, mimeType, text: content } },
        ],
      }),
  };
}

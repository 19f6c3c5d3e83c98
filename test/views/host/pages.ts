import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What a host has to allow a view that declares no origin (MCP Apps 2026-01-26, "Restrictive Default"). */
const VIEW_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "media-src 'self' data:",
  "connect-src 'none'",
].join('; ');

const STYLE = `html, body { margin: 0; } iframe { display: block; width: 100%; height: 100vh; border: 0; }`;
const page = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><style>${STYLE}</style><body><script type="module" src="/${script}"></script>`;

async function serve(
  files: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const text = files[url];
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8`, ...headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

export interface HostPages {
  readonly host: string;
  /** Of another origin than the host, as the specification asks. */
  readonly sandbox: string;
  /** To run inside a view: leaves its least readable text in `worst`. */
  readonly contrast: string;
  close(): void;
}

/** The page of a host and the page of its sandbox, on two origins of this machine. */
export async function serveHostPages(): Promise<HostPages> {
  const { outputFiles } = await build({
    entryPoints: ['host', 'sandbox', 'contrast'].map((name) => join(import.meta.dirname, 'browser', `${name}.ts`)),
    outdir: '/',
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const script = (name: string): string => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const host = await serve({ '/': page('host.js'), '/host.js': script('host.js') }, {});
  const sandbox = await serve(
    { '/': page('sandbox.js'), '/sandbox.js': script('sandbox.js') },
    { 'content-security-policy': VIEW_POLICY },
  );
  return {
    host: `${originOf(host)}/`,
    sandbox: `${originOf(sandbox)}/`,
    contrast: script('contrast.js'),
    close() {
      host.close();
      sandbox.close();
    },
  };
}

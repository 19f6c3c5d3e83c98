/** The proxy between host and view that the MCP Apps specification asks web hosts for: loads the page, passes messages on, and is silent. */
const inner = document.createElement('iframe');
inner.title = 'view';
inner.setAttribute('sandbox', 'allow-scripts');
document.body.append(inner);

interface Message {
  readonly method?: string;
  readonly params?: { readonly html?: string };
}

window.addEventListener('message', ({ source, data }: MessageEvent<Message>) => {
  if (source === inner.contentWindow) window.parent.postMessage(data, '*');
  else if (data.method === 'ui/notifications/sandbox-resource-ready') inner.srcdoc = data.params?.html ?? '';
  else inner.contentWindow?.postMessage(data, '*');
});
window.parent.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/sandbox-proxy-ready', params: {} }, '*');

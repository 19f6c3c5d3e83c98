import { AppBridge, type McpUiHostContext, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { Result, Scene } from '../scene.ts';

declare global {
  interface Window {
    scene(): Promise<Scene>;
    callTool(name: string, input: Record<string, unknown>): Promise<Result>;
    heard(text: string): Promise<void>;
    toldModel(text: string): Promise<void>;
    opened(url: string): Promise<void>;
    saved(name: string, text: string): Promise<void>;
    /** Gives the view another result, as a host does when the tool is called again. */
    show(result: Result): void;
    /** Tells the view of a new context, as a host does when its person switches the theme. */
    change(context: McpUiHostContext): void;
  }
}

const scene = await window.scene();
const frame = document.createElement('iframe');
frame.title = 'sandbox';
frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
document.body.append(frame);

const bridge = new AppBridge(null, { name: 'test host', version: '1.0.0' }, scene.capabilities, {
  hostContext: scene.context,
});
bridge.oncalltool = async ({ name, arguments: input = {} }) => (await window.callTool(name, input)) as never;
bridge.onmessage = async ({ content }) => {
  await window.heard(content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'));
  return {};
};
bridge.onupdatemodelcontext = async ({ content = [] }) => {
  await window.toldModel(content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'));
  return {};
};
bridge.onopenlink = async ({ url }) => {
  await window.opened(url);
  return {};
};
bridge.ondownloadfile = async ({ contents }) => {
  for (const content of contents)
    if (content.type === 'resource' && 'text' in content.resource)
      await window.saved(decodeURIComponent(content.resource.uri.replace(/^.*\//, '')), content.resource.text);
  return {};
};
bridge.addEventListener('sandboxready', () => void bridge.sendSandboxResourceReady({ html: scene.html }));
bridge.addEventListener('sizechange', ({ height }) => {
  if (height !== undefined) frame.style.height = `${height}px`;
});
bridge.addEventListener('initialized', () => {
  void bridge.sendToolInput({ arguments: scene.input });
  void bridge.sendToolResult(scene.result);
});
window.show = (result) => void bridge.sendToolResult(result);
window.change = (context) => bridge.setHostContext(context);

const target = frame.contentWindow;
if (target === null) throw new Error('The frame has no window.');
await bridge.connect(new PostMessageTransport(target, target));
frame.src = scene.sandbox;

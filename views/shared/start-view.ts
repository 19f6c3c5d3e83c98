import {
  App,
  applyDocumentTheme,
  applyHostStyleVariables,
  type McpUiHostContext,
} from '@modelcontextprotocol/ext-apps';
import type { z } from 'zod';
import { element } from './element.ts';
import './view.css';

type Input = Readonly<Record<string, unknown>>;
type Result = Awaited<ReturnType<App['callServerTool']>>;

/** What a drawn view can do beside showing what it was given. */
export interface Asking {
  /** The arguments of the call that is shown. */
  readonly input: Input;
  /** Whether there is any way to get another result; without one, a view draws no buttons for it. */
  readonly possible: boolean;
  /**
   * Calls the tool again and shows what it answers. Where the host lets a view only talk, `words` go to the assistant; where it
   * allows nothing, the person is told.
   */
  ask(input: Input, words: string): void;
}

export interface View<T> {
  /** The tool whose results are drawn. */
  readonly tool: string;
  readonly schema: z.ZodType<T>;
  draw(data: T, asking: Asking): Node;
}

function applyContext(context: McpUiHostContext | undefined): void {
  if (context?.theme !== undefined) applyDocumentTheme(context.theme);
  if (context?.styles?.variables !== undefined) applyHostStyleVariables(context.styles.variables);
  const { top = 0, right = 0, bottom = 0, left = 0 } = context?.safeAreaInsets ?? {};
  document.body.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
}

const textOf = ({ content = [] }: Pick<Result, 'content'>): string =>
  content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');

/** Connects to the host and draws every result that arrives, in the theme of the host. */
export async function startView<T>({ tool, schema, draw }: View<T>): Promise<void> {
  const picture = element('div', { class: 'picture' }, element('p', { class: 'quiet' }, 'Loading…'));
  const message = element('p', { class: 'message', role: 'status' });
  document.getElementById('view')?.append(picture, message);
  const say = (text: string): void => {
    message.textContent = text;
  };

  const app = new App({ name: `cwm-mcp ${tool}`, version: PRODUCT_VERSION }, {});
  let input: Input = {};
  /** How often was asked: an answer to an earlier question comes too late to be shown. */
  let asked = 0;

  function show(result: Result): void {
    if (result.isError === true) {
      say(textOf(result));
      return;
    }
    const read = schema.safeParse(result.structuredContent);
    const focused = document.activeElement?.getAttribute('data-name');
    // A host that passes on the text alone still shows all of it.
    picture.replaceChildren(
      read.success
        ? draw(read.data, { input, possible: allowed() !== 'nothing', ask })
        : element('pre', {}, textOf(result)),
    );
    say('');
    if (focused != null) picture.querySelector<HTMLElement>(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  function allowed(): 'tools' | 'words' | 'nothing' {
    const host = app.getHostCapabilities();
    if (host?.serverTools !== undefined) return 'tools';
    return host?.message !== undefined ? 'words' : 'nothing';
  }

  /** The model is to answer about what the person sees now, not about what was shown first. */
  function tellModel(result: Result): void {
    if (app.getHostCapabilities()?.updateModelContext === undefined) return;
    const content = [{ type: 'text' as const, text: textOf(result) }];
    void app.updateModelContext({ content }).catch(() => undefined);
  }

  async function answerTo(wanted: Input, words: string, turn: number): Promise<void> {
    if (allowed() === 'words') {
      const { isError } = await app.sendMessage({ role: 'user', content: [{ type: 'text', text: words }] });
      say(isError === true ? `Ask the assistant: ${words}` : 'The assistant was asked.');
      return;
    }
    const result = await app.callServerTool({ name: tool, arguments: { ...wanted } });
    if (turn !== asked) return;
    if (result.isError !== true) {
      input = wanted;
      tellModel(result);
    }
    show(result);
  }

  function ask(wanted: Input, words: string): void {
    asked += 1;
    const turn = asked;
    say('Loading…');
    picture.setAttribute('aria-busy', 'true');
    void answerTo(wanted, words, turn)
      .catch(() => say(`The host did not allow it. Ask the assistant: ${words}`))
      .finally(() => turn === asked && picture.removeAttribute('aria-busy'));
  }

  app.addEventListener('toolinput', (params) => {
    input = params.arguments ?? {};
  });
  app.addEventListener('toolresult', show);
  app.addEventListener('toolcancelled', () => say('The call was cancelled.'));
  app.addEventListener('hostcontextchanged', applyContext);
  app.onteardown = () => ({});
  await app.connect();
  applyContext(app.getHostContext());
}

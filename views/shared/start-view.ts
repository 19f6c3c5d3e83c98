import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import type * as z from 'zod/mini';
import { type Act, type Acting, actForm, questionIn, textOf } from './act.ts';
import { type Aside, asideOf } from './aside.ts';
import { button, element } from './element.ts';
import { connectHost, type Host, type Input, type Result } from './host.ts';
import './view.css';
import { letGo } from './press.ts';

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
  /** Whether the host lets a view read by other tools. */
  readonly canRead: boolean;
  /** Calls a tool that only reads, for something to be shown beside the rest. @throws where the host refuses */
  read(tool: string, input: Input): Promise<Result>;
  /** Whether a tool can be used from here: the server offers it, and the host lets a view call tools or at least ask for it. */
  offers(tool: string): boolean;
  /** Puts the form for a change into `place`, in place of any other that is open. After it is done the view is read again. */
  act(act: Act, place: HTMLElement): void;
  /** The page of a record in Manage itself; `undefined` where there is none, as with the sandbox. */
  manageLink(recordType: string, id: number): string | undefined;
  /** Opens an address by the host, which may ask the person; `false` where the host has no way, and the browser is to try. */
  open(url: string): boolean;
  /** Saves a text as a file, by the host or the browser; `false` where the page may hold it back without a word. */
  save(name: string, mimeType: string, text: string): boolean;
  /** What the server has for this view beside the result. */
  readonly aside: unknown;
}

export interface View<T> {
  /** The tool whose results are drawn. */
  readonly tool: string;
  readonly schema: z.ZodMiniType<T>;
  draw(data: T, asking: Asking): Node;
}

function applyContext({ theme, styles, safeAreaInsets, locale }: McpUiHostContext): void {
  const root = document.documentElement;
  if (theme !== undefined) {
    root.dataset.theme = theme;
    root.style.colorScheme = theme;
  }
  if (locale !== undefined) root.dataset.locale = locale;
  for (const [name, value] of Object.entries(styles?.variables ?? {}))
    if (value !== undefined) root.style.setProperty(name, value);
  const { top = 0, right = 0, bottom = 0, left = 0 } = safeAreaInsets ?? {};
  document.body.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
}

/** Arguments without the yes of a person, which counts once. */
function unconfirmed({ confirm: _once, ...input }: Input): Input {
  return input;
}

/** Connects to the host and draws every result that arrives, in the theme of the host. */
export async function startView<T>({ tool, schema, draw }: View<T>): Promise<void> {
  const picture = element('div', { class: 'picture' }, element('p', { class: 'quiet' }, 'Loading…'));
  const message = element('p', { class: 'message', role: 'status', dir: 'auto' });
  const news = element('p', { class: 'news', role: 'status', dir: 'auto' });
  document.getElementById('view')?.append(news, picture, message);
  const say = (text: string): void => {
    message.textContent = text;
  };

  let host: Host | undefined;
  let input: Input = {};
  let aside: Aside = {};
  /** How often was asked: an answer to an earlier question comes too late to be shown. */
  let asked = 0;
  /** What the person did here, and what they see now if it is not what the model was given: the model knows neither. */
  const did: string[] = [];
  let seen: string | undefined;
  let closeForm: (() => void) | undefined;

  /** Puts a question of the server to the person, under what is shown: a yes counts for the one call. */
  function askPerson(question: string, wanted: Input): void {
    say(`${question} `);
    const words = `I agree: ${question}`;
    message.append(button('Yes, do it', 'agree', () => ask({ ...wanted, confirm: true }, words), { class: 'first' }));
  }

  function show(result: Result, wanted: Input = input): void {
    const question = questionIn(result);
    if (question !== undefined && allowed() !== 'nothing') {
      askPerson(question, wanted);
      return;
    }
    if (result.isError === true) {
      say(textOf(result));
      return;
    }
    aside = asideOf(result);
    const read = schema.safeParse(result.structuredContent);
    const focused = document.activeElement?.getAttribute('data-name');
    closeForm = undefined;
    // A host that passes on the text alone still shows all of it.
    picture.replaceChildren(
      read.success
        ? draw(read.data, {
            input,
            possible: allowed() !== 'nothing',
            aside: aside.own,
            ask,
            canRead: allowed() === 'tools',
            read: acting.call,
            offers,
            act,
            manageLink,
            open,
            save,
          })
        : element('pre', { dir: 'auto' }, textOf(result)),
    );
    say('');
    if (focused != null) picture.querySelector<HTMLElement>(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  function allowed(): 'tools' | 'words' | 'nothing' {
    const capabilities = host?.capabilities;
    if (capabilities?.serverTools !== undefined) return 'tools';
    return capabilities?.message !== undefined ? 'words' : 'nothing';
  }

  /** The model is to answer about what the person sees and has done, not about what was shown first. */
  async function tellModel(): Promise<void> {
    if (host?.capabilities.updateModelContext === undefined) return;
    const done = did.map((each) => `The person did this in the view, it is done:\n${each}`);
    const text = [...done, ...(seen === undefined ? [] : [did.length > 0 ? `The view now shows:\n${seen}` : seen])];
    await host.updateModel(text.join('\n\n')).catch(() => undefined);
  }

  async function answerTo(wanted: Input, words: string, turn: number): Promise<void> {
    if (host === undefined) return;
    if (allowed() === 'words') {
      await host.sendMessage(words);
      say('The assistant was asked.');
      return;
    }
    const result = await host.callTool(tool, wanted);
    await letGo();
    if (turn !== asked) return;
    if (result.isError !== true) {
      input = unconfirmed(wanted);
      seen = textOf(result);
      void tellModel();
    }
    show(result, wanted);
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

  const offers = (name: string): boolean => allowed() !== 'nothing' && (aside.offers ?? []).includes(name);

  const acting: Acting = {
    get onlyWords() {
      return allowed() === 'words';
    },
    async call(name, given) {
      if (host === undefined) throw new Error('There is no host yet.');
      const executor = aside.through?.[name];
      if (executor === undefined) return host.callTool(name, given);
      return host.callTool(executor, { operation: name, arguments: given });
    },
    async speak(words) {
      await host?.sendMessage(words);
      say('The assistant was asked.');
    },
    done({ title }, text) {
      did.push(`${title}\n${text}`);
      news.textContent = text;
      news.scrollIntoView({ block: 'nearest' });
      // Where nothing can be told in silence, it is said: a model that does not know of a change makes it again.
      if (host?.capabilities.updateModelContext === undefined && host?.capabilities.message !== undefined)
        void host.sendMessage(`I did this in the view: ${title}\n${text}`).catch(() => undefined);
      else void tellModel();
      ask(input, 'Show it again.');
    },
  };

  function act(wanted: Act, place: HTMLElement): void {
    closeForm?.();
    news.textContent = '';
    const opener = document.activeElement;
    const close = (): void => {
      form.remove();
      closeForm = undefined;
      if (opener instanceof HTMLElement) opener.focus();
    };
    const form = actForm(wanted, acting, close);
    closeForm = close;
    place.replaceChildren(form);
    form.scrollIntoView({ block: 'nearest' });
    form.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }

  function manageLink(recordType: string, id: number): string | undefined {
    if (aside.records === undefined) return undefined;
    const url = new URL(aside.records);
    url.searchParams.set('recordType', recordType);
    url.searchParams.set('recid', String(id));
    return url.href;
  }

  function open(url: string): boolean {
    if (host?.capabilities.openLinks === undefined) return false;
    host.openLink(url).catch(() => say(`The host did not open it: ${url}`));
    return true;
  }

  function save(name: string, mimeType: string, text: string): boolean {
    if (host?.capabilities.downloadFile !== undefined) {
      host.download(name, mimeType, text).catch(() => say('The host did not save the file.'));
      return true;
    }
    const url = URL.createObjectURL(new Blob([text], { type: mimeType }));
    element('a', { href: url, download: name }).click();
    URL.revokeObjectURL(url);
    // Most sandboxes let no download through, and say so to nobody.
    return false;
  }

  host = await connectHost(tool, {
    input(given) {
      input = unconfirmed(given);
    },
    result: (result) => show(result),
    cancelled: () => say('The call was cancelled.'),
    context: applyContext,
  });
}

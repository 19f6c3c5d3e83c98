import { button, element } from './element.ts';
import { type Control, type Field, fieldOf, type Values, valuesOf } from './fields.ts';
import type { Input, Result } from './host.ts';

/** A change that a person makes in a view, by a tool of the server. */
export interface Act {
  readonly tool: string;
  /** What is done, as heading and on the button: "Log time". */
  readonly title: string;
  readonly fields?: readonly Field[];
  /** Shows what would be done (`dryRun: true`) and lets the person press again. For what nobody else asks about. */
  readonly preview?: boolean;
  /** The fields hold what is wanted, so that the call begins at once; the person can go back to them. */
  readonly begins?: boolean;
  /** The arguments of the call; empty ones count as not given. */
  input(values: Values): Input;
  /** What the assistant is asked where the host lets a view only talk. */
  words(input: Input): string;
}

/** How a change reaches the server, and who learns of it. */
export interface Acting {
  /** @throws where the host refuses */
  call(tool: string, input: Input): Promise<Result>;
  /** Only words reach the assistant from here; the call is theirs to make. */
  readonly onlyWords: boolean;
  speak(words: string): Promise<void>;
  /** It is done: the model is to know, and the view to show it. @param text what the tool answered */
  done(act: Act, text: string): void;
}

export const textOf = ({ content = [] }: Pick<Result, 'content'>): string =>
  content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');

/** The question that the server wants a person to answer before it does anything; it stands beside its text for the model. */
export function questionIn({ isError, _meta }: Result): string | undefined {
  const question = _meta?.['cwm-mcp/question'];
  return isError === true && typeof question === 'string' ? question : undefined;
}

interface Request {
  readonly method: string;
  readonly url: string;
}

/** A preview in two parts: what would be done in words, and the requests behind it. */
function previewParts(result: Result): { says: string; requests: string } {
  const text = textOf(result);
  const { requests = [] } = (result.structuredContent ?? {}) as { requests?: readonly Request[] };
  const [first] = requests;
  const start = first === undefined ? -1 : text.indexOf(`\n${first.method} ${first.url}`);
  return start < 0 ? { says: text, requests: '' } : { says: text.slice(0, start), requests: text.slice(start + 1) };
}

/**
 * A form for a change: what to fill in, what would be done, the server's question, what went wrong. Nothing is done before the person
 * has pressed under what is shown, and `confirm: true` goes only with a yes to a question of the server that they have read here.
 * Without fields, and where they hold what is wanted, the call begins at once.
 * @param close takes the form away
 */
export function actForm(act: Act, acting: Acting, close: () => void): HTMLElement {
  const { tool, title, fields = [] } = act;
  const body = element('div', { class: 'body' });
  const problem = element('p', { class: 'problem', role: 'alert', dir: 'auto' });
  const buttons = element('div', { class: 'buttons' });
  // No <form>: most hosts put a view into a sandbox that submits none.
  const form = element(
    'section',
    { class: 'act', role: 'form', 'aria-label': title },
    element('h2', {}, title),
    body,
    problem,
    buttons,
  );
  const filled = fields.map(fieldOf);
  const controls = filled.flatMap((field) => [...field.querySelectorAll<Control>('input, textarea, select')]);
  /** What pressing the first button does. */
  let next = begin;

  function stage(shown: readonly Node[], press: string, step: () => Promise<void>, back?: () => void): void {
    problem.textContent = '';
    body.replaceChildren(...shown);
    next = step;
    buttons.replaceChildren(
      button(press, 'act', () => void go(), { class: 'first' }),
      ...(back === undefined ? [] : [button('Back', 'back', back)]),
      button('Cancel', 'cancel', close),
    );
  }

  async function input(): Promise<Input> {
    return act.input(await valuesOf(controls));
  }

  const shown = (text: string, requests = ''): Node[] => [
    element('pre', { class: 'shown', dir: 'auto', tabindex: -1 }, text),
    ...(requests === ''
      ? []
      : [element('details', {}, element('summary', {}, 'The request to Manage'), element('pre', {}, requests))]),
  ];

  const back = fields.length > 0 ? askFields : undefined;

  function askFields(): void {
    stage(filled, act.preview === true && !acting.onlyWords ? 'Preview' : title, begin);
    controls[0]?.focus();
  }

  async function begin(): Promise<void> {
    const given = await input();
    if (acting.onlyWords) {
      await acting.speak(act.words(given));
      close();
      return;
    }
    if (act.preview !== true) return send(given);
    const result = await acting.call(tool, { ...given, dryRun: true });
    if (result.isError === true) return fail(result);
    const { says, requests } = previewParts(result);
    stage(shown(says, requests), title, () => send(given), back);
  }

  async function send(given: Input): Promise<void> {
    const result = await acting.call(tool, given);
    const question = questionIn(result);
    if (question !== undefined && given.confirm !== true)
      stage(shown(question), 'Yes, do it', () => send({ ...given, confirm: true }), back);
    else if (result.isError === true) fail(result);
    else {
      close();
      acting.done(act, textOf(result));
    }
  }

  function fail(result: Result): void {
    problem.textContent = textOf(result);
  }

  async function go(): Promise<void> {
    if (
      form.hasAttribute('aria-busy') ||
      !controls.every((control) => !control.isConnected || control.reportValidity())
    )
      return;
    problem.textContent = '';
    form.setAttribute('aria-busy', 'true');
    for (const one of buttons.querySelectorAll('button')) one.disabled = true;
    try {
      await next();
    } catch {
      problem.textContent = `The host did not allow it. Ask the assistant: ${act.words(await input())}`;
    } finally {
      form.removeAttribute('aria-busy');
      for (const one of buttons.querySelectorAll('button')) one.disabled = false;
      // To what is to be read, not to the button under it: a second Enter must not agree to what nobody has seen.
      body.querySelector<HTMLElement>('.shown')?.focus();
    }
  }

  form.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (key === 'Enter' && target instanceof HTMLInputElement) void go();
    if (key !== 'Escape' || form.hasAttribute('aria-busy')) return;
    event.stopPropagation();
    close();
  });
  if (fields.length > 0) askFields();
  else stage([], title, begin);
  if (fields.length === 0 || act.begins === true) void go();
  return form;
}

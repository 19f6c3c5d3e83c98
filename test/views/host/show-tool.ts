import { setTimeout } from 'node:timers/promises';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type { Session } from '../../support/session.ts';
import type { HostPages } from './pages.ts';
import type { Result, Scene } from './scene.ts';
import { takePage } from './seats.ts';

export interface HostOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** What the host lets a view do: call tools (the default), write to the assistant, or nothing. */
  readonly allows?: 'tools' | 'words' | 'nothing';
  /** What the host makes of the result before the view gets it. */
  readonly alter?: (result: Result) => Result;
  /** Answers the calls of the view in place of the session. */
  readonly callTool?: (name: string, input: Record<string, unknown>) => Promise<unknown>;
}

/** Where a tool is shown, and the session that its view talks to. */
export interface Host {
  readonly browser: Browser;
  readonly pages: HostPages;
  readonly session: Session;
}

export interface Shown {
  readonly page: Page;
  /** What the view drew. */
  readonly view: Locator;
  /** The frame of the view, to look into what a person does not see. */
  frame(): Frame;
  /** Calls that the view made, in order. */
  readonly calls: { readonly name: string; readonly input: Record<string, unknown> }[];
  /** What the view wrote to the assistant. */
  readonly words: string[];
  /** What the model was told of what the view shows. */
  readonly told: string[];
  /** Addresses that the view had the host open. */
  readonly opened: string[];
  /** Files that the view had the host save. */
  readonly saved: { readonly name: string; readonly text: string }[];
  /** Gives the view another result: a page for each state of a view would take most of a test's time. */
  show(result: Result): Promise<void>;
  /** Makes the host so wide, and waits until the view is. */
  resize(width: number): Promise<void>;
  /** Gives the host another theme, and waits until the view has it. */
  theme(theme: 'light' | 'dark'): Promise<void>;
  /** The text that is hardest to read, and its contrast. */
  worst(): Promise<{ readonly text: string; readonly ratio: number }>;
  /** How wide everything is that the view drew, in pixels. */
  drawnWidth(): Promise<number>;
  /** Lets the next test have the page, where it was opened outside of one. */
  giveBack(): void;
  /** What the browser complained about. */
  readonly complaints: string[];
  /** Requests that left the two pages of the host. */
  readonly strays: string[];
}

const CAPABILITIES = {
  tools: { serverTools: {}, updateModelContext: { text: {} }, openLinks: {}, downloadFile: {} },
  words: { message: { text: {} } },
  nothing: {},
} as const;

/** Waits until something is so in a view; its policy lets nothing wait in the page. */
async function until(frame: Frame, isSo: string): Promise<void> {
  while (!(await frame.evaluate(isSo))) await setTimeout(10);
}

/**
 * Does what a host does for a tool with a view: finds the view in the tool's `_meta`, reads it, calls the tool, and shows both in a
 * sandbox inside a sandbox. Everything between view and server goes through the session's real client.
 */
export async function showTool(
  { browser, pages, session }: Host,
  tool: string,
  input: Record<string, unknown>,
  { width = 1000, height = 900, theme = 'light', allows = 'tools', alter, callTool }: HostOptions = {},
): Promise<Shown> {
  const entry = (await session.listTools()).find(({ name }) => name === tool) as
    | { _meta?: { ui?: { resourceUri?: string } } }
    | undefined;
  const { contents } = await session.client.readResource({ uri: entry?._meta?.ui?.resourceUri ?? '' });
  const [{ text: html = '' } = {}] = contents as { text?: string }[];
  const call = (name: string, given: Record<string, unknown>) => session.client.callTool({ name, arguments: given });

  const result = (await call(tool, input)) as Result;
  const [calls, words, told]: [Shown['calls'], string[], string[]] = [[], [], []];
  const [opened, complaints, strays]: [string[], string[], string[]] = [[], [], []];
  const saved: Shown['saved'] = [];
  const scene: Scene = {
    html,
    sandbox: pages.sandbox,
    input,
    result: alter === undefined ? result : alter(result),
    capabilities: CAPABILITIES[allows],
    context: { theme },
  };
  const { page, giveBack } = await takePage(
    { browser, pages },
    { width, height },
    {
      scene,
      callTool(name, given) {
        calls.push({ name, input: given });
        return (callTool ?? call)(name, given);
      },
      heard: (said) => void words.push(said),
      toldModel: (text) => void told.push(text),
      opened: (url) => void opened.push(url),
      saved: (name, text) => void saved.push({ name, text }),
      complained: (text) => void complaints.push(text),
      strayed: (url) => void strays.push(url),
    },
  );
  const shown: Shown = {
    page,
    giveBack,
    view: page.frameLocator('iframe[title=sandbox]').frameLocator('iframe[title=view]').locator('main'),
    frame() {
      const found = page.frames().find((frame) => frame.url() === 'about:srcdoc');
      if (found === undefined) throw new Error('The view is not there.');
      return found;
    },
    calls,
    words,
    told,
    opened,
    saved,
    show: (another) => page.evaluate(`show(${JSON.stringify(another)})`),
    async resize(to) {
      await page.setViewportSize({ width: to, height: 900 });
      await until(shown.frame(), `innerWidth === ${to}`);
    },
    async theme(to) {
      await page.evaluate(`change({ theme: '${to}' })`);
      await until(shown.frame(), `document.documentElement.dataset.theme === '${to}'`);
    },
    worst: () => shown.frame().evaluate(`${pages.contrast}; worst`),
    drawnWidth: () => shown.frame().evaluate('document.documentElement.scrollWidth'),
    complaints,
    strays,
  };
  await page.goto(pages.host);
  await shown.view.locator('.picture > :not(.quiet)').waitFor();
  return shown;
}

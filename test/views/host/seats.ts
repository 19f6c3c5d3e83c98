import type { Browser, Page, Request } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { HostPages } from './pages.ts';
import type { Scene } from './scene.ts';

/** What a page of the host asks of the test that has it. */
export interface Hearing {
  readonly scene: Scene;
  callTool(name: string, input: Record<string, unknown>): Promise<unknown>;
  heard(words: string): void;
  toldModel(text: string): void;
  opened(url: string): void;
  saved(name: string, text: string): void;
  /** What the browser complains about. */
  complained(text: string): void;
  /** A request that left the two pages of the host. */
  strayed(url: string): void;
}

interface Seat {
  readonly page: Page;
  hearing: Hearing;
}

/** Pages that no test has. A process of its own for each view took most of the time of these tests. */
const idle = new WeakMap<Browser, Seat[]>();

async function newSeat(browser: Browser, pages: HostPages, hearing: Hearing): Promise<Seat> {
  const context = await browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  const seat: Seat = { page, hearing };
  // Shorter than a test may take: what fails is the step that waited, and says for what.
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => {
    // What the specification asks of the outer frame; its page is of another origin than the host.
    if (/allow-scripts and allow-same-origin/.test(message.text())) return;
    if (message.type() === 'error' || message.type() === 'warning') seat.hearing.complained(message.text());
  });
  page.on('pageerror', (error) => seat.hearing.complained(String(error)));
  const stray = (request: Request): void => {
    const url = request.url();
    // Refused before it left the browser.
    if (request.failure()?.errorText === 'csp') return;
    const own = [pages.host, pages.sandbox, 'about:', 'data:,'].some((start) => url.startsWith(start));
    if (!own) seat.hearing.strayed(url);
  };
  page.on('requestfinished', stray);
  page.on('requestfailed', stray);
  await page.exposeFunction('scene', () => seat.hearing.scene);
  await page.exposeFunction('callTool', (name: string, input: Record<string, unknown>) =>
    seat.hearing.callTool(name, input),
  );
  await page.exposeFunction('heard', (words: string) => seat.hearing.heard(words));
  await page.exposeFunction('toldModel', (text: string) => seat.hearing.toldModel(text));
  await page.exposeFunction('opened', (url: string) => seat.hearing.opened(url));
  await page.exposeFunction('saved', (name: string, text: string) => seat.hearing.saved(name, text));
  return seat;
}

/** A page of the host, for as long as a test has it. */
export interface Taken {
  readonly page: Page;
  /** Lets the next test have it. What is taken in a test is given back at its end. */
  giveBack(): void;
}

/** A page that is as wide and high as is wanted and does not show the host yet. */
export async function takePage(
  { browser, pages }: { readonly browser: Browser; readonly pages: HostPages },
  size: { readonly width: number; readonly height: number },
  hearing: Hearing,
): Promise<Taken> {
  const seat = idle.get(browser)?.pop() ?? (await newSeat(browser, pages, hearing));
  seat.hearing = hearing;
  const giveBack = (): void => void idle.set(browser, [...(idle.get(browser) ?? []), seat]);
  try {
    onTestFinished(giveBack);
  } catch {
    // In beforeAll, and in a script: for all that comes.
  }
  await seat.page.mouse.up();
  await seat.page.mouse.move(0, 0);
  await seat.page.setViewportSize(size);
  return { page: seat.page, giveBack };
}

import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type HostPages, serveHostPages } from './pages.ts';

/** What views are shown on. */
export interface Stage {
  readonly browser: Browser;
  readonly pages: HostPages;
}

let stage: Promise<Stage> | undefined;

/** The browser and the host's pages for all test files of a worker: starting them takes seconds. They end with the worker. */
export function stageForViews(): Promise<Stage> {
  stage ??= Promise.all([launchChromium(), serveHostPages()]).then(([browser, pages]) => ({ browser, pages }));
  return stage;
}

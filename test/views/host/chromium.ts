import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine, from `CHROMIUM_PATH` or where systems put it; without one the tests of the views are skipped. */
export const chromiumPath: string | undefined = [process.env.CHROMIUM_PATH, ...PLACES].find(
  (place) => place !== undefined && place !== '' && existsSync(place),
);

if (chromiumPath === undefined)
  process.stderr.write('No Chromium here: the tests of the views are skipped. Install one, or set CHROMIUM_PATH.\n');

/** A headless Chromium that speaks to nobody but this machine's test pages. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

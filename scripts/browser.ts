import { delimiter, join } from 'node:path';
import { answers, installFromDebian, isExecutable } from './debian.ts';

/** The shell comes first: it has no window to draw, so the browser tests take a fifth less time. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const howToGetABrowser =
  'install Chromium (on Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH to a Chromium or Chrome';

/**
 * The Chromium for the end-to-end tests: `CHROMIUM_PATH`, else the first on `PATH` that answers. Some distributions put
 * a script in place of the browser that only says how to install it.
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment['CHROMIUM_PATH'];
  if (given) return given;
  const folders = (environment['PATH'] ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...macPaths].find((path) => isExecutable(path) && answers(path));
}

/** Finds a browser or, where Debian's package can be installed without asking, installs it. */
export function ensureBrowser(): string | undefined {
  const isThere = () => ['chromium-headless-shell', 'chromium'].some(installFromDebian);
  return findBrowser() ?? (isThere() ? findBrowser() : undefined);
}

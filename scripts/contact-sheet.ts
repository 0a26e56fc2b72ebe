// `npm run contact-sheet`: 32 states of the app on phone and desktop, light and dark, as four pictures in docs/images,
// and the two screens that the README shows.
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { startSandbox } from '../test/support/sandbox.ts';
import { ensureBrowser, howToGetABrowser } from './browser.ts';
import { showInReadme } from './contact-sheet/readme.ts';
import { isLoaded, type Screen } from './contact-sheet/screen.ts';
import { viewersOf, type State, type Viewer } from './contact-sheet/states.ts';
import { print } from './steps.ts';

const screens: Screen[] = [
  { name: 'phone', size: { width: 390, height: 844 }, thumbnail: 156, columns: 10 },
  { name: 'desktop', size: { width: 1280, height: 800 }, thumbnail: 320, columns: 5 },
];
const colours = ['light', 'dark'] as const;
const quality = 72;

interface Shot extends State {
  jpeg: Buffer;
}

async function shoot(context: BrowserContext, origin: string, { cookies, states }: Viewer): Promise<Shot[]> {
  await context.clearCookies();
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin, httpOnly: true })));
  const page = await context.newPage();
  const shots: Shot[] = [];
  for (const state of states) {
    await page.goto(`${origin}${state.path}`);
    await isLoaded(page);
    shots.push({ ...state, jpeg: await page.screenshot({ type: 'jpeg', quality, animations: 'disabled' }) });
  }
  await page.close();
  return shots;
}

async function compose(browser: Browser, shots: Shot[], screen: Screen, path: string): Promise<void> {
  const figures = shots.map(
    ({ name, jpeg }) =>
      `<figure><img src="data:image/jpeg;base64,${jpeg.toString('base64')}"><figcaption>${name}</figcaption></figure>`,
  );
  const page = await browser.newPage({ viewport: { width: 1_720, height: 600 } });
  await page.setContent(`<style>
    body { margin: 16px; background: #d9d5c9; font: 13px sans-serif; display: grid; gap: 12px; width: max-content;
      grid-template-columns: repeat(${screen.columns}, ${screen.thumbnail}px); }
    figure { margin: 0; } img { width: 100%; border-radius: 8px; display: block; } figcaption { padding: 4px 2px; }
  </style>${figures.join('')}`);
  await page.screenshot({ path, type: 'jpeg', quality, fullPage: true });
  await page.close();
}

const executablePath = ensureBrowser();
if (executablePath === undefined) throw new Error(howToGetABrowser);
const isRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
const sandbox = await startSandbox();
try {
  const viewers = await viewersOf(sandbox);
  for (const screen of screens) {
    for (const colorScheme of colours) {
      const options = {
        viewport: screen.size,
        colorScheme,
        serviceWorkers: 'block' as const,
        locale: 'nb-NO',
      };
      const context = await browser.newContext(options);
      const shots: Shot[] = [];
      for (const viewer of viewers) shots.push(...(await shoot(context, sandbox.appOrigin, viewer)));
      await context.close();
      const path = `docs/images/states-${screen.name}-${colorScheme}.jpg`;
      await compose(browser, shots, screen, path);
      print(`${path}: ${shots.length} states`);
    }
  }
  await showInReadme(browser, sandbox.appOrigin, viewers.at(-1));
} finally {
  await browser.close();
  await sandbox.remove();
}

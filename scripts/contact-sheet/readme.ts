import type { Browser } from '@playwright/test';
import { print } from '../steps.ts';
import { isLoaded } from './screen.ts';
import type { Viewer } from './states.ts';

const pictures = [
  { file: 'home', state: 'Home', size: { width: 390, height: 844 } },
  { file: 'settled', state: 'Payment: paid', size: { width: 1280, height: 800 } },
];

/** Takes the screens that the README shows, in English, as a customer who has paid sees them. */
export async function showInReadme(
  browser: Browser,
  origin: string,
  viewer: Viewer | undefined,
): Promise<void> {
  if (!viewer) throw new Error('The README shows what a customer sees who has paid.');
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addCookies(viewer.cookies.map((cookie) => ({ ...cookie, url: origin, httpOnly: true })));
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByRole('button', { name: 'English' }).click();
  for (const { file, state, size } of pictures) {
    await page.setViewportSize(size);
    await page.goto(`${origin}${viewer.states.find(({ name }) => name === state)?.path}`);
    await isLoaded(page);
    const path = `docs/images/${file}.png`;
    await page.screenshot({ path, animations: 'disabled' });
    print(path);
  }
  await context.close();
}

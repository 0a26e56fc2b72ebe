import { expect, type Page } from '@playwright/test';

/** A size of screen, in CSS pixels, and how its states stand on the sheet. */
export interface Screen {
  name: string;
  size: { width: number; height: number };
  thumbnail: number;
  columns: number;
}

const loadedMsMax = 30_000;

/** Waits until the screen has its heading, its data, its fonts and, for a customer, the bell, which comes last. */
export async function isLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const loading = page.getByText(/^(Laster|Loading)$/);
  await expect(loading, `${page.url()} is loaded`).toHaveCount(0, { timeout: loadedMsMax });
  const isSignedIn = (await page.getByRole('button', { name: /^(Logg ut|Sign out)$/ }).count()) > 0;
  if (isSignedIn) await page.getByRole('link', { name: /^(Varsler|Notifications), / }).waitFor();
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

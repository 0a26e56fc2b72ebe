import { expect, type Page } from '@playwright/test';

/** A size of screen, in CSS pixels, and how its states stand on the sheet. */
export interface Screen {
  name: string;
  size: { width: number; height: number };
  thumbnail: number;
  columns: number;
}

const loadedMsMax = 30_000;

/** Waits until the screen has its heading, its data and its fonts. */
export async function isLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const loading = page.getByText(/^(Laster|Loading)$/);
  await expect(loading, `${page.url()} is loaded`).toHaveCount(0, { timeout: loadedMsMax });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

import type { Page } from '@playwright/test';
import { expect, test } from './drop.ts';

/** The focus is on something that a screen reader reads, rather than on the body. */
async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).not.toBe('BODY');
}

test('after a consent is withdrawn the focus is on the confirmation', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  await drop.button(/Trekk tilbake/).click();
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.heading('Samtykket hos DNB er trukket tilbake')).toBeFocused();
  await expect(drop.text('Ingen bank er koblet til')).toBeVisible();
  await expectFocusKept(page);
});

test('the focus follows the identity check into its frame and out of it', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/verify');
  await drop.button('Start kontrollen').click();
  const frame = page.frameLocator('iframe');
  await expect(page.getByRole('region', { name: 'Identitetskontroll fra Sumsub' })).toBeFocused();
  await frame.getByRole('radio', { name: /^Godkjent/ }).check();
  await expect(page.getByTestId('announcer')).toHaveText('');
  await drop.sendIn();
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();
  await expectFocusKept(page);
});

test('a heading near a removed control takes its focus', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  const refresh = drop.button(/^Oppdater saldo/).first();
  await refresh.focus();
  await page.evaluate('document.activeElement.remove()');
  await expect(drop.heading('DNB')).toBeFocused();
});

test('the links back are not called the current page', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.open('/banks');
  await page.getByText('DNB', { exact: true }).click();
  await expect(drop.link('Velg en annen bank')).not.toHaveAttribute('aria-current');
  await drop.open('/payments/019a0000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main [aria-current]')).toHaveCount(0);
});

import type { Page } from '@playwright/test';
import { expect, test } from './drop.ts';

/** Presses Tab until the element with that role and name has the focus. */
async function tabTo(
  page: Page,
  role: 'link' | 'button' | 'textbox' | 'radio' | 'combobox',
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`the keyboard does not reach ${role} ${String(name)}`);
}

test('everything from sign-in to the receipt works with the keyboard alone', async ({
  drop,
  page,
}, testInfo) => {
  test.skip(testInfo.project.name === 'phone', 'a phone has no keyboard');
  await drop.signIn();
  await drop.verify();
  await expect(drop.heading('Identiteten er bekreftet')).toBeVisible();

  await tabTo(page, 'link', 'Velg bank');
  await page.keyboard.press('Enter');
  // Leaving the verification loads a new document, which must set the focus, too.
  await expect(drop.heading('Koble til bank')).toBeFocused();
  await tabTo(page, 'link', 'DNB');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Fortsett til DNB');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', /Kari Testnes/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Godkjenn');
  await page.keyboard.press('Enter');
  await expect(drop.text('DNB er koblet til')).toBeVisible();

  await drop.open('/pay');
  await tabTo(page, 'textbox', 'Til kontonummer');
  await page.keyboard.type('15032080178');
  await tabTo(page, 'textbox', 'Mottakerens navn');
  await page.keyboard.type('Strømselskapet AS');
  await tabTo(page, 'textbox', /Beløp/);
  await page.keyboard.type('250');
  await tabTo(page, 'radio', 'Melding');
  await page.keyboard.press('ArrowUp');
  await tabTo(page, 'textbox', 'KID');
  await page.keyboard.type('2345676');
  await page.keyboard.press('Enter');
  await expect(drop.heading('Kontroller og bekreft')).toBeFocused();
  await tabTo(page, 'button', 'Bekreft og gå til DNB');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Godkjenn');
  await page.keyboard.press('Enter');
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
});

test('the first Tab reaches the link that skips to the content', async ({ drop, page }) => {
  await drop.open();
  // The page that the server sends has one link, and nothing to skip.
  await expect(page.locator('#loading')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(drop.link('Hopp til innholdet')).toBeFocused();
});

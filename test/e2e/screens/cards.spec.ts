import { lookAtDialog, lookEverywhere } from '../look-everywhere.ts';
import { ready } from './shown.ts';
import { expect, test } from '../drop.ts';

test.describe('where cards are on', () => {
  test.use({ flags: 'cards,physical-cards' });

  test('a customer finds the cards whole at each size of screen and text', async ({ drop, page }) => {
    test.slow();
    await drop.begin('signed in');
    await ready(drop, '/cards');
    await lookEverywhere(drop, 'cards-not-verified');
    await drop.begin('verified');
    await ready(drop, '/cards');
    await lookEverywhere(drop, 'cards-empty');
    await drop.button('Bestill fysisk testkort').click();
    await expect(drop.button('Aktiver kortet')).toBeVisible();
    await lookEverywhere(drop, 'card-waiting');
    await drop.button('Aktiver kortet').click();
    await expect(drop.button('Frys kortet')).toBeVisible();
    await page.getByLabel('Butikk').fill('W'.repeat(22));
    await page.getByLabel('Høyeste beløp').fill('abc');
    await drop.button('Lagre grensen').click();
    await drop.button('Prøv kjøpet').click();
    await expect(drop.text('Skriv et beløp i kroner, for eksempel 249,90')).toBeVisible();
    await lookEverywhere(drop, 'card-faults');
    await drop.button('English').click();
    for (const fault of ['for no limit.', 'Enter an amount in kroner, such as 249.90'])
      await expect(drop.text(fault)).toBeVisible();
    await drop.button('Norsk').click();
    await page.getByLabel('Beløp', { exact: true }).fill('1000000');
    await drop.button('Prøv kjøpet').click();
    await expect(drop.text('Kortet var aktivt og innenfor grensen.')).toBeVisible();
    await drop.button('Frys kortet').click();
    await expect(drop.button('Åpne kortet')).toBeVisible();
    await lookEverywhere(drop, 'card');
    await drop.button('Erstatt kortet').click();
    await lookAtDialog(drop, 'card-replace');
    await drop.button('Ja, erstatt kortet').click();
    await expect(drop.button('Aktiver kortet')).toBeVisible();
    await drop.button('Sperr kortet').click();
    await lookAtDialog(drop, 'card-cancel');
    await drop.button('Ja, sperr kortet').click();
    await expect(drop.heading('Sperrede kort')).toBeVisible();
    await lookEverywhere(drop, 'cards');
    await page
      .getByRole('link', { name: /Fysisk kort/ })
      .first()
      .click();
    await expect(drop.text('Kortet er sperret for godt.')).toBeVisible();
    await lookEverywhere(drop, 'card-canceled');
  });
});

import { expect, test } from './drop.ts';

test('a recipient is saved under a name, chosen for the next payment, renamed and removed', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();

  await drop.open('/pay');
  await drop.link('Lagre eller endre mottakere').click();
  await drop.button('Lagre Strømselskapet AS').click();
  const label = page.getByLabel('Navnet du vil bruke');
  await expect(label).toBeFocused();
  await label.fill('');
  await drop.button('Lagre navnet').click();
  await expect(label).toHaveAccessibleDescription(/Skriv et navn/);
  await label.fill('Strømmen');
  await drop.button('Lagre navnet').click();
  await expect(drop.heading('Strømmen')).toBeVisible();
  await drop.look('recipients');

  await drop
    .link(/^Betal$/)
    .first()
    .click();
  await page.getByRole('radio', { name: 'KID' }).check();
  await page.getByRole('textbox', { name: 'KID' }).fill('2345676');
  await page
    .getByLabel('Velg mottaker')
    .selectOption({ label: 'Strømmen, Strømselskapet AS, 1503 20 80178' });
  await expect(page.getByLabel('Til kontonummer')).toHaveValue('1503 20 80178');
  await expect(page.getByLabel('Mottakerens navn')).toHaveValue('Strømselskapet AS');
  await expect(page.getByRole('textbox', { name: 'KID' })).toHaveValue('');
  await drop.look('pay-recipient-chosen');
  await page.getByRole('radio', { name: 'Melding' }).check();
  await page.getByLabel('Beløp').fill('100');
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Sjekk at kontonummeret er riktig')).toBeVisible();

  await drop.open('/recipients');
  await drop.button('Endre navn på Strømmen').click();
  await label.fill('Kraft');
  await drop.button('Lagre navnet').click();
  await drop.button('Fjern Kraft').click();
  await drop.button('Ja, fjern').click();
  await expect(drop.text('Du har ikke lagret noen mottakere.')).toBeVisible();
});

test('money is transferred to another account of the customer’s own', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByLabel('Velg mottaker').selectOption({ index: 1 });
  await expect(page.getByLabel('Mottakerens navn')).toHaveValue('Kari Testnes');
  await page.getByLabel('Beløp').fill('100');
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Du overfører til din egen konto')).toBeVisible();
  await expect(drop.text('Kontonummeret har vi fått fra DNB')).toBeVisible();
  await drop.look('review-own-account');
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.text('100,00 kr er trukket fra kontoen din.')).toBeVisible();
});

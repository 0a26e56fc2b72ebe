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
  await page.getByRole('radio', { name: 'Strømmen, Strømselskapet AS, 1503 20 80178, lagret' }).check();
  await expect(page.getByTestId('creditor-chosen')).toHaveText(/Til Strømselskapet AS 1503 20 80178/);
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
  await page
    .getByRole('radio', { name: /egen konto$/ })
    .first()
    .check();
  await drop.button('Endre mottaker').click();
  await expect(page.getByLabel('Til kontonummer')).toBeFocused();
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

test('a pasted invoice fills in the form, and its recipient is saved after the payment', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.open('/pay');
  await page.getByText('Lim inn fra en faktura').click();
  await page
    .getByLabel('Teksten i fakturaen')
    .fill('Faktura 117\nTil konto 1503.20.80178\nKID: 2345676\nÅ betale: kr 250,00');
  const account = page.getByLabel('Til kontonummer');
  await expect(account).toHaveValue('1503 20 80178');
  await expect(account).toHaveAccessibleDescription(/Hentet fra fakturaen/);
  await expect(page.getByRole('textbox', { name: 'KID' })).toHaveValue('2345676');
  const amount = page.getByLabel('Beløp');
  await expect(amount).toHaveValue('250,00');
  await expect(page.getByTestId('balance-after')).toContainText('47 963,50 kr igjen');
  await amount.fill('251');
  await expect(amount).toHaveAccessibleDescription(/I kroner/);
  await page.getByLabel('Mottakerens navn').fill('Strømselskapet AS');
  await drop.look('pay-pasted');
  await drop.button('Kontroller betalingen').click();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.text('251,00 kr er trukket fra kontoen din.')).toBeVisible();
  await expect(page.getByTestId('payment-rail')).toHaveAttribute('data-paid', 'true');
  await drop.button('Lagre mottaker').click();
  await drop.button('Lagre navnet').click();
  await expect(drop.heading('Lagre mottakeren')).toHaveCount(0);
});

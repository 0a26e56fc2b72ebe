import { dayAfter } from '#domain/banking/bank-days.ts';
import { formats } from '#domain/formats.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { expect, test } from './drop.ts';

/** A day in Norway from today, and as the screens write it. */
function inDays(days: number): { day: string; written: string; full: string } {
  const day = dayAfter(osloDay(new Date()), days);
  const { date, fullDate } = formats.nb;
  return { day, written: date(`${day}T12:00:00Z`), full: fullDate(`${day}T12:00:00Z`) };
}

test.describe('at a bank that takes payments for a later day', () => {
  test.use({ provider: 'berlin-group' });

  test('a payment is ordered for a day, waits for it, and can be called back until then', async ({
    drop,
    page,
  }) => {
    const { day, written, full } = inDays(30);
    await drop.begin('verified');
    await drop.linkBank('SpareBank 1');
    await expect(drop.text('SpareBank 1 er koblet til')).toBeVisible();
    await drop.open('/pay');
    await page.getByLabel('Til kontonummer').fill('15032080178');
    await page.getByLabel('Mottakerens navn').fill('Strømselskapet AS');
    await page.getByLabel('Beløp').fill('250');
    await page.getByRole('radio', { name: 'På en dato' }).press('Space');
    await drop.button('Kontroller betalingen').click();
    await drop.look('pay-on-day-fault');
    await page.getByRole('link', { name: 'Velg betalingsdatoen' }).click();
    const date = page.getByLabel('Betalingsdato');
    await expect(date).toBeFocused();
    await date.fill(day);
    await expect(page.getByTestId('arrival')).toContainText('normalt framme');
    await expect(date).toHaveAccessibleDescription(/normalt framme/);
    await page.reload();
    await expect(date).toHaveValue(day);
    await drop.look('pay-on-day');
    await drop.button('Kontroller betalingen').click();
    await expect(page.getByTestId('review')).toContainText(full);
    await expect(drop.text(`med betalingsdato ${full}`)).toBeVisible();
    await drop.look('review-on-day');
    await drop.confirmPayment('SpareBank 1');
    await drop.button('Godkjenn').click();
    await expect(drop.heading(`Banken gjennomfører betalingen ${written}`)).toBeVisible();
    await drop.look('payment-scheduled');
    await drop.open('/payments');
    await expect(drop.text(`Planlagt ${written}`)).toBeVisible();
    await page.goBack();
    // The bank asks for an approval of this as well.
    await drop.button('Avbryt betalingen').click();
    await drop.button('Ja, avbryt betalingen').click();
    await expect(drop.heading('Kall tilbake betaling')).toBeVisible();
    await drop.button('Godkjenn').click();
    await expect(drop.text('Betalingen ble avbrutt')).toBeVisible();
    await expect(drop.text('Ingen penger er trukket fra kontoen din.')).toBeVisible();
  });
});

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

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

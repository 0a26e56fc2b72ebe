import { dayAfter } from '#domain/banking/bank-days.ts';
import { systemClock } from '#domain/clock.ts';
import { formats } from '#domain/formats.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { expect, test } from './drop.ts';

/** A day in Norway from today, and as the screens write it. */
function inDays(days: number): { day: string; written: string; full: string } {
  const day = dayAfter(osloDay(systemClock.now()), days);
  const { date, fullDate } = formats.nb;
  return { day, written: date(`${day}T12:00:00Z`), full: fullDate(`${day}T12:00:00Z`) };
}

/** The other providers, one journey each, on the screens that depend on how the provider's banks approve and report. */
test.describe('at Neonomics', () => {
  test.use({ provider: 'neonomics' });

  test('a customer gives two approvals for a payment and is told that it is paid', async ({ drop }) => {
    await drop.begin('verified');
    await drop.linkBank('Nordea');
    await expect(drop.text('Nordea er koblet til')).toBeVisible();
    await expect(drop.text('48 213,50 kr')).toBeVisible();
    await drop.fillPayment();
    await drop.confirmPayment('Nordea');
    // This bank wants a consent before the payment.
    await drop.button(/Kari Testnes/).click();
    await drop.button('Godkjenn').click();
    await expect(drop.heading('Godkjenn betaling')).toBeVisible();
    await drop.button('Godkjenn').click();
    await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  });
});

test.describe('at the Berlin Group’s banks', () => {
  test.use({ provider: 'berlin-group' });

  test('a customer sees a payment settle of which no webhook tells', async ({ drop }) => {
    await drop.begin('verified');
    await drop.linkBank('SpareBank 1');
    await expect(drop.text('48 213,50 kr')).toBeVisible();
    await drop.fillPayment();
    await drop.confirmPayment('SpareBank 1');
    await drop.button('Godkjenn').click();
    await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
  });

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

  test('a customer approves in the bank’s app, and finds what waits there again', async ({ drop, page }) => {
    await drop.control('berlin-group', 'actions/decide_in_app', { decision: 'leave' });
    await drop.begin('verified');
    await drop.open('/banks');
    await expect(drop.text('Finner du ikke banken din')).toBeVisible();
    await drop.link('Handelsbanken').click();
    await drop.button('Fortsett til Handelsbanken').click();
    const waiting = drop.heading('Godkjenn i appen til Handelsbanken');
    await expect(waiting).toBeVisible();
    await drop.look('consent-in-app');
    await drop.open('/accounts');
    await expect(waiting).toBeVisible();
    await drop.control('berlin-group', 'actions/decide_in_app', { decision: 'approve' });
    await expect(drop.text('Handelsbanken er koblet til')).toBeVisible();
    await expect(drop.text('48 213,50 kr')).toBeVisible();

    await drop.control('berlin-group', 'actions/decide_in_app', { decision: 'leave' });
    await drop.fillPayment();
    await drop.confirmPayment('Handelsbanken');
    await expect(drop.text('Åpne bankens app for å godkjenne den.')).toBeVisible();
    await expect(drop.text('Melding fra banken: Bekreft i appen: 4711')).toBeVisible();
    await drop.look('payment-in-app');
    await drop.control('berlin-group', 'actions/decide_in_app', { decision: 'approve' });
    await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();
    await drop.open('/banks');
    await drop.control('berlin-group', 'actions/decide_in_app', { decision: 'leave' });
    await drop.link('Handelsbanken').click();
    await drop.button('Fortsett til Handelsbanken').click();
    await drop.button('Avbryt tilkoblingen til Handelsbanken').click();
    await expect(drop.text('Du avbrøt, og ingen opplysninger ble delt.')).toBeVisible();
    await expect(page.getByText('Handelsbanken', { exact: true }).first()).toBeVisible();
  });
});

import { documentsOf } from '#domain/payment/document.ts';
import { paymentStatuses } from '#domain/payment/status.ts';
import { lookEverywhere } from '../look-everywhere.ts';
import { ready, inApp, changePayments } from './shown.ts';
import { expect, test } from '../drop.ts';

test('a customer finds a payment whole in each status at each size of screen and text', async ({
  drop,
  page,
}) => {
  test.slow();
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Avbryt').click();
  await expect(drop.text('Betalingen ble avbrutt')).toBeVisible();
  const path = new URL(page.url()).pathname;
  for (const status of paymentStatuses) {
    const executionDate = status === 'scheduled' ? '2099-12-25' : null;
    const timeline = (['processing', status] as const).map((passed) => ({ status: passed, at: new Date(0) }));
    const documents = documentsOf({ status, isContradicted: false, timeline });
    await changePayments(drop, { status, documents, executionDate, isCancellable: true, reason: null });
    await ready(drop, path);
    await lookEverywhere(drop, `payment-${status}`);
  }
  await changePayments(drop, { status: 'authorised', reason: 'insufficient_funds' });
  await ready(drop, path);
  await lookEverywhere(drop, 'payment-waits-for-money');
  await changePayments(drop, { status: 'awaiting_authorisation', redirectUrl: null, next: inApp });
  await ready(drop, path);
  await lookEverywhere(drop, 'payment-in-app');
});

import type { Connection } from '#http/contract/banks.ts';
import { lookEverywhere } from '../look-everywhere.ts';
import { ready, inApp } from './shown.ts';
import { expect, test, type Drop } from '../drop.ts';

/** A consent that waits for the customer in the bank's app. */
async function showWaitingConsent(drop: Drop): Promise<void> {
  const waiting: Connection = {
    id: '019a0000-0000-7000-8000-000000000000',
    bankId: 'bank',
    bankName: 'Handelsbanken',
    status: 'pending',
    validUntil: null,
    createdAt: '2026-02-23T13:30:00.000Z',
    isRenewal: false,
    next: inApp,
  };
  await drop.page.route('**/api/bank-connections', (route) =>
    route.fulfill({ json: { connections: [waiting] } }),
  );
  await drop.page.route('**/api/bank-connections/*', (route) => route.fulfill({ json: waiting }));
  await drop.page.route('**/api/bank-connections/*/check', (route) =>
    route.fulfill({
      status: 503,
      json: { code: 'bank_unavailable', requestId: 'r-1', message: 'x', status: 503 },
    }),
  );
}

test('a visitor finds every screen whole at each size of screen and text', async ({ drop }) => {
  test.slow();
  for (const [path, name] of [
    ['/', 'front'],
    ['/sign-in', 'sign-in'],
    ['/sign-in?outcome=signed_out', 'signed-out'],
    ['/account-closed', 'account-closed'],
    ['/nowhere', 'not-found'],
    ['/help', 'help'],
    ['/about', 'about'],
    ['/terms', 'terms'],
    ['/privacy-notice', 'privacy-notice'],
    ['/accessibility', 'accessibility'],
  ] as const) {
    await ready(drop, path);
    await lookEverywhere(drop, name);
  }
  await drop.signIn('Nils Nedetid');
  await expect(drop.text('sign_in_unavailable')).toBeVisible();
  await lookEverywhere(drop, 'sign-in-failed');
});

test('a new customer finds every screen whole at each size of screen and text', async ({ drop, page }) => {
  test.slow();
  await drop.begin('signed in');
  for (const [path, name] of [
    ['/', 'home-new'],
    ['/verify', 'verify'],
    ['/pay', 'pay-not-verified'],
    ['/payments', 'payments-empty'],
    ['/accounts', 'accounts-empty'],
    ['/accounts?connection=019a0000-0000-7000-8000-000000000000', 'accounts-unknown'],
    ['/consents?outcome=consent_cancelled', 'consents-empty'],
    ['/banks', 'banks-not-verified'],
    ['/banks?outcome=consent_cancelled', 'banks-cancelled'],
    ['/devices', 'devices'],
    ['/recipients', 'recipients-empty'],
    ['/notifications', 'notifications-empty'],
    ['/settings', 'settings'],
    ['/profile', 'profile'],
    ['/confirm-email', 'confirm-email-without-link'],
    [`/confirm-email#token=${'a'.repeat(43)}`, 'confirm-email-unknown'],
  ] as const) {
    await ready(drop, path);
    await lookEverywhere(drop, name);
  }
  await drop.begin('verified');
  await ready(drop, '/banks');
  await lookEverywhere(drop, 'banks');
  await page.getByText('DNB', { exact: true }).click();
  await expect(drop.text('Dette deler banken med Drop')).toBeVisible();
  await lookEverywhere(drop, 'consent');
  await drop.open('/api/openbanking/callback?state=unknown');
  await lookEverywhere(drop, 'return-unknown');
  await showWaitingConsent(drop);
  await ready(drop, '/accounts');
  await expect(drop.text('Vi fortsetter å spørre')).toBeVisible();
  await lookEverywhere(drop, 'accounts-in-app');
});

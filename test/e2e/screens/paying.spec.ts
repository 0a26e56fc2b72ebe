import type { Account } from '#http/contract/accounts.ts';
import type { Creditors } from '#http/contract/creditors.ts';
import { lookAtDialog, lookEverywhere } from '../look-everywhere.ts';
import { longName, ready, changePayments, longAddress } from './shown.ts';
import { expect, test } from '../drop.ts';

const saved = { id: longAddress, label: `Til ${longName}`, name: longName, accountNumber: '12345678903' };

test('a customer finds recipients, days and instant payments whole at each size of screen and text', async ({
  drop,
  page,
}) => {
  test.slow();
  await drop.begin('customer');
  const recent = { name: `Sparebanken ${longName}`, accountNumber: '15032080178' };
  await page.route('**/api/creditors', (route) =>
    route.fulfill({ json: { saved: [saved], recent: [recent] } satisfies Creditors }),
  );
  await page.route('**/api/accounts', async (route) => {
    const response = await route.fetch();
    const { accounts } = (await response.json()) as { accounts: Account[] };
    const taking = { takesInstant: true, daysAheadMax: 36_500 };
    const json = accounts.map((account) => ({
      ...account,
      paymentRules: account.paymentRules && { ...account.paymentRules, ...taking },
    }));
    await route.fulfill({ response, json: { accounts: json } });
  });
  await ready(drop, '/recipients');
  await drop.button(`Lagre ${recent.name}`).click();
  await page.getByLabel('Navnet du vil bruke').fill('');
  await drop.button('Lagre navnet').click();
  await lookEverywhere(drop, 'recipients');
  await drop.button('Avbryt').click();
  await drop.button(`Fjern ${saved.label}`).click();
  await lookAtDialog(drop, 'recipient-remove');
  await drop.button('Avbryt').click();
  await ready(drop, '/pay');
  await page.getByRole('checkbox', { name: 'Straksbetaling' }).check();
  await page.getByLabel('Beløp').fill('500 001');
  await drop.button('Kontroller betalingen').click();
  await lookEverywhere(drop, 'pay-instant-fault');
  await page.getByRole('radio', { name: /lagret$/ }).check();
  await page.getByLabel('Beløp').fill('250');
  await page.getByRole('radio', { name: 'På en dato' }).check();
  await page.getByLabel('Betalingsdato').fill('2099-12-25');
  await expect(drop.text('Bankene har stengt fredag 25. desember 2099')).toBeVisible();
  await lookEverywhere(drop, 'pay-on-holiday');
  await page.getByRole('radio', { name: 'Så snart som mulig' }).check();
  await page
    .getByRole('radio', { name: /egen konto$/ })
    .first()
    .check();
  await drop.button('Kontroller betalingen').click();
  await expect(drop.text('Du overfører til din egen konto')).toBeVisible();
  await lookEverywhere(drop, 'review-own-instant');
});

test('a customer finds accounts and payments whole at each size of screen and text', async ({
  drop,
  page,
}) => {
  test.slow();
  await drop.begin('customer');
  await drop.linkBank('DNB');
  await expect(drop.text('DNB er koblet til')).toBeVisible();
  await expect(page.getByTestId('connection')).toHaveCount(1);
  await lookEverywhere(drop, 'accounts-linked-twice');
  await drop
    .button(/^Trekk tilbake/)
    .first()
    .click();
  await lookAtDialog(drop, 'withdraw');
  await drop.button('Avbryt').click();
  await ready(drop, '/pay');
  await lookEverywhere(drop, 'pay');
  await drop.button('Kontroller betalingen').click();
  await lookEverywhere(drop, 'pay-faults');
  await drop.fillPayment();
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
  await lookEverywhere(drop, 'review');
  await drop.confirmPayment();
  await drop.button('Avbryt').click();
  await expect(drop.text('Betalingen ble avbrutt')).toBeVisible();
  await changePayments(drop, { status: 'awaiting_authorisation' });
  await ready(drop, '/payments');
  await expect(drop.text(longName)).toBeVisible();
  await lookEverywhere(drop, 'payments');
  await changePayments(drop, { status: 'scheduled', executionDate: '2099-12-25' });
  await ready(drop, '/payments');
  await expect(drop.text('Planlagt 25.12.2099')).toBeVisible();
  await lookEverywhere(drop, 'payments-scheduled');
  await ready(drop, '/payments?status=ongoing&from=2026-02-24&to=2026-02-25');
  await expect(drop.heading('Ingen treff')).toBeVisible();
  await lookEverywhere(drop, 'payments-none-found');
  await changePayments(drop, { status: 'awaiting_authorisation' });
  await page.route('**/api/accounts/*/refresh', (route) =>
    route.fulfill({
      status: 404,
      json: { code: 'account_unknown', requestId: 'r-1', message: 'x', status: 404 },
    }),
  );
  await ready(drop, '/');
  await drop
    .button(/^Oppdater saldo/)
    .first()
    .click();
  await expect(page.getByRole('alert')).toBeVisible();
  await lookEverywhere(drop, 'home-alert');
});

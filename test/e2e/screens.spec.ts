import type { Account } from '#http/contract/accounts.ts';
import type { Bank, Connection } from '#http/contract/banks.ts';
import type { Notification, Notifications } from '#http/contract/notifications.ts';
import { consentEndCauses } from '#domain/banking/consent.ts';
import type { Consents } from '#http/contract/consents.ts';
import type { Creditors } from '#http/contract/creditors.ts';
import type { EmailAddress } from '#http/contract/email-address.ts';
import type { Payment } from '#http/contract/payments.ts';
import type { DataCopy } from '#http/contract/privacy.ts';
import { documentsOf } from '#domain/payment/document.ts';
import { paymentStatuses } from '#domain/payment/status.ts';
import { expect, test, type Drop } from './drop.ts';
import { lookAtDialog, lookEverywhere } from './look-everywhere.ts';

const longName = 'Trafikksikkerhetsforeningen';

/** Opens a path and waits until nothing is loading. */
async function ready(drop: Drop, path: string): Promise<void> {
  await drop.open(path);
  await expect(drop.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(drop.page.getByText('Laster', { exact: true })).toHaveCount(0);
}

const longAddress = 'navn.med.mange.bokstaver@trafikksikkerhetsforeningen.example.no';
const states: Record<string, Partial<EmailAddress>> = {
  unverified: { status: 'unverified', pendingAddress: longAddress },
  'unverified-bounced': { status: 'unverified', pendingAddress: longAddress, isPendingSuppressed: true },
  verified: { status: 'verified', address: longAddress },
  changing: { status: 'verified', address: longAddress, pendingAddress: 'kari@example.no' },
  bounced: { status: 'verified', address: longAddress, isSuppressed: true },
  'bounced-anew': {
    status: 'verified',
    address: longAddress,
    pendingAddress: longAddress,
    isSuppressed: true,
  },
};

/** The state of the customer's e-mail address as the server would give it. */
async function showEmail(drop: Drop, state: Partial<EmailAddress>): Promise<void> {
  const linkExpiresAt = '2099-12-01T12:00:00.000Z';
  await drop.page.unrouteAll({ behavior: 'wait' });
  await drop.page.route('**/api/email-address', async (route) => {
    const response = await route.fetch();
    const json = { ...((await response.json()) as EmailAddress), linkExpiresAt, ...state };
    await route.fulfill({ response, json });
  });
}

/** The server's payment with other values; `undefined` leaves the value as it is. */
async function changePayments(drop: Drop, change: Partial<Payment>): Promise<void> {
  const apply = (payment: Payment): Payment => ({
    ...payment,
    ...change,
    creditor: { ...payment.creditor, name: longName },
    amount: { amount: 1_245_000, currency: 'NOK' },
  });
  await drop.page.unrouteAll({ behavior: 'wait' });
  await drop.page.route(/\/api\/payments(\/[^/?]+)?(\?.*)?$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const body = (await response.json()) as Payment | { payments: Payment[] };
    const json = 'payments' in body ? { payments: body.payments.map(apply) } : apply(body);
    await route.fulfill({ response, json });
  });
}

const inApp = { kind: 'decoupled', message: 'Bekreft i appen: 4711', askAgainSeconds: 60 } as const;

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

/** The server's consent near its end, with a long name, and its copies that have ended in each way. */
async function changeConsents(drop: Drop): Promise<void> {
  await drop.page.route('**/api/consents', async (route) => {
    const response = await route.fetch();
    const found = (await response.json()) as Consents;
    const [inForce] = found.consents;
    if (!inForce) throw new RangeError('there is no consent');
    const accounts = inForce.accounts.map((account) => ({
      ...account,
      name: `${longName} ${'W'.repeat(40)}`,
      isReadAttended: false,
      unattendedReads: 3,
    }));
    const near = { ...inForce, accounts, isRenewable: true };
    const ended = [...consentEndCauses, null, 'failed' as const].map((cause, number) => ({
      ...near,
      id: `019a0000-0000-7000-8000-00000000000${number}`,
      bankName: `Sparebanken ${longName}`,
      status: cause === 'failed' ? cause : ('revoked' as const),
      endCause: cause === 'failed' ? null : cause,
      endedAt: near.createdAt,
      isEndingAtBank: cause === 'withdrawn_in_drop',
      isRenewable: cause === 'expired',
    }));
    const json = { ...found, consents: [near, ...ended] } satisfies Consents;
    await route.fulfill({ response, json });
  });
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

/** Another company serves the renewal than the consent. */
async function moveRenewal({ page }: Drop): Promise<void> {
  await page.route('**/api/banks?renews=*', async (route) => {
    const response = await route.fetch();
    const { banks } = (await response.json()) as { banks: Bank[] };
    const moved = { readThrough: 'Nordlys Data', movesFrom: { readThrough: 'Fjelldata' } };
    await route.fulfill({ response, json: { banks: banks.map((bank) => ({ ...bank, ...moved })) } });
  });
}

test('a customer finds the consents whole, in force and ended in each way', async ({ drop }) => {
  test.slow();
  await drop.begin('customer');
  await changeConsents(drop);
  await ready(drop, '/consents');
  await expect(drop.page.getByTestId('ended-consent')).toHaveCount(6);
  await lookEverywhere(drop, 'consents');
  await moveRenewal(drop);
  await drop.link(/^Forny samtykket/).click();
  await expect(drop.heading('Forny samtykket hos DNB')).toBeVisible();
  await expect(drop.text(/gjennom Nordlys Data i stedet for gjennom Fjelldata/)).toBeVisible();
  await lookEverywhere(drop, 'renewal');
});

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

test('a customer finds the inbox whole at each size of screen and text', async ({ drop, page }) => {
  test.slow();
  await drop.begin('verified');
  const entry = (number: number, change: Partial<Notification>): Notification => ({
    id: `019a0000-0000-7000-8000-00000000000${number}`,
    code: 'payment_settled',
    title: `12 450,00 kr er betalt til ${longName}`,
    body: 'Banken din melder at betalingen er gjennomført.',
    path: '/payments/019a0000-0000-7000-8000-000000000000',
    createdAt: '2026-02-23T13:30:00.000Z',
    isRead: true,
    ...change,
  });
  const notifications = [
    entry(5, { isRead: false, title: `Betalingen til ${'W'.repeat(70)} kan ikke lenger godkjennes` }),
    entry(4, { isRead: false }),
    entry(3, { code: 'new_device', title: 'Ny innlogging på Drop', path: '/devices' }),
    entry(2, { code: 'address_verified', path: '/notifications' }),
  ];
  const nextCursor = entry(2, {}).id;
  await page.route('**/api/notifications', (route) =>
    route.fulfill({ json: { notifications, unread: 100, nextCursor } satisfies Notifications }),
  );
  await ready(drop, '/notifications');
  await expect(page.getByTestId('unread')).toHaveText('99+');
  await lookEverywhere(drop, 'notifications');
});

test('a customer finds the profile whole in each state of the address', async ({ drop }) => {
  test.slow();
  await drop.begin('signed in');
  await ready(drop, '/profile');
  await drop.button(/^Lagre$/).click();
  await expect(drop.text('Skriv inn e-postadressen din.')).toBeVisible();
  await lookEverywhere(drop, 'settings-fault');
  for (const [name, state] of Object.entries(states)) {
    await showEmail(drop, state);
    await ready(drop, '/profile');
    await expect(drop.text(longAddress)).toBeVisible();
    await lookEverywhere(drop, `settings-${name}`);
  }
  await drop.button('Endre adressen').click();
  await lookEverywhere(drop, 'settings-change');
  await showEmail(drop, states['verified'] ?? {});
  await ready(drop, '/profile');
  await drop.button('Fjern adressen').click();
  await lookAtDialog(drop, 'settings-remove');
  await drop.button('Avbryt').click();
  await ready(drop, '/confirm-email');
  await expect(drop.heading('E-postadressen er bekreftet')).toBeVisible();
  await lookEverywhere(drop, 'confirm-email-done');
});

const askedAt = '2026-11-23T12:00:00.000Z';
const expiresAt = '2099-12-01T12:00:00.000Z';
const copies: Record<string, DataCopy> = {
  making: { status: 'making', askedAt, expiresAt: null, bytes: null },
  ready: { status: 'ready', askedAt, expiresAt, bytes: 1_234_567 },
  failed: { status: 'failed', askedAt, expiresAt: null, bytes: null },
  expired: { status: 'expired', askedAt, expiresAt: null, bytes: null },
};

test('a customer finds the page about privacy whole in each state', async ({ drop, page }) => {
  test.slow();
  await drop.begin('signed in');
  await ready(drop, '/privacy');
  await drop.button('Avslutt for godt').click();
  await expect(drop.text('Skriv ordet AVSLUTT.')).toBeVisible();
  await lookEverywhere(drop, 'privacy-fault');
  for (const [name, json] of Object.entries(copies)) {
    await page.unrouteAll({ behavior: 'wait' });
    await page.route('**/api/data-copy', (route) => route.fulfill({ json }));
    await page.route('**/api/account-closure', (route) => route.fulfill({ json: { openPayments: 2 } }));
    await ready(drop, '/privacy');
    await expect(drop.heading('Kontoen kan ikke avsluttes ennå')).toBeVisible();
    await lookEverywhere(drop, `privacy-${name}`);
  }
});

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

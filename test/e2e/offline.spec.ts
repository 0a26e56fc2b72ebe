import type { Page } from '@playwright/test';
import { expect, test } from './drop.ts';

/** The requests that would send a payment. */
function sendings(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/api\/payments$/.test(request.url()))
      sent.push(request.headers()['idempotency-key'] ?? '');
  });
  return sent;
}

test('a payment that is confirmed offline is never sent later by itself', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.link('Drop, til forsiden').click();
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await page.goBack();
  await expect(drop.heading('Kontroller og bekreft')).toBeVisible();
  const sent = sendings(page);
  await page.context().setOffline(true);
  await expect(page.getByTestId('offline')).toContainText('Du er uten nett');
  await drop.look('offline');
  await drop.confirmPayment();
  await expect(page.getByRole('alert')).toContainText('Betalingen er ikke sendt');
  await expect(page.getByTestId('offline')).toContainText('ingenting ble sendt');
  await drop.look('offline-confirm');
  await drop.link('Drop, til forsiden').click();
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  // The tap was on another screen.
  await expect(page.getByTestId('offline')).toContainText('Det du ser, kan være gammelt');
  const read = page.waitForResponse(/\/api\/accounts$/);
  await page.context().setOffline(false);
  await read;
  await expect(page.getByTestId('offline')).toHaveText('');
  expect(sent).toEqual([]);
  await page.goBack();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  expect(sent).toHaveLength(1);
});

test('a button that changes something says so offline, and does not spin', async ({ drop, page }) => {
  // React reports the screen that cannot be loaded.
  drop.expectComplaints();
  await drop.begin('customer');
  await drop.open('/accounts');
  await expect(drop.button(/^Oppdater saldo/).first()).toBeVisible();
  await page.context().setOffline(true);
  await drop
    .button(/^Oppdater saldo/)
    .first()
    .click();
  await expect(page.getByRole('alert')).toContainText('Det du prøvde på, ble ikke sendt');
  await expect(page.getByTestId('offline')).toContainText('ingenting ble sendt');
  await drop.button('Logg ut').click();
  await expect(page.getByTestId('offline')).toContainText('du er fortsatt logget inn');
  await expect(drop.button('Logg ut')).not.toHaveAttribute('aria-busy', 'true');
  await drop.button('English').click();
  await expect(page.getByTestId('offline')).toContainText('vi får ikke vist Drop på engelsk');
  await drop.link('Betalinger').click();
  await expect(drop.heading('Du er uten nett')).toBeVisible();
  await expect(drop.text('Vi får ikke hentet det som skulle stå her.')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/sendt/);
  await drop.look('offline-screen');
  // The screen is loaded again by itself: that changes nothing.
  await page.context().setOffline(false);
  await expect(drop.heading('Ingen betalinger ennå')).toBeVisible();
});

test('what is not loaded says offline that it comes with the network, and comes with it', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await page.route(/\/api\/payments(\?|$)/, () => undefined);
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  const rows = page.getByRole('main').locator('.loading-rows').first();
  await expect(rows).toHaveText('Laster');
  await page.context().setOffline(true);
  await expect(rows).toHaveText('Kommer når nettet er tilbake.');
  await drop.look('offline-unloaded');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().setOffline(false);
  await expect(drop.heading('Kom i gang')).toBeVisible();
});

test('a form is not begun without a network, where a draft with its key is not known', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.link('Drop, til forsiden').click();
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await page.context().setOffline(true);
  await drop.link('Betal').first().click();
  await expect(drop.text('Kommer når nettet er tilbake.')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByLabel('Mottakerens navn')).toHaveValue('Strømselskapet AS');
});

test('a lost answer leaves the form its key, so that the second tap pays once', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  const sent = sendings(page);
  await page.route(
    '**/api/payments',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await drop.confirmPayment();
  await expect(page.getByRole('alert')).toContainText('Vi vet ikke om betalingen ble sendt');
  await drop.look('unanswered');
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(1);
  await drop.open('/payments');
  await expect(page.locator('.payment-row')).toHaveCount(1);
});

test('an answer that comes after the customer has left leads nowhere, and is told in a line', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.fillPayment();
  const { promise: left, resolve: leave } = Promise.withResolvers<undefined>();
  await page.route('**/api/payments', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    await left;
    return route.fulfill({ response });
  });
  await drop.confirmPayment();
  await expect(drop.button('Sender til banken')).toBeVisible();
  await drop.link('Drop, til forsiden').click();
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  leave(undefined);
  const line = page.getByTestId('late-answer');
  await expect(line).toContainText(
    'Betalingen til Strømselskapet AS venter på at du godkjenner den i banken',
  );
  await expect(page).toHaveURL(drop.addressOf('/'));
  await drop.look('late-answer');
  await line.getByRole('link', { name: 'Se betalingen' }).click();
  await expect(drop.heading('Venter på godkjenning i banken')).toBeVisible();
  await expect(line).toHaveText('');
});

test('a page says that it updates itself only while that is so', async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
  await page.goBack();
  await expect(drop.text('Siden oppdateres automatisk.')).toBeVisible();
  await page.route('**/api/**', (route) => route.abort());
  await page.context().setOffline(true);
  await expect(drop.text(/Siden oppdateres ikke akkurat nå/)).toBeVisible();
  await page.context().setOffline(false);
  await expect(drop.text(/Siden oppdateres ikke akkurat nå/)).toBeVisible();
  await drop.look('not-live');
  await page.unroute('**/api/**');
  await expect(drop.text('Siden oppdateres automatisk.')).toBeVisible({ timeout: 30_000 });
});

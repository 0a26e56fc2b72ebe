import type { Page } from '@playwright/test';
import { expect, test, type Drop } from './drop.ts';

/** A customer at the bank's page, with a payment to approve. */
async function atTheBank(drop: Drop): Promise<void> {
  await drop.begin('customer');
  await drop.fillPayment();
  await drop.confirmPayment();
  await expect(drop.button('Godkjenn')).toBeVisible();
}

const bell = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true });
const settled = /^250,00\skr er betalt til Strømselskapet AS/;
const rows = (page: Page) => page.locator('.notification-item');

/** Without what came before: the approved verification. */
async function readAll({ page }: Drop): Promise<void> {
  await page.goto(new URL('/notifications', page.url()).href);
  await expect(rows(page)).toHaveCount(1);
  await expect(bell(page, 'Varsler, ingen uleste')).toBeVisible();
}

test('a payment that settles is told live, once in each of two tabs, and is read with the list', async ({
  drop,
  page,
  sandbox,
}) => {
  await drop.begin('customer');
  await drop.open('/');
  await readAll(drop);
  const [list, home] = [await page.context().newPage(), await page.context().newPage()];
  await list.goto(`${sandbox.appOrigin}/notifications`);
  await home.goto(`${sandbox.appOrigin}/`);
  await expect(rows(list)).toHaveCount(1);
  await expect(bell(home, 'Varsler, ingen uleste')).toBeVisible();
  let navigations = 0;
  for (const tab of [list, home]) tab.on('framenavigated', () => (navigations += 1));
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.text('250,00 kr er trukket fra kontoen din.')).toBeVisible();

  await expect(rows(list)).toHaveCount(2);
  await expect(list.getByRole('link', { name: settled })).toHaveCount(1);
  // The list has shown it, so it is read everywhere, and stays marked as new where it was shown.
  await expect(bell(list, 'Varsler, ingen uleste')).toBeVisible();
  await expect(bell(home, 'Varsler, ingen uleste')).toBeVisible();
  await expect(rows(list).first()).toContainText('Ny');
  expect(navigations).toBe(0);

  await list.getByRole('link', { name: settled }).click();
  await expect(
    list
      .getByRole('heading', { name: 'Betalingen er gjennomført' })
      .or(list.getByText('250,00 kr er trukket fra kontoen din.'))
      .first(),
  ).toBeVisible();
  await expect(list).toHaveURL(/\/payments\/[0-9a-f-]+$/);
});

test('the bell counts what is unread, and the focus stays where it is when something new comes', async ({
  drop,
  page,
}) => {
  await atTheBank(drop);
  const tab = await page.context().newPage();
  await tab.goto(drop.addressOf('/accounts'));
  await expect(bell(tab, 'Varsler, 1 ulest')).toBeVisible();
  const refresh = tab.getByRole('button', { name: /^Oppdater saldo/ }).first();
  await refresh.focus();
  await drop.button('Godkjenn').click();
  // No other tab shows the list, which would have it read before this tab hears of it.
  await expect(tab.getByTestId('announcer')).toHaveText(/^Nytt varsel: 250,00\skr er betalt til/);
  await expect(bell(tab, 'Varsler, 2 uleste')).toBeVisible();
  await expect(tab.getByTestId('unread')).toHaveText('2');
  await expect(refresh).toBeFocused();
  await bell(tab, 'Varsler, 2 uleste').click();
  await expect(tab.getByRole('heading', { name: 'Varsler', level: 1 })).toBeFocused();
  await expect(rows(tab)).toHaveCount(2);
  await expect(tab.locator('.status-tag')).toHaveCount(2);
  await expect(bell(tab, 'Varsler, ingen uleste')).toBeVisible();
  await tab.reload();
  await expect(rows(tab)).toHaveCount(2);
  await expect(tab.locator('.status-tag')).toHaveCount(0);
});

test('a list in a tab that is not seen marks nothing as read', async ({ drop, page }) => {
  await drop.begin('verified');
  await page.addInitScript(
    "Object.defineProperty(document, 'visibilityState', { get: () => window.seen ?? 'hidden' })",
  );
  await drop.open('/notifications');
  await expect(rows(page)).toHaveCount(1);
  await expect(bell(page, 'Varsler, 1 ulest')).toBeVisible();
  await page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))");
  await expect(bell(page, 'Varsler, ingen uleste')).toBeVisible();
});

test('an inbox without entries says what will be here', async ({ drop, page }) => {
  await drop.begin('signed in');
  await drop.open('/notifications');
  await expect(drop.heading('Ingen varsler ennå')).toBeVisible();
  await expect(bell(page, 'Varsler, ingen uleste')).toBeVisible();
  await drop.look('notifications-empty');
});

test('an inbox that cannot be loaded says so, and can be loaded again', async ({ drop, page }) => {
  await drop.begin('verified');
  await page.route('**/api/notifications', (route) => route.fulfill({ status: 503 }));
  await drop.open('/notifications');
  await expect(page.getByText('Laster', { exact: true })).toBeAttached();
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 15_000 });
  await expect(bell(page, 'Varsler')).toBeVisible();
  await drop.look('notifications-unread');
  await page.unroute('**/api/notifications');
  await drop.button('Prøv igjen').click();
  await expect(rows(page)).toHaveCount(1);
});

test('the screens work where the bell cannot be loaded', async ({ drop, page }) => {
  await drop.begin('signed in');
  drop.expectComplaints();
  await page.route('**/assets/bell-*', (route) => route.abort());
  await drop.open('/');
  await expect(drop.heading('Hei, Kari')).toBeVisible();
  await drop.link('Kontoer').click();
  await expect(drop.heading('Kontoer')).toBeVisible();
});

test('marking as read that fails is tried again, and shows no error', async ({ context, drop, page }) => {
  await drop.begin('verified');
  await page.route('**/api/notifications/read', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await drop.open('/notifications');
  await expect(rows(page)).toHaveCount(1);
  await expect(bell(page, 'Varsler, 1 ulest')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(bell(page, 'Varsler, ingen uleste')).toBeVisible();
});

test('older entries come on demand, the focus moves to the first of them, and offline says so', async ({
  context,
  drop,
  page,
}) => {
  await drop.begin('verified');
  const entry = (number: number) => ({
    id: `019a0000-0000-7000-8000-${`${number}`.padStart(12, '0')}`,
    code: 'payment_settled',
    title: `${number} kr er betalt`,
    body: 'Banken din melder at betalingen er gjennomført.',
    path: '/payments/019a0000-0000-7000-8000-000000000000',
    createdAt: '2026-02-23T13:30:00.000Z',
    isRead: true,
  });
  const pages = [
    { notifications: [entry(4), entry(3)], unread: 0, nextCursor: entry(3).id },
    { notifications: [entry(2), entry(1)], unread: 0, nextCursor: null },
  ];
  await page.route('**/api/notifications*', (route) =>
    route.fulfill({ json: pages[route.request().url().includes('cursor') ? 1 : 0] }),
  );
  await drop.open('/notifications');
  await expect(rows(page)).toHaveCount(2);
  await context.setOffline(true);
  await expect(page.getByTestId('offline')).toContainText('Du er uten nett');
  await drop.look('notifications-offline');
  await context.setOffline(false);
  await drop.button('Vis eldre varsler').click();
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).nth(2)).toBeFocused();
  await expect(drop.button('Vis eldre varsler')).toHaveCount(0);
  await drop.look('notifications-older');
});

test('the language of the entries follows the choice', async ({ drop, page }) => {
  await drop.begin('verified');
  await drop.open('/notifications');
  await expect(drop.text('Identiteten din er bekreftet')).toBeVisible();
  await drop.button('English').click();
  await expect(drop.text('Your identity has been verified')).toBeVisible();
  await expect(bell(page, 'Notifications, none unread')).toBeVisible();
});

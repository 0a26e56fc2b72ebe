import type { Notification, Notifications } from '#http/contract/notifications.ts';
import { lookEverywhere } from '../look-everywhere.ts';
import { longName, ready } from './shown.ts';
import { expect, test } from '../drop.ts';

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

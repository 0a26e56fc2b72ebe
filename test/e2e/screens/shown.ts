import type { Payment } from '#http/contract/payments.ts';
import { expect, type Drop } from '../drop.ts';

export const longName = 'Trafikksikkerhetsforeningen';

export const longAddress = 'navn.med.mange.bokstaver@trafikksikkerhetsforeningen.example.no';

/** Opens a path and waits until nothing is loading. */
export async function ready(drop: Drop, path: string): Promise<void> {
  await drop.open(path);
  await expect(drop.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(drop.page.getByText('Laster', { exact: true })).toHaveCount(0);
}

export const inApp = { kind: 'decoupled', message: 'Bekreft i appen: 4711', askAgainSeconds: 60 } as const;

/** The server's payment with other values; `undefined` leaves the value as it is. */
export async function changePayments(drop: Drop, change: Partial<Payment>): Promise<void> {
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

import type { DataCopy } from '#http/contract/privacy.ts';
import { lookEverywhere } from '../look-everywhere.ts';
import { ready } from './shown.ts';
import { expect, test } from '../drop.ts';

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
    await expect(drop.heading('Du kan ikke avslutte ennå')).toBeVisible();
    await lookEverywhere(drop, `privacy-${name}`);
  }
});

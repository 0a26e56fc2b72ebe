import type { EmailAddress } from '#http/contract/email-address.ts';
import { lookAtDialog, lookEverywhere } from '../look-everywhere.ts';
import { ready, longAddress } from './shown.ts';
import { expect, test, type Drop } from '../drop.ts';

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

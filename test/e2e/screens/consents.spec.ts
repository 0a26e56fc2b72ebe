import type { Bank } from '#http/contract/banks.ts';
import type { Consents } from '#http/contract/consents.ts';
import { consentEndCauses } from '#domain/banking/consent.ts';
import { lookEverywhere } from '../look-everywhere.ts';
import { longName, ready } from './shown.ts';
import { expect, test, type Drop } from '../drop.ts';

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

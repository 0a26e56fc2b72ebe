import type { Connection } from '#http/contract/banks.ts';
import type { Consents } from '#http/contract/consents.ts';
import { expect, test, type Drop } from './drop.ts';

/** The server's consents with other values. */
async function changeConsents({ page }: Drop, change: Partial<Connection>): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' });
  await page.route('**/api/bank-connections', async (route) => {
    const response = await route.fetch();
    const { connections } = (await response.json()) as { connections: Connection[] };
    const json = { connections: connections.map((connection) => ({ ...connection, ...change })) };
    await route.fulfill({ response, json });
  });
}

test('a customer sees a consent, renews it and withdraws it', async ({ drop, page }) => {
  await drop.begin('customer');
  await page.route('**/api/consents', async (route) => {
    const response = await route.fetch();
    const found = (await response.json()) as Consents;
    const consents = found.consents.map((consent) => ({
      ...consent,
      isRenewable: consent.status === 'active',
    }));
    await route.fulfill({ response, json: { ...found, consents } satisfies Consents });
  });
  await drop.open('/accounts');
  await drop.link('Se samtykkene dine').click();
  const inForce = page.getByTestId('consent-in-force');
  const ended = page.getByTestId('ended-consent');
  const onlyWhen = 'Drop leser transaksjonene dine bare når banken ikke har svart på en betaling.';
  for (const text of ['Gjelder til', 'Leses av', onlyWhen, 'Brukskonto'])
    await expect(inForce.getByText(text)).toBeVisible();
  await expect(inForce.getByText(/^Sist lest .*, mens du brukte Drop$/).first()).toBeVisible();
  await expect(ended).toHaveCount(0);

  await drop.link('Forny samtykket hos DNB').click();
  await expect(drop.text('Samtykket du har, gjelder til du har gitt det nye.')).toBeVisible();
  await drop.button('Fortsett til DNB').click();
  await drop.button('Avbryt').click();
  await expect(drop.heading('Du avbrøt hos banken')).toBeVisible();
  await expect(inForce).toHaveCount(1);
  await expect(ended).toHaveCount(0);

  await drop.link('Forny samtykket hos DNB').click();
  await drop.button('Fortsett til DNB').click();
  await drop.button(/Kari Testnes/).click();
  await drop.button('Godkjenn').click();
  await expect(drop.heading('Samtykket hos DNB er fornyet')).toBeVisible();
  await expect(page.getByTestId('consent')).toHaveCount(1);
  await drop.link('Se samtykkene dine').click();
  await expect(ended.getByText(/^Erstattet av et nyere samtykke/)).toBeVisible();

  await inForce.getByRole('button', { name: /^Trekk tilbake/ }).click();
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.heading('Samtykket hos DNB er trukket tilbake')).toBeFocused();
  await expect(ended.getByText(/^Du trakk det tilbake i Drop/)).toBeVisible();
  await expect(drop.text('Ingen samtykker gjelder nå.')).toBeVisible();
  await drop.look('consents-ended');
});

test('a bank that is linked twice has one card, on which the older consent is marked as replaced', async ({
  drop,
  page,
}) => {
  await drop.begin('customer');
  await drop.linkBank();
  await expect(drop.text('DNB er koblet til')).toBeVisible();
  await expect(page.getByRole('region', { name: 'DNB' })).toHaveCount(1);
  const [newest, older] = [page.getByTestId('consent').first(), page.getByTestId('consent').last()];
  await expect(newest.getByText('Gjelder til')).toBeVisible();
  await expect(older.getByText('Erstattet av et nyere')).toBeVisible();
  await expect(older.getByText('Gjelder til')).toHaveCount(0);
  await drop.button(/^Trekk tilbake samtykket, det eldre hos DNB/).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Du ser fortsatt saldoen og kan betale');
  await expect(question).not.toContainText('Da ser du ikke lenger saldoen');
  await drop.button('Ja, trekk tilbake').click();
  await expect(drop.heading('Samtykket hos DNB er trukket tilbake')).toBeFocused();
  await expect(page.getByTestId('consent')).toHaveCount(1);
  await expect(drop.text('48 213,50 kr')).toBeVisible();
});

test('the date of a consent fits its status', async ({ drop, page }) => {
  await drop.begin('customer');
  await changeConsents(drop, { status: 'expired', validUntil: '2026-02-03T10:00:00.000Z' });
  await drop.open('/accounts');
  await expect(page.getByTestId('consent').getByText('Utløp', { exact: true })).toBeVisible();
  await expect(page.getByTestId('consent').getByText('03.02.2026')).toBeVisible();
  await changeConsents(drop, { status: 'expired', validUntil: '2099-02-03T10:00:00.000Z' });
  await drop.open('/accounts');
  await expect(drop.text('Utløpt')).toBeVisible();
  await expect(page.getByText(/03\.02\.2099|Gjelder til/)).toHaveCount(0);
});

test("an account's name is Norwegian for a screen reader that reads English", async ({ drop, page }) => {
  await drop.begin('customer');
  await drop.open('/accounts');
  await drop.button('English').click();
  await expect(page.getByRole('heading', { name: 'Brukskonto' })).toHaveAttribute('lang', 'nb');
});
